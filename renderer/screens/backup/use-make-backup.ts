import { useRef, useState } from 'react';
import type { backupContract } from '../../../shared/ipc/backup.contract.ts';
import type { OutputOf } from '../../../shared/ipc/define.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

export type MadeBackup = OutputOf<(typeof backupContract)['backup.make']>;

export type MakingBackup =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running'; readonly isCancelling: boolean }
  | { readonly step: 'made'; readonly made: MadeBackup };

/** Makes one backup. The passphrase passes through and is not kept. */
export function useMakeBackup(): {
  readonly making: MakingBackup;
  /** Answers whether it was made, so that the fields can be emptied. */
  readonly make: (file: string, passphrase: string, replace: boolean) => Promise<boolean>;
  readonly cancel: () => void;
  readonly edited: () => void;
} {
  const [making, setMaking] = useState<MakingBackup>({ step: 'asking', failure: null });
  const isBusy = useRef(false);
  return {
    making,
    make: async (file, passphrase, replace) => {
      // A second press arrives before the first has been drawn.
      if (isBusy.current) return false;
      isBusy.current = true;
      setMaking({ step: 'running', isCancelling: false });
      const answer = await api.call('backup.make', { file, passphrase, replace });
      isBusy.current = false;
      setMaking(answer.ok ? { step: 'made', made: answer.value } : { step: 'asking', failure: answer.error });
      return answer.ok;
    },
    cancel: () => {
      setMaking((now) => (now.step === 'running' ? { step: 'running', isCancelling: true } : now));
      void api.call('backup.cancel', {});
    },
    edited: () => setMaking((now) => (now.step === 'asking' ? { step: 'asking', failure: null } : now)),
  };
}
