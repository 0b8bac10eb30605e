import type { BackupProgress as Progress } from '../../../shared/ipc/backup.contract.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';

const labels: Readonly<Record<Progress['doing'], string>> = {
  making: 'Making the backup',
  opening: 'Opening the backup',
  restoring: 'Restoring',
};

export interface BackupProgressProps {
  /** What has been asked for; shown until the first news of it comes. */
  readonly doing: Progress['doing'];
  readonly progress: Progress | null;
}

/** How far a backup or a restore has come, in keys and other records. */
export function BackupProgress({ doing, progress }: BackupProgressProps) {
  const told = progress?.doing === doing ? progress : null;
  const done = told?.done ?? 0;
  const total = told?.total ?? 0;
  return (
    <ProgressBar
      label={labels[doing]}
      done={done}
      total={total}
      words={
        total === 0
          ? 'Working with the passphrase'
          : `${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`
      }
    />
  );
}
