import { CalendarClock } from 'lucide-react';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { useNow } from '../../components/use-now.ts';
import { count } from '../../text/dates.ts';
import { snoozeOf } from '../../text/reminders.ts';
import { SnoozeMenu } from '../reminders/snooze-menu.tsx';
import styles from './keys-screen.module.css';

export interface ChosenBarProps {
  /** The rows that were chosen and are shown. */
  readonly rows: readonly KeyRow[];
  readonly onNone: () => void;
}

/** What can be done with many keys at once. Keys that were replaced or revoked are left out of it. */
export function ChosenBar({ rows, onNone }: ChosenBarProps) {
  const now = useNow();
  const alive = rows.filter(({ status }) => status !== 'revoked' && status !== 'retiring');
  const keyIds = alive.map(({ id }) => id);
  const left = rows.length - alive.length;
  return (
    <section aria-label="Chosen keys" className={styles.chosen}>
      <p role="status" className={styles.words}>
        {`${count(rows.length, 'key')} chosen`}
        {left > 0 && `, ${left.toLocaleString('en-GB')} of them replaced or revoked`}
      </p>
      <Button variant="quiet" onPress={onNone}>
        Choose none
      </Button>
      {alive.length > 0 && (
        <>
          <SnoozeMenu
            keyIds={keyIds}
            isSnoozed={alive.some((row) => snoozeOf(row, now) !== null)}
            onChosen={onNone}
          />
          <Button icon={CalendarClock} onPress={() => openDialog({ kind: 'policy', keyIds })}>
            Set period…
          </Button>
        </>
      )}
    </section>
  );
}
