import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Environment, KeyStatus } from '../../../shared/domain/key.ts';
import type { Leak } from '../../../shared/ipc/search.contract.ts';

/** A key that was found where it should not be. */
export interface LeakedKey {
  readonly keyId: KeyId;
  readonly name: string;
  readonly environment: Environment;
  /** As it stands now, which is not as it stood when it was found once it has been replaced. */
  readonly status: KeyStatus;
  readonly leaks: readonly Leak[];
}

/** A line of the list: a key, or a place where it stands. */
export type LeakLine =
  | { readonly kind: 'key'; readonly key: string; readonly leaked: LeakedKey }
  | { readonly kind: 'leak'; readonly key: string; readonly leaked: LeakedKey; readonly leak: Leak };

/** What has become of a key since it was found: it can still be used, its end is under way, or nobody can use it. */
export function dangerOf({ status }: Pick<LeakedKey, 'status'>): 'alive' | 'ending' | 'over' {
  if (status === 'revoked') return 'over';
  return status === 'retiring' || status === 'rotating' ? 'ending' : 'alive';
}

const dangers = ['alive', 'ending', 'over'];

/** The leaks by key: those that can still be used before the rest, live before test. `statusOf` knows the keys as they are. */
export function leakedKeys(
  leaks: readonly Leak[],
  statusOf: (keyId: KeyId) => KeyStatus | undefined,
): readonly LeakedKey[] {
  const byKey = Map.groupBy(leaks, ({ keyId }) => keyId);
  const keys = [...byKey].flatMap(([keyId, own]): LeakedKey[] => {
    const first = own[0];
    if (first === undefined) return [];
    const { name, environment, status } = first;
    const sorted = own.toSorted((a, b) => Number(b.stillThere) - Number(a.stillThere));
    return [{ keyId, name, environment, status: statusOf(keyId) ?? status, leaks: sorted }];
  });
  return keys.toSorted((a, b) => rank(a).localeCompare(rank(b)));
}

const rank = (key: LeakedKey): string =>
  `${dangers.indexOf(dangerOf(key))} ${key.environment === 'live' ? 0 : 1} ${key.name}`;

/** Each key with the places where it stands. */
export function leakLines(keys: readonly LeakedKey[]): readonly LeakLine[] {
  return keys.flatMap((leaked): LeakLine[] => [
    { kind: 'key', key: leaked.keyId, leaked },
    ...leaked.leaks.map(
      (leak, index): LeakLine => ({ kind: 'leak', key: `${leaked.keyId}-${index}`, leaked, leak }),
    ),
  ]);
}
