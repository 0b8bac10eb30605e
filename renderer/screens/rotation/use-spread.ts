import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import { count } from '../../text/dates.ts';
import type { PageFailure } from '../../text/errors.ts';
import { type Move, plansOf } from './load.ts';

/** Planning keys for earlier days, and taking that back. */
export interface Spreading {
  readonly isBusy: boolean;
  readonly failure: PageFailure | null;
  /** Answers whether it was done. */
  readonly plan: (moves: readonly Move[]) => Promise<boolean>;
  readonly takeBack: (ids: readonly KeyId[]) => Promise<boolean>;
}

/** Sends plans to main; what came of them is told by the keys' own feed. */
export function useSpread(): Spreading {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<PageFailure | null>(null);
  const send = async (plans: { id: KeyId; day: string | null }[], words: string): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    const answer = await api.call('keys.plan', { plans });
    setBusy(false);
    if (!answer.ok) setFailure(answer.error);
    else notify('done', words);
    return answer.ok;
  };
  return {
    isBusy,
    failure,
    plan: (moves) => send(plansOf(moves), `${count(moves.length, 'key')} planned for earlier days.`),
    takeBack: (ids) =>
      send(
        ids.map((id) => ({ id, day: null })),
        `${count(ids.length, 'plan')} taken back.`,
      ),
  };
}
