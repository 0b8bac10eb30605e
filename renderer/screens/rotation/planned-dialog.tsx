import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { count, dayOf } from '../../text/dates.ts';
import styles from './forecast.module.css';
import type { DueKey } from './timeline.ts';
import { useSpread } from './use-spread.ts';

export interface PlannedDialogProps {
  readonly planned: readonly DueKey[];
  readonly onClose: () => void;
}

/** The keys that are planned for earlier days than their periods say, and the way back. */
export function PlannedDialog({ planned, onClose }: PlannedDialogProps) {
  const { isBusy, failure, takeBack } = useSpread();
  const takeAllBack = async () => {
    if (await takeBack(planned.map(({ key }) => key.id))) onClose();
  };
  return (
    <Dialog
      title="Planned for earlier days"
      description="Taken back, a key is due again when its period says."
      isOpen
      onClose={isBusy ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isBusy}>
            Close
          </Button>
          <Button
            isPending={isBusy}
            isDisabled={planned.length === 0}
            onPress={() => void takeAllBack()}
          >{`Take ${count(planned.length, 'plan')} back`}</Button>
        </>
      }
    >
      <div className={styles.stack}>
        {failure !== null && <FailureCallout failure={failure} />}
        <ul className={styles.moves} aria-label="Planned keys">
          {planned.map(({ key, dueAt }) => (
            <li key={key.id} className={styles.move}>
              <span className={styles.name}>{key.name}</span>
              <span className={styles.quiet}>{key.provider}</span>
              <span className={styles.days}>{dayOf(dueAt)}</span>
              <Button
                size="small"
                variant="quiet"
                isDisabled={isBusy}
                aria-label={`Take the plan of ${key.name} back`}
                onPress={() => void takeBack([key.id])}
              >
                Take back
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
