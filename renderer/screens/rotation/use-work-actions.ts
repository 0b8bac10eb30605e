import type { WorkId } from '../../../shared/domain/ids.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { InputOf } from '../../../shared/ipc/define.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What the user brings to work that waits: answers, the new key, or the word that something was done. */
export type Brought = Omit<InputOf<KeyturnContract['work.continue']>, 'id'>;

/** What a person can do about work that has stopped. Each answers why it could not be done, or null. */
export interface WorkActions {
  readonly continueWork: (id: WorkId, brought: Brought) => Promise<PageFailure | null>;
  readonly revokeStrays: (id: WorkId, answers: Record<string, string>) => Promise<PageFailure | null>;
  /** Ends a rotation that waits for its new key. */
  readonly giveUp: (id: WorkId) => Promise<PageFailure | null>;
}

const actions: WorkActions = {
  continueWork: async (id, brought) => {
    const answer = await api.call('work.continue', { id, ...brought });
    return answer.ok ? null : answer.error;
  },
  revokeStrays: async (id, answers) => {
    const answer = await api.call('work.revokeStrays', { id, answers });
    return answer.ok ? null : answer.error;
  },
  giveUp: async (id) => {
    const answer = await api.call('work.giveUp', { id });
    return answer.ok ? null : answer.error;
  },
};

/** Going on with work, and clearing up after an unknown outcome. What came of it is told by the work's own feed. */
export const useWorkActions = (): WorkActions => actions;
