import { defaultRotationDays } from '../../../shared/domain/due.ts';
import type { RotationPolicy } from '../../../shared/domain/key.ts';
import { type Period, periodOf } from '../../../shared/domain/period.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import type { Live } from '../frame/live.ts';

/** What the settings say of periods. */
export type PeriodSettings = Pick<Settings, 'rotationDays' | 'providerPolicies'>;

/** What the settings say, or what they would say if nobody had set anything while they cannot be read. */
export function periodSettingsOf(settings: Live<Settings>): PeriodSettings {
  if (settings.state === 'ready') return settings.value;
  return { rotationDays: defaultRotationDays, providerPolicies: {} };
}

/** What applies to the keys of a connection that have no period of their own. */
export const periodOfConnection = (
  connection: { readonly policy: RotationPolicy; readonly providerId: string },
  settings: PeriodSettings,
): Period => usualPeriod(connection, connection.providerId, settings);

/** What applies to a key without a period of its own; for `connection` null, to a connection without one. */
export function usualPeriod(
  connection: { readonly policy: RotationPolicy } | null,
  providerId: string,
  { rotationDays, providerPolicies }: PeriodSettings,
): Period {
  return periodOf({
    key: {},
    connection: connection?.policy,
    provider: providerPolicies[providerId],
    defaultDays: rotationDays,
  });
}

/** The reason that was given for a key's period by whoever's word it is; empty where there is none. */
export function becauseOf(
  { periodFrom, policy, providerId }: Pick<KeyDetail, 'periodFrom' | 'policy' | 'providerId'>,
  connection: { readonly policy: RotationPolicy } | null,
  { providerPolicies }: PeriodSettings,
): string {
  switch (periodFrom) {
    case 'key':
      return policy.because ?? '';
    case 'connection':
      return connection?.policy.because ?? '';
    case 'provider':
      return providerPolicies[providerId]?.because ?? '';
    case 'default':
      return '';
  }
}
