import { RotateCw, Siren } from 'lucide-react';
import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { BatchView, WorkView } from '../../../shared/ipc/work.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import { count } from '../../text/dates.ts';
import { phaseOf } from '../../text/work.ts';
import { navigate } from '../frame/router.ts';
import { BatchProgress } from './batch-progress.tsx';
import { DueList } from './due-list.tsx';
import styles from './rotation.module.css';
import { TimeLine } from './time-line.tsx';
import { type Agenda, horizonDays } from './timeline.ts';
import { type Rotation, useRotation } from './use-rotation.ts';
import { WorkCard } from './work-card.tsx';

/** Everything that is due, and everything that is under way. */
export function RotationScreen() {
  const state = useRotation();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyPage title="Rotation" of={state} />;
    case 'ready':
      return <Ready {...state} />;
    default:
      return assertNever(state);
  }
}

type ReadyProps = Extract<Rotation, { state: 'ready' }>;

function Ready({ agenda, keys, works, batch, actions, connectionOf, now }: ReadyProps) {
  const openKey = (keyId: KeyId) => navigate({ place: 'keys', keyId });
  const rotate = (keyId: KeyId) => openDialog({ kind: 'rotate', keyId });
  const [putAway, setPutAway] = useState(lastPutAway);
  const due = agenda.overdue.length + agenda.dueSoon.length;
  const shownBatch = batch !== null && batch.startedAt !== putAway ? batch : null;
  const isBatchRunning = batch !== null && batch.finishedAt === null;
  const inBatch = new Set(isBatchRunning ? batch.keys.filter(isPlain).map((key) => key.keyId) : []);
  const waiting = works.filter((work) => pressing(work) && !inBatch.has(work.keyId));
  const finished = works.filter((work) => work.finished !== null && work.kind !== 'issue');

  if (keys === 0 && works.length === 0) {
    return (
      <Page title="Rotation" width="full">
        <EmptyState
          title="Nothing to rotate yet"
          actions={
            <Button variant="primary" onPress={() => openDialog({ kind: 'generate' })}>
              Generate key
            </Button>
          }
        >
          A key is due 90 days after it was issued, and is replaced here without breaking what uses it.
        </EmptyState>
      </Page>
    );
  }

  return (
    <Page
      title="Rotation"
      aside={summary(agenda)}
      actions={
        <>
          <Button icon={Siren} onPress={() => openDialog({ kind: 'find-leaked' })}>
            Leaked: replace now
          </Button>
          {(due > 0 || isBatchRunning) && (
            <Button icon={RotateCw} onPress={() => openDialog({ kind: 'rotate-all' })}>
              Rotate all due
            </Button>
          )}
        </>
      }
    >
      {shownBatch !== null && (
        <Section
          title="Rotate all due"
          actions={
            shownBatch.finishedAt !== null && (
              <Button
                variant="quiet"
                size="small"
                onPress={() => {
                  lastPutAway = shownBatch.startedAt;
                  setPutAway(lastPutAway);
                }}
              >
                Put away
              </Button>
            )
          }
        >
          <BatchProgress
            batch={shownBatch}
            onOpenWork={(workId) => openDialog({ kind: 'work', workId })}
            onRotate={rotate}
          />
        </Section>
      )}
      {waiting.length > 0 && (
        <Section title="Under way">
          <Cards works={waiting} actions={actions} connectionOf={connectionOf} />
        </Section>
      )}
      {agenda.overdue.length > 0 && (
        <Section title="Overdue">
          <DueList items={agenda.overdue} now={now} onRotate={rotate} />
        </Section>
      )}
      <Section title={`The next ${horizonDays} days`}>
        <TimeLine agenda={agenda} now={now} onOpenKey={openKey} />
      </Section>
      {agenda.dueSoon.length > 0 && (
        <Section title="Due soon">
          <DueList items={agenda.dueSoon} now={now} onRotate={rotate} />
        </Section>
      )}
      {agenda.later.length > 0 && (
        <Section title="Later">
          <DueList items={agenda.later} now={now} onRotate={rotate} />
        </Section>
      )}
      <Tail agenda={agenda} />
      {finished.length > 0 && (
        <Section title="Finished">
          <Finished works={finished} actions={actions} connectionOf={connectionOf} />
        </Section>
      )}
    </Page>
  );
}

type CardsProps = Pick<ReadyProps, 'works' | 'actions' | 'connectionOf'>;

function Cards({ works, actions, connectionOf }: CardsProps) {
  return (
    <div className={styles.cards}>
      {works.map((work) => (
        <WorkCard
          key={work.id}
          work={work}
          actions={actions}
          connection={connectionOf(work)}
          onCopyOnce={copyOnceOf(work)}
          onUndo={() => openDialog({ kind: 'undo', workId: work.id })}
        />
      ))}
    </div>
  );
}

const shownAtFirst = 3;

function Finished(props: CardsProps) {
  const [isAll, setAll] = useState(false);
  const works = isAll ? props.works : props.works.slice(0, shownAtFirst);
  return (
    <>
      <Cards {...props} works={works} />
      {works.length < props.works.length && (
        <div className={styles.more}>
          <Button variant="quiet" onPress={() => setAll(true)}>
            {`Show all ${props.works.length}`}
          </Button>
        </div>
      )}
    </>
  );
}

/** The new key's one time, once it is in place. The dialog itself says when nothing is left of it. */
function copyOnceOf(work: WorkView): (() => void) | null {
  const { newKeyId } = work;
  const isInPlace = phaseOf(work) === 'grace' || work.finished === 'done';
  // A key that the user has made is sealed from the start.
  if (work.kind !== 'rotate' || work.origin === 'by-hand' || newKeyId === null || !isInPlace) return null;
  return () => openDialog({ kind: 'copy-once', keyId: newKeyId });
}

/** The batch that was looked at and put away; kept while the app runs. */
let lastPutAway: number | null = null;

/** A key whose rotation needs nobody: its line in the batch says enough. */
const isPlain = ({ state }: BatchView['keys'][number]): boolean =>
  state === 'running' || state === 'in-grace';

const pressing = (work: WorkView): boolean => work.finished === null;

function summary(agenda: Agenda): string {
  if (agenda.overdue.length > 0) return `${count(agenda.overdue.length, 'key')} overdue`;
  if (agenda.dueSoon.length > 0) return `${count(agenda.dueSoon.length, 'key')} due soon`;
  return 'Nothing is due';
}

function Tail({ agenda }: { readonly agenda: Agenda }) {
  const parts = [
    agenda.beyond > 0 ? `${count(agenda.beyond, 'key')} due after that` : null,
    agenda.never > 0 ? `${count(agenda.never, 'key')} never due` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : <p className={styles.tail}>{parts.join(', ')}.</p>;
}
