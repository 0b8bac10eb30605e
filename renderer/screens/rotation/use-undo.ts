import { useState } from 'react';
import type { WorkId } from '../../../shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** How far an undoing has come. `ended`: it has finished or stopped, which the work itself tells. */
export type Undoing =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' }
  | { readonly step: 'ended' };

/** Puts the old key back. What came of it is told by the work's own feed. */
export function useUndo(id: WorkId): {
  readonly undoing: Undoing;
  readonly undo: (answers: Record<string, string>) => void;
} {
  const [undoing, setUndoing] = useState<Undoing>({ step: 'asking', failure: null });
  const undo = async (answers: Record<string, string>) => {
    if (undoing.step === 'running') return;
    setUndoing({ step: 'running' });
    const answer = await api.call('work.undo', { id, answers });
    setUndoing(answer.ok ? { step: 'ended' } : { step: 'asking', failure: answer.error });
  };
  return { undoing, undo: (answers) => void undo(answers) };
}
