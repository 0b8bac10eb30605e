import { useState } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import { assertNever } from '../../../shared/result.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { count } from '../../text/dates.ts';
import { defaultGrace } from '../../text/grace.ts';
import { BatchProgress } from './batch-progress.tsx';
import { GraceChoice } from './grace-choice.tsx';
import styles from './rotation.module.css';
import { useRotateAll } from './use-rotate-all.ts';

export interface RotateAllDialogProps {
  readonly onClose: () => void;
  readonly onOpenWork: (workId: WorkId) => void;
  readonly onRotate: (keyId: KeyId) => void;
}

const shown = 50;

/** Rotates everything that is due, with one grace. It can be left at any time; the rotations go on. */
export function RotateAllDialog({ onClose, onOpenWork, onRotate }: RotateAllDialogProps) {
  const [grace, setGrace] = useState<Grace>(defaultGrace);
  const state = useRotateAll();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Rotate all due" onClose={onClose} of={state} />;
    case 'begun':
      return (
        <Dialog
          title="Rotate all due"
          isOpen
          onClose={onClose}
          footer={
            <Button variant={state.batch.finishedAt === null ? 'secondary' : 'primary'} onPress={onClose}>
              Close
            </Button>
          }
        >
          <BatchProgress batch={state.batch} onOpenWork={onOpenWork} onRotate={onRotate} onLeave={onClose} />
        </Dialog>
      );
    case 'choosing': {
      const { items, isStarting, failure, start } = state;
      return (
        <Dialog
          title="Rotate all due"
          description={
            items.length === 0
              ? 'No key is overdue or due soon.'
              : `${count(items.length, 'key')} that ${items.length === 1 ? 'is' : 'are'} overdue or due soon, a few at a time at each provider. Each old key works until its new one is in place; what stops one does not stop the others.`
          }
          isOpen
          onClose={isStarting ? null : onClose}
          footer={
            <>
              <Button variant="quiet" onPress={onClose} isDisabled={isStarting}>
                Cancel
              </Button>
              <Button
                variant="primary"
                isPending={isStarting}
                isDisabled={items.length === 0}
                onPress={() => start(grace)}
              >
                Rotate
              </Button>
            </>
          }
        >
          <div className={styles.form}>
            {failure !== null && <FailureCallout failure={failure} />}
            {items.length > 0 && (
              <div className={styles.stack}>
                <GraceChoice label="Grace for the old keys" value={grace} onChange={setGrace} />
              </div>
            )}
            {items.length > 0 && (
              <ul className={styles.plainList} aria-label="Keys that are due">
                {items.slice(0, shown).map(({ key }) => (
                  <li key={key.id} className={styles.each}>
                    <span className={styles.name}>
                      {key.name} <span className={styles.provider}>{key.provider}</span>
                    </span>
                    <EnvironmentBadge environment={key.environment} />
                  </li>
                ))}
              </ul>
            )}
            {items.length > shown && (
              <p className={styles.quiet}>{`and ${count(items.length - shown, 'more key')}`}</p>
            )}
          </div>
        </Dialog>
      );
    }
    default:
      return assertNever(state);
  }
}
