import { RotateCw, Siren } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
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
import { RisksSection } from '../risks/risks-section.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { DueKeys } from './due-keys.tsx';
import { Forecast } from './forecast.tsx';
import { Graces } from './graces.tsx';
import { monthsOf } from './history.ts';
import { MonthsStrip } from './months-strip.tsx';
import { NeverDue } from './never-due.tsx';
import styles from './rotation.module.css';
import { TimeLine } from './time-line.tsx';
import type { Agenda } from './timeline.ts';
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

function Ready(props: ReadyProps) {
  const { agenda, load, past, rows, works, batch, actions, connectionOf, now } = props;
  const [chosen, setChosen] = useState<KeyId | null>(null);
  const [lastBatch, setLastBatch] = useState(lastPutAway);
  const due = agenda.overdue.length + agenda.dueSoon.length;
  const isBatchRunning = batch !== null && batch.finishedAt === null;
  const inBatch = new Set(isBatchRunning ? batch.keys.filter(isPlain).map((key) => key.keyId) : []);
  const open = works.filter((work) => work.finished === null);
  const graces = open.filter((work) => phaseOf(work) === 'grace');
  const pressing = open
    .filter((work) => phaseOf(work) !== 'grace' && !inBatch.has(work.keyId))
    .sort((a, b) => urgency(a) - urgency(b));
  const finished = works.filter((work) => work.finished !== null && work.kind !== 'issue');
  const months = useMemo(() => monthsOf(past.all, now, shownMonths), [past, now]);

  const shownBatch = batch !== null && batch.startedAt !== lastBatch ? batch : null;
  const isDue = agenda.all.length > 0;
  const hasSide = shownBatch !== null || pressing.length + graces.length + finished.length > 0;
  const putAway = () => {
    lastPutAway = batch?.startedAt ?? null;
    setLastBatch(lastPutAway);
  };

  if (rows.length === 0 && works.length === 0) return <NothingYet />;
  return (
    <Page
      title="Rotation"
      aside={summary(agenda)}
      width="full"
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
      <div className={styles.scroll}>
        <div className={styles.sections}>
          <Forecast load={load} />
          {isDue && (
            <Section title="What is due, and when">
              <TimeLine
                agenda={agenda}
                load={load}
                now={now}
                chosen={chosen}
                onChoose={setChosen}
                onOpenKey={openKey}
                onRotate={rotate}
              />
            </Section>
          )}
          <div className={styles.columns}>
            {isDue && (
              <section aria-label="Due keys" className={styles.wide}>
                <DueKeys {...props} chosen={chosen} onChoose={setChosen} />
                <NeverDue keys={agenda.never} />
              </section>
            )}
            {hasSide && (
              <div className={styles.side}>
                <LastBatch batch={shownBatch} rows={rows} works={works} onPutAway={putAway} />
                {pressing.length > 0 && (
                  <Section title="Under way">
                    <Cards works={pressing} actions={actions} connectionOf={connectionOf} />
                  </Section>
                )}
                {graces.length > 0 && (
                  <Section
                    title={`Old keys still alive: ${graces.length.toLocaleString('en-GB')}`}
                    description="Each works until its grace ends, so that what still uses it goes on working."
                  >
                    <Graces
                      works={graces}
                      onOpen={(work) => openWork(work.id)}
                      onEndNow={(work) => openDialog({ kind: 'revoke', keyId: work.keyId })}
                      onUndo={(work) => openDialog({ kind: 'undo', workId: work.id })}
                    />
                  </Section>
                )}
                {finished.length > 0 && (
                  <Section title="Finished">
                    <Cards works={finished} actions={actions} connectionOf={connectionOf} />
                  </Section>
                )}
              </div>
            )}
          </div>
          {!isDue && <NeverDue keys={agenda.never} />}
          {past.all.length > 0 && (
            <Section title="Past rotations">
              <MonthsStrip months={months} />
            </Section>
          )}
          <RisksSection />
        </div>
      </div>
    </Page>
  );
}

/** How many months of the past are shown. */
const shownMonths = 12;

const openKey = (keyId: KeyId): void => navigate({ place: 'keys', keyId });
const rotate = (keyId: KeyId): void => openDialog({ kind: 'rotate', keyId });
const openWork = (workId: WorkId): void => openDialog({ kind: 'work', workId });

function NothingYet() {
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

interface LastBatchProps extends Pick<ReadyProps, 'rows' | 'works'> {
  readonly batch: BatchView | null;
  readonly onPutAway: () => void;
}

/** The last time that many keys were rotated. */
function LastBatch({ batch, rows, works, onPutAway }: LastBatchProps) {
  if (batch === null) return null;
  return (
    <Section
      title="Rotate all due"
      actions={
        batch.finishedAt !== null && (
          <Button variant="quiet" size="small" onPress={onPutAway}>
            Put away
          </Button>
        )
      }
    >
      <BatchProgress batch={batch} rows={rows} works={works} onOpenWork={openWork} onRotate={rotate} />
    </Section>
  );
}

type CardsProps = Pick<ReadyProps, 'works' | 'actions' | 'connectionOf'>;

const shownAtFirst = 3;

/** Pieces of work step by step; the first ones, and the others when they are asked for. */
function Cards({ works, actions, connectionOf }: CardsProps) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? works : works.slice(0, shownAtFirst);
  return (
    <div className={styles.cards}>
      {shown.map((work) => (
        <WorkCard
          key={work.id}
          work={work}
          actions={actions}
          connection={connectionOf(work)}
          onCopyOnce={copyOnceOf(work)}
          onUndo={() => openDialog({ kind: 'undo', workId: work.id })}
        />
      ))}
      {shown.length < works.length && (
        <div className={styles.more}>
          <Button variant="quiet" onPress={() => setAll(true)}>
            {`Show all ${works.length}`}
          </Button>
        </div>
      )}
    </div>
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

/** What waits for a person comes before what runs by itself. */
const urgency = (work: WorkView): number => (phaseOf(work) === 'running' ? 1 : 0);

/** What waits, in words; what was put off does not. */
function summary({ overdue, dueSoon, snoozed }: Agenda): string {
  const isAnySnoozed = snoozed.length > 0;
  const keys = (number: number) => (isAnySnoozed ? number.toLocaleString('en-GB') : count(number, 'key'));
  const after = isAnySnoozed ? `, ${snoozed.length.toLocaleString('en-GB')} snoozed` : '';
  if (overdue.length > 0) return `${keys(overdue.length)} overdue${after}`;
  return dueSoon.length > 0 ? `${keys(dueSoon.length)} due soon${after}` : `Nothing is due${after}`;
}
