import type { RotationPolicy } from '../../../shared/domain/key.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';

/** A period that is set for some keys at once. */
export interface PolicyChange {
  readonly rows: readonly KeyRow[];
  readonly policy: RotationPolicy;
}

/** What each provider recommends, for its keys; keys of one that recommends no period are left out. */
export function asEachRecommends(
  rows: readonly KeyRow[],
  connections: readonly ConnectionView[],
): PolicyChange[] {
  const days = recommendedDays(connections);
  const byDays = Map.groupBy(rows, ({ providerId }) => days.get(providerId) ?? null);
  return [...byDays].flatMap(([everyDays, some]) =>
    everyDays === null ? [] : [{ rows: some, policy: { everyDays } }],
  );
}

/** How many of these keys would be rotated less often than their provider recommends. */
export function longerThanRecommended(
  rows: readonly KeyRow[],
  everyDaysOf: (row: KeyRow) => number | null,
  connections: readonly ConnectionView[],
): number {
  const days = recommendedDays(connections);
  return rows.filter((row) => {
    const recommended = days.get(row.providerId);
    return recommended !== undefined && (everyDaysOf(row) ?? Number.POSITIVE_INFINITY) > recommended;
  }).length;
}

/** The days of each provider that recommends any, by the provider's id. */
export function recommendedDays(connections: readonly ConnectionView[]): ReadonlyMap<string, number> {
  return new Map(
    connections.flatMap(({ providerId, provider }): [string, number][] =>
      provider.recommendedDays === null ? [] : [[providerId, provider.recommendedDays]],
    ),
  );
}
