import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { InputOf } from '../../../shared/ipc/define.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What becomes of the key at its provider, and what that needs. */
export type ForgetWish = Omit<InputOf<KeyturnContract['keys.delete']>, 'id'>;

export type Forgetting =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running'; readonly atProvider: ForgetWish['atProvider'] };

/** Takes a key out of the vault, after what was chosen for it at its provider. */
export function useForget(
  id: KeyId,
  onForgotten: () => void,
): { readonly forgetting: Forgetting; readonly forget: (wish: ForgetWish) => void } {
  const [forgetting, setForgetting] = useState<Forgetting>({ step: 'asking', failure: null });
  const forget = async (wish: ForgetWish) => {
    if (forgetting.step === 'running') return;
    setForgetting({ step: 'running', atProvider: wish.atProvider });
    const answer = await api.call('keys.delete', { id, ...wish });
    if (answer.ok) onForgotten();
    else setForgetting({ step: 'asking', failure: answer.error });
  };
  return { forgetting, forget: (wish) => void forget(wish) };
}
