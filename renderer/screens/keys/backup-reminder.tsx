import { Archive } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import styles from './keys-screen.module.css';

export interface BackupReminderProps {
  /** When the last backup was made; null: never. */
  readonly lastBackupAt: number | null;
  readonly onMake: () => void;
  readonly onSwitchOff: () => void;
}

/** Says quietly that a backup is due. It goes when one is made or when the reminders are switched off. */
export function BackupReminder({ lastBackupAt, onMake, onSwitchOff }: BackupReminderProps) {
  return (
    <section aria-label="Backup reminder" className={styles.reminder}>
      <Archive aria-hidden className={styles.picture} />
      <p className={styles.words}>
        {lastBackupAt === null ? (
          'There is no backup of this vault yet.'
        ) : (
          <>
            The last backup was made <RelativeTime at={lastBackupAt} />.
          </>
        )}
      </p>
      <Button variant="quiet" size="small" onPress={onSwitchOff}>
        Do not remind me
      </Button>
      <Button size="small" onPress={onMake}>
        Make a backup
      </Button>
    </section>
  );
}
