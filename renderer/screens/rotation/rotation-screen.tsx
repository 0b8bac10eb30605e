import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
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
import { DueList } from './due-list.tsx';
import { RotateAllDialog } from './rotate-all-dialog.tsx';
import styles from './rotation.module.css';
import { TimeLine } from './time-line.tsx';
import { type Agenda, type DueKey, horizonDays } from './timeline.ts';
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

function Ready({ agenda, keys, works, actions, connectionOf, now }: ReadyProps) {
  const openKey = (keyId: KeyId) => navigate({ place: 'keys', keyId });
  const rotate = (keyId: KeyId) => openDialog({ kind: 'rotate', keyId });
  const [all, setAll] = useState<readonly DueKey[] | null>(null);
  const due = [...agenda.overdue, ...agenda.dueSoon];
  const waiting = works.filter((work) => pressing(work));
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
        due.length > 0 && (
          <Button icon={RotateCw} onPress={() => setAll(due)}>
            Rotate all due
          </Button>
        )
      }
    >
      {all !== null && <RotateAllDialog items={all} onClose={() => setAll(null)} />}
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
