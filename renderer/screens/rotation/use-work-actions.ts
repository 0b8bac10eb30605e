import type { WorkId } from '../../../shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What a person can do about work that has stopped. Each answers why it could not be done, or null. */
export interface WorkActions {
  readonly continueWork: (id: WorkId, answers: Record<string, string>) => Promise<PageFailure | null>;
  readonly revokeStrays: (id: WorkId, answers: Record<string, string>) => Promise<PageFailure | null>;
}

const actions: WorkActions = {
  continueWork: async (id, answers) => {
    const answer = await api.call('work.continue', { id, answers });
    return answer.ok ? null : answer.error;
  },
  revokeStrays: async (id, answers) => {
    const answer = await api.call('work.revokeStrays', { id, answers });
    return answer.ok ? null : answer.error;
  },
};

/** Going on with work, and clearing up after an unknown outcome. What came of it is told by the work's own feed. */
export const useWorkActions = (): WorkActions => actions;
