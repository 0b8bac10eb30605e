import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import { Badge, EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { count } from '../../text/dates.ts';
import { oneLine } from '../../text/errors.ts';
import { defaultGrace } from '../../text/grace.ts';
import { GraceChoice } from './grace-choice.tsx';
import styles from './rotation.module.css';
import type { DueKey } from './timeline.ts';
import { type Started, useRotateAll } from './use-rotate-all.ts';

export interface RotateAllDialogProps {
  /** The keys as they were due when it was opened; they leave the agenda one by one while it runs. */
  readonly items: readonly DueKey[];
  readonly onClose: () => void;
}

/** Rotates everything that is due, with one grace, and says which could not start and why. */
export function RotateAllDialog({ items, onClose }: RotateAllDialogProps) {
  const [grace, setGrace] = useState<Grace>(defaultGrace);
  const { state, start } = useRotateAll();
  const started = state.step === 'asking' ? [] : state.started;
  const isStarting = state.step === 'starting';
  const refused = started.filter(({ failure }) => failure !== null).length;

  return (
    <Dialog
      title="Rotate all due"
      description={`${count(items.length, 'key')}, one after the other. Each old key works until its new one is in place.`}
      isOpen
      onClose={isStarting ? null : onClose}
      footer={
        state.step === 'started' ? (
          <Button variant="primary" onPress={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button variant="quiet" onPress={onClose} isDisabled={isStarting}>
              Cancel
            </Button>
            <Button
              variant="primary"
              isPending={isStarting}
              onPress={() =>
                start(
                  items.map(({ key }) => key.id),
                  grace,
                )
              }
            >
              Rotate
            </Button>
          </>
        )
      }
    >
      {state.step === 'asking' && (
        <div className={styles.stack}>
          <GraceChoice label="Grace for the old keys" value={grace} onChange={setGrace} />
        </div>
      )}
      {state.step === 'started' && (
        <Callout
          tone={refused === 0 ? 'done' : 'attention'}
          title={`${count(started.length - refused, 'rotation')} started${refused === 0 ? '' : `, ${refused} could not start`}`}
          isNews
        >
          How each goes on stands on this screen.
        </Callout>
      )}
      <ul className={styles.due} aria-label="Keys that are due">
        {items.map(({ key }) => (
          <li key={key.id} className={styles.each}>
            <span className={styles.name}>
              {key.name} <span className={styles.provider}>{key.provider}</span>
            </span>
            <EnvironmentBadge environment={key.environment} />
            <Standing started={outcomeOf(started, key.id)} isStarting={isStarting} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const outcomeOf = (started: readonly Started[], keyId: KeyId): Started | undefined =>
  started.find((each) => each.keyId === keyId);

interface StandingProps {
  readonly started: Started | undefined;
  readonly isStarting: boolean;
}

function Standing({ started, isStarting }: StandingProps) {
  if (started === undefined) return isStarting ? <Spinner label="Waiting" /> : null;
  if (started.failure === null) return <Badge tone="done">Started</Badge>;
  return <span className={styles.why}>{oneLine(started.failure)}</span>;
}
