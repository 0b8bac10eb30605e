import type { DefinitionParts } from '../definition.ts';
import type { Usage } from '../operation.ts';

/**
 * The request that shows how a key is used: the one that the definition gives for it, or else the one that checks a key,
 * unless that takes anything but the key; null where there is neither.
 */
export function usageOf({ usage, operations }: Pick<DefinitionParts, 'usage' | 'operations'>): Usage | null {
  if (usage !== undefined) return usage;
  const { check } = operations;
  return check === undefined || /credential\.|answer\./.test(JSON.stringify(check)) ? null : check;
}
