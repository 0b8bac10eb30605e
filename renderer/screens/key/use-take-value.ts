import { useState } from 'react';
import type { KeyId, TargetId, WorkId } from '../../../shared/domain/ids.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

export type Taking =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' };

/** How a file's value is to be taken in. `anyForm`: whatever it looks like. */
export interface TakeValueWish {
  readonly grace: Grace;
  readonly confirmName: string;
  readonly anyForm: boolean;
}

/** Asks main to make a file's value the key's. */
export function useTakeValue(
  id: KeyId,
  targetId: TargetId,
  onStarted: (workId: WorkId) => void,
): { readonly taking: Taking; readonly take: (wish: TakeValueWish) => void } {
  const [taking, setTaking] = useState<Taking>({ step: 'asking', failure: null });
  const take = async (wish: TakeValueWish) => {
    if (taking.step === 'running') return;
    setTaking({ step: 'running' });
    const answer = await api.call('keys.takeValue', { id, targetId, ...wish });
    if (answer.ok) onStarted(answer.value.workId);
    else setTaking({ step: 'asking', failure: answer.error });
  };
  return { taking, take: (wish) => void take(wish) };
}
