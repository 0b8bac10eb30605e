import { useEffect, useRef, useState } from 'react';
import type { backupContract, RestorePreview } from '../../../shared/ipc/backup.contract.ts';
import type { InputOf, OutputOf } from '../../../shared/ipc/define.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

type RestoreCall = (typeof backupContract)['backup.restore'];
/** What was chosen for a restore. */
export type RestoreWish = Omit<InputOf<RestoreCall>, 'token'>;
export type Restored = OutputOf<RestoreCall>;

export type Restoring =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'opening'; readonly isCancelling: boolean }
  | { readonly step: 'choosing'; readonly preview: RestorePreview; readonly failure: PageFailure | null }
  | { readonly step: 'running'; readonly preview: RestorePreview }
  | { readonly step: 'restored'; readonly restored: Restored };

/** Opens a backup, and restores it as chosen. What was opened is forgotten by main when the page leaves it. */
export function useRestore(): {
  readonly restoring: Restoring;
  /** Answers whether it was opened, so that the field can be emptied. */
  readonly open: (file: string, passphrase: string) => Promise<boolean>;
  readonly cancel: () => void;
  readonly restore: (wish: RestoreWish) => void;
  readonly edited: () => void;
} {
  const [restoring, setRestoring] = useState<Restoring>({ step: 'asking', failure: null });
  const holdsOpened = useRef(false);
  useEffect(
    () => () => {
      if (holdsOpened.current) void api.call('backup.cancel', {});
    },
    [],
  );

  const open = async (file: string, passphrase: string) => {
    if (restoring.step !== 'asking') return false;
    setRestoring({ step: 'opening', isCancelling: false });
    holdsOpened.current = true;
    const answer = await api.call('backup.open', { file, passphrase });
    holdsOpened.current = answer.ok;
    setRestoring(
      answer.ok
        ? { step: 'choosing', preview: answer.value, failure: null }
        : { step: 'asking', failure: answer.error },
    );
    return answer.ok;
  };

  const restore = async (wish: RestoreWish) => {
    if (restoring.step !== 'choosing') return;
    const { preview } = restoring;
    setRestoring({ step: 'running', preview });
    // From here on it ends by itself, whatever becomes of the page.
    holdsOpened.current = false;
    const answer = await api.call('backup.restore', { token: preview.token, ...wish });
    if (answer.ok) setRestoring({ step: 'restored', restored: answer.value });
    else if (answer.error.code === 'backup-not-open') setRestoring({ step: 'asking', failure: answer.error });
    else {
      holdsOpened.current = true;
      setRestoring({ step: 'choosing', preview, failure: answer.error });
    }
  };

  return {
    restoring,
    open,
    cancel: () => {
      setRestoring((now) => (now.step === 'opening' ? { step: 'opening', isCancelling: true } : now));
      void api.call('backup.cancel', {});
    },
    restore: (wish) => void restore(wish),
    edited: () => setRestoring((now) => (now.step === 'asking' ? { step: 'asking', failure: null } : now)),
  };
}
