import type { SetAsideKind } from '../../shared/domain/vault.ts';

const kinds: readonly (readonly [RegExp, SetAsideKind])[] = [
  [/^keys-[0-9a-f]{2}\b/, 'keys'],
  [/^connections\b/, 'connections'],
  [/^definitions\b/, 'definitions'],
  [/\bjournal\.jsonl$/, 'journal'],
  [/^activity-\d+\.jsonl$/, 'activity'],
  [/^settings\.json$/, 'settings'],
  [/^vault\.json$/, 'vault'],
  [/^pending-restore$/, 'restore'],
];

/** What a file was, by the name that it had; null for a file that this app does not know. */
export function asideKind(was: string): SetAsideKind | null {
  return kinds.find(([pattern]) => pattern.test(was))?.[1] ?? null;
}
