import { useEffect } from 'react';
import type { Problems, TargetDraft } from './draft.ts';

/** Looks at a target's file again when main knows of another key there: what is shown of the file is older than that. */
export function useFreshInspection(
  { id, file }: Pick<TargetDraft, 'id' | 'file'>,
  problems: Problems,
  again: (file: string) => void,
): void {
  const isHeld = Object.keys(problems).some((at) => at.startsWith(`target.${id}.held.`));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each such answer, whoever asks
  useEffect(() => {
    if (isHeld) again(file);
  }, [isHeld, file]);
}
