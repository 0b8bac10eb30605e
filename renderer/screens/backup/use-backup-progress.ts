import { useEffect, useState } from 'react';
import type { BackupProgress } from '../../../shared/ipc/backup.contract.ts';
import { api } from '../../api/client.ts';

/** How far a backup or a restore has come; null while none runs. */
export function useBackupProgress(): BackupProgress | null {
  const [progress, setProgress] = useState<BackupProgress | null>(null);
  useEffect(() => api.on('backup.progress', setProgress), []);
  return progress;
}
