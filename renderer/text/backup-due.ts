import type { Settings } from '../../shared/domain/settings.ts';

const weekMs = 7 * 86_400_000;

/**
 * Whether a backup is to be reminded of: the last one is older than 7 days; where there never was one, the vault's first
 * key is. `firstKeyAt` is null in a vault without keys.
 */
export function isBackupDue(
  { backupReminder, lastBackupAt }: Pick<Settings, 'backupReminder' | 'lastBackupAt'>,
  firstKeyAt: number | null,
  now: number,
): boolean {
  const since = lastBackupAt ?? firstKeyAt;
  return backupReminder && firstKeyAt !== null && since !== null && now - since > weekMs;
}
