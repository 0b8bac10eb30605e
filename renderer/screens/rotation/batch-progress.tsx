import { useMemo, useState } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { BatchView, WorkView } from '../../../shared/ipc/work.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { batchProgressWords, batchStates, batchSummary, overOf } from '../../text/batch.ts';
import { oneLine } from '../../text/errors.ts';
import { remarkLines } from '../../text/targets.ts';
import { stepWords } from '../../text/work.ts';
import { hrefOf } from '../frame/router.ts';
import { Remarks } from './remarks.tsx';
import styles from './rotation.module.css';
import { filelessOf, unplacedOf } from './unplaced.ts';
import { UnplacedKeys } from './unplaced-keys.tsx';
import { useCancelAll } from './use-cancel-all.ts';

export interface BatchProgressProps {
  readonly batch: BatchView;
  /** Every key, the new ones among them. */
  readonly rows: readonly KeyRow[];
  readonly works: readonly WorkView[];
  /** Opens the work of a key that needs attention. */
  readonly onOpenWork: (workId: WorkId) => void;
  /** Leads to rotating one key by itself, where its rotation could not begin. */
  readonly onRotate: (keyId: KeyId) => void;
  /** A key's own page was followed to. */
  readonly onLeave?: () => void;
}

type BatchKey = BatchView['keys'][number];

/** Many rotations at once: how far they are, how each key stands, and what needs attention, each with its next step. */
export function BatchProgress({ batch, rows, works, onOpenWork, onRotate, onLeave }: BatchProgressProps) {
  const { isCancelling, failure, cancel } = useCancelAll();
  const isRunning = batch.finishedAt === null;
  const fileless = useMemo(() => filelessOf(batch, rows), [batch, rows]);
  const unplaced = useMemo(() => unplacedOf(batch, rows), [batch, rows]);
  const summary = batchSummary(batch, fileless);
  const leave = onLeave === undefined ? {} : { onLeave };
  return (
    <div className={styles.stack}>
      {failure !== null && <FailureCallout failure={failure} />}
      {isRunning ? (
        <>
          <ProgressBar
            label={batch.cancelled ? 'Finishing what has begun' : 'Rotating'}
            done={overOf(batch)}
            total={batch.keys.length}
            words={batchProgressWords(batch)}
          />
          <div className={styles.buttons}>
            <p className={styles.footnote} role="status">
              {batch.cancelled
                ? 'No more rotations are begun. Those that have begun finish.'
                : 'Leaving does not stop it.'}
            </p>
            <Button isPending={isCancelling} isDisabled={batch.cancelled} onPress={cancel}>
              Cancel
            </Button>
          </div>
        </>
      ) : (
        <Callout tone={summary.tone} title={summary.title} isNews>
          {summary.text}
        </Callout>
      )}
      {!isRunning && unplaced.length > 0 && <UnplacedKeys keys={unplaced} {...leave} />}
      <BatchKeys {...{ batch, works, fileless, onOpenWork, onRotate }} {...leave} />
    </div>
  );
}

const step = 50;
const order: readonly BatchKey['state'][] = [
  'attention',
  'running',
  'waiting',
  'skipped',
  'in-grace',
  'done',
];

/** What there is to tell of a key's files is not to be looked for among all that ended as it should. */
const rankOf = ({ state, remarks }: BatchKey): number =>
  remarks === undefined ? order.indexOf(state) : order.indexOf('attention') + 0.5;

interface BatchKeysProps extends Omit<BatchProgressProps, 'rows'> {
  readonly fileless: ReadonlySet<KeyId>;
}

function BatchKeys({ batch, works, fileless, onOpenWork, onRotate, onLeave }: BatchKeysProps) {
  const [most, setMost] = useState(step);
  // While it runs the keys stay where they are; afterwards what needs attention comes first.
  const keys = batch.finishedAt === null ? batch.keys : batch.keys.toSorted((a, b) => rankOf(a) - rankOf(b));
  return (
    <>
      <ul className={styles.plainList} aria-label="Keys of this rotation">
        {keys.slice(0, most).map((key) => (
          <li key={key.keyId} className={styles.each}>
            <span className={styles.name}>
              <a
                className={styles.link}
                href={hrefOf({ place: 'keys', keyId: key.keyId })}
                {...(onLeave === undefined ? {} : { onClick: onLeave })}
              >
                {key.name}
              </a>
              <span className={styles.provider}>{key.provider}</span>
            </span>
            <Badge tone={batchStates[key.state].tone}>{batchStates[key.state].words}</Badge>
            {key.state === 'running' && (
              <span className={styles.now}>{nowWords(key, works, fileless.has(key.keyId))}</span>
            )}
            {key.state === 'attention' && <Next batchKey={key} onOpenWork={onOpenWork} onRotate={onRotate} />}
            <Remarks notes={remarkLines(key.remarks ?? [])} />
          </li>
        ))}
      </ul>
      {keys.length > most && (
        <div className={styles.more}>
          <Button variant="quiet" onPress={() => setMost(most + step)}>
            {`Show ${Math.min(step, keys.length - most)} more of ${keys.length}`}
          </Button>
        </div>
      )}
    </>
  );
}

/** What goes on with a key at this moment. */
function nowWords({ workId }: BatchKey, works: readonly WorkView[], isFileless: boolean): string {
  const work = works.find(({ id }) => id === workId);
  const step = work?.steps.find(({ state }) => state === 'running');
  if (work === undefined || step === undefined) return 'Begins';
  return step.name === 'deliver' && isFileless ? 'No files to write' : stepWords(work, step.name);
}

interface NextProps extends Pick<BatchProgressProps, 'onOpenWork' | 'onRotate'> {
  readonly batchKey: BatchKey;
}

function Next({ batchKey, onOpenWork, onRotate }: NextProps) {
  const { keyId, name, workId, failure } = batchKey;
  return (
    <>
      <Button
        size="small"
        aria-label={workId === null ? `Rotate ${name} by itself` : `Show what ${name} waits for`}
        onPress={() => (workId === null ? onRotate(keyId) : onOpenWork(workId))}
      >
        {workId === null ? 'Rotate' : 'Show'}
      </Button>
      {failure !== null && <span className={styles.why}>{oneLine(failure)}</span>}
    </>
  );
}
