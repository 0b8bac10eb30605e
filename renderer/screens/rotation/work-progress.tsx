import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { type Step, Steps } from '../../components/steps.tsx';
import { type PageFailure, words } from '../../text/errors.ts';
import { latenessWords, phaseOf, stepWords, waitsForUser, whatIsTrue } from '../../text/work.ts';
import styles from './rotation.module.css';

export interface WorkProgressProps {
  readonly work: WorkView;
  /** Leaves the steps out where nothing but time or nothing at all is left to happen. */
  readonly isBrief: boolean;
}

/** A piece of work: what is true now, what stopped it, and its steps. */
export function WorkProgress({ work, isBrief }: WorkProgressProps) {
  // What was undone or has failed did not go through its steps.
  const isOff = work.finished === 'undone' || work.finished === 'failed';
  if (isOff || (isBrief && !hasStepsToTell(work))) return <Standing work={work} />;
  return (
    <div className={styles.progress}>
      <Standing work={work} />
      <Steps
        steps={work.steps.map((step) => ({
          id: step.name,
          label: hadNoFiles(work, step) ? 'No files to write' : stepWords(work, step.name),
          state: standingOf(work, step),
          ...(step.name === 'grace' &&
            work.graceUntil !== null && {
              detail: (
                <>
                  It ends <RelativeTime at={work.graceUntil} />
                </>
              ),
            }),
        }))}
      />
    </div>
  );
}

function Standing({ work }: { readonly work: WorkView }) {
  const truth = whatIsTrue(work);
  switch (phaseOf(work)) {
    case 'running':
      return (
        <p className={styles.truth} role="status">
          {truth}
        </p>
      );
    case 'grace':
    case 'done': {
      const lateness = latenessWords(work);
      return (
        <Callout tone="done" title={doneTitle(work)} isNews>
          {truth}
          {lateness !== null && ` ${lateness}`}
          {work.graceUntil !== null && (
            <>
              {' '}
              That is <RelativeTime at={work.graceUntil} />.
            </>
          )}
        </Callout>
      );
    }
    case 'unknown':
      return (
        <Callout tone="attention" title={unknownTitle(work)} isNews>
          {truth} {strayList(work)}
        </Callout>
      );
    case 'stopped':
    case 'undone':
    case 'failed': {
      const failure = work.blocked ?? work.reason;
      return (
        <div className={styles.stack}>
          {failure !== null &&
            (waitsForUser(work) ? <Yours failure={failure} /> : <FailureCallout failure={failure} />)}
          {/* What is said of a key that is awaited says this already. */}
          {failure?.code !== 'key-needed' && <p className={styles.truth}>{truth}</p>}
        </div>
      );
    }
  }
}

/** Not a failure: the next thing is simply the user's. */
function Yours({ failure }: { readonly failure: PageFailure }) {
  const { title, body, next } = words(failure);
  return (
    <Callout tone="info" title={title} isNews>
      {body} {next}
    </Callout>
  );
}

function standingOf(work: WorkView, { name, state }: WorkView['steps'][number]): Step['state'] {
  if (state === 'stopped' && waitsForUser(work)) return 'yours';
  // A grace of 30 days is not at work all the time: it waits.
  return name === 'grace' && state === 'running' ? 'waiting' : state;
}

/** Whether a step that writes files is over, and there were none. */
const hadNoFiles = (work: WorkView, { name, state }: WorkView['steps'][number]): boolean =>
  name === 'deliver' && state === 'done' && work.undoing !== true && work.written.length === 0;

function hasStepsToTell(work: WorkView): boolean {
  const phase = phaseOf(work);
  return phase === 'running' || phase === 'stopped' || phase === 'unknown';
}

function doneTitle(work: WorkView): string {
  if (work.kind === 'revoke') return 'Revoked';
  if (work.kind === 'issue') return work.origin === 'taken-in' ? 'Taken in' : 'Generated';
  if (work.finished !== 'done') return 'The new key is in place';
  return work.leaked ? 'Replaced' : 'Rotated';
}

function strayList(work: WorkView): string {
  if (work.origin === 'rotated') return '';
  if (work.strays === null || work.strays.length === 0) return 'Look again in a moment.';
  return `Revoke the stray, then try again: ${work.strays.join(', ')}.`;
}

function unknownTitle({ origin, strays }: WorkView): string {
  if (origin === 'rotated') return 'It is not known whether the provider replaced the key';
  return strays !== null && strays.length > 0
    ? 'A key was made that nobody holds'
    : 'It is not known whether the provider made a key';
}
