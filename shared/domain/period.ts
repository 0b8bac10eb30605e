import type { RotationPolicy } from './key.ts';

/** Whose word on the period counts: the key's own, its connection's, its provider's, or the app's. */
export type PeriodFrom = 'key' | 'connection' | 'provider' | 'default';

/** After how many days a key is to be rotated; null: never, with the reason that the user gave. */
export interface Period {
  readonly everyDays: number | null;
  readonly from: PeriodFrom;
  readonly because: string;
}

/** The policies that bear on a key, the closest first. `everyDays` left out: this one says nothing. */
export interface Policies {
  readonly key: RotationPolicy;
  readonly connection: RotationPolicy | undefined;
  readonly provider: RotationPolicy | undefined;
  readonly defaultDays: number;
}

/** The period that applies: the closest policy that says anything. */
export function periodOf({ key, connection, provider, defaultDays }: Policies): Period {
  return (
    periodBy('key', key) ??
    periodBy('connection', connection) ??
    periodBy('provider', provider) ?? { everyDays: defaultDays, from: 'default', because: '' }
  );
}

function periodBy(from: PeriodFrom, policy: RotationPolicy | undefined): Period | null {
  if (policy?.everyDays === undefined) return null;
  return { everyDays: policy.everyDays, from, because: policy.because ?? '' };
}
