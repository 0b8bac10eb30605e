import { useState } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { BatchView } from '../../../shared/ipc/work.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { batchProgressWords, batchStates, batchSummary, overOf } from '../../text/batch.ts';
import { oneLine } from '../../text/errors.ts';
import { remarkLines } from '../../text/targets.ts';
import { hrefOf } from '../frame/router.ts';
import { Remarks } from './remarks.tsx';
import styles from './rotation.module.css';
import { useCancelAll } from './use-cancel-all.ts';

export interface BatchProgressProps {
  readonly batch: BatchView;
  /** Opens the work of a key that needs attention. */
  readonly onOpenWork: (workId: WorkId) => void;
  /** Leads to rotating one key by itself, where its rotation could not begin. */
  readonly onRotate: (keyId: KeyId) => void;
  /** A key's own page was followed to. */
  readonly onLeave?: () => void;
}

type BatchKey = BatchView['keys'][number];

/** Many rotations at once: how far they are, how each key stands, and what needs attention, each with its next step. */
export function BatchProgress({ batch, onOpenWork, onRotate, onLeave }: BatchProgressProps) {
  const { isCancelling, failure, cancel } = useCancelAll();
  const isRunning = batch.finishedAt === null;
  const summary = batchSummary(batch);
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
      <BatchKeys {...{ batch, onOpenWork, onRotate }} {...(onLeave === undefined ? {} : { onLeave })} />
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

function BatchKeys({ batch, onOpenWork, onRotate, onLeave }: BatchProgressProps) {
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
