import { api } from '../../api/client.ts';
import { notify, openDialog } from '../../app-state.ts';
import { useNow } from '../../components/use-now.ts';
import { isBackupDue } from '../../text/backup-due.ts';
import { oneLine } from '../../text/errors.ts';
import { useSettings } from '../frame/use-status.ts';
import type { BackupReminderProps } from './backup-reminder.tsx';
import { useKeyEntries } from './use-key-entries.ts';

/** What the Keys screen reminds of, if a backup is due; null otherwise. */
export function useBackupReminder(): BackupReminderProps | null {
  const settings = useSettings();
  const keys = useKeyEntries();
  const now = useNow();
  if (settings.state !== 'ready' || keys.state !== 'ready') return null;
  const firstKeyAt = keys.value.reduce<number | null>(
    (first, { row }) => (first === null ? row.issuedAt : Math.min(first, row.issuedAt)),
    null,
  );
  if (!isBackupDue(settings.value, firstKeyAt, now)) return null;
  return {
    lastBackupAt: settings.value.lastBackupAt,
    onMake: () => openDialog({ kind: 'make-backup' }),
    onSwitchOff: async () => {
      const answer = await api.call('settings.set', { backupReminder: false });
      if (answer.ok) notify('info', 'No more reminders of backups. Settings switches them on again.');
      else notify('danger', oneLine(answer.error));
    },
  };
}
