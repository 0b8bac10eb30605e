import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import type { PageFailure } from '../../text/errors.ts';
import { leftWords } from '../../text/targets.ts';

export type Unlinking =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' };

/** Lets a key forget one of its files, after taking its lines out where that is wanted. */
export function useUnlink(
  id: KeyId,
  target: Target,
  onUnlinked: () => void,
): { readonly unlinking: Unlinking; readonly unlink: (removeLines: boolean) => void } {
  const [unlinking, setUnlinking] = useState<Unlinking>({ step: 'asking', failure: null });
  const unlink = async (removeLines: boolean) => {
    if (unlinking.step === 'running') return;
    setUnlinking({ step: 'running' });
    const answer = await api.call('keys.unlink', { id, targetId: target.id, removeLines });
    if (!answer.ok) {
      setUnlinking({ step: 'asking', failure: answer.error });
      return;
    }
    const kept = removeLines ? leftWords(answer.value.left) : 'The file keeps what is in it.';
    notify('info', `No longer followed. ${kept === '' ? 'The key’s lines are gone from the file.' : kept}`);
    onUnlinked();
  };
  return { unlinking, unlink: (removeLines) => void unlink(removeLines) };
}
