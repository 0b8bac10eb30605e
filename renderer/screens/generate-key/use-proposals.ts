import { useEffect } from 'react';
import { type TargetDraft, withProposals } from './draft.ts';
import type { FileInspections } from './use-file-inspections.ts';

/**
 * Puts into the targets what their files propose, whenever a file has been looked at. What the user has decided stays. The
 * answers come from main in their own time, and what is sent must be what is shown: so they go into the draft itself.
 */
export function useProposals(
  targets: readonly TargetDraft[],
  inspections: FileInspections,
  onChange: (targets: readonly TargetDraft[]) => void,
): void {
  const proposed = targets.map((target) => {
    const inspection = inspections.of(target.file);
    return inspection?.state === 'seen' ? withProposals(target, inspection.file) : target;
  });
  // At every render, as two answers may arrive between two of them; what has been taken changes nothing a second time.
  useEffect(() => {
    if (proposed.some((target, at) => target !== targets[at])) onChange(proposed);
  });
}
