import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { rotationAdvice } from '../../text/period.ts';
import { PeriodField, type PeriodFieldProps, type Recommended } from './period-field.tsx';
import { type PeriodSettings, usualPeriod } from './usual.ts';

export interface NewKeyPeriodProps extends Pick<PeriodFieldProps, 'value' | 'onChange' | 'problems'> {
  readonly provider: Pick<ProviderSummary, 'id' | 'name' | 'advice' | 'recommendedDays'>;
  /** null: the connection is made along with the key. */
  readonly connection: Pick<ConnectionView, 'name' | 'policy'> | null;
  readonly settings: PeriodSettings;
}

/** How often a key that is about to be kept is rotated. */
export function NewKeyPeriod({ provider, connection, settings, ...field }: NewKeyPeriodProps) {
  return (
    <PeriodField
      {...field}
      usual={{
        period: usualPeriod(connection, provider.id, settings),
        whose: { provider: provider.name, connection: connection?.name ?? '' },
      }}
      recommended={recommendedBy(provider)}
    />
  );
}

/** After how many days a provider recommends to rotate; null where it names no number. */
export function recommendedBy(
  provider: Pick<ProviderSummary, 'name' | 'advice' | 'recommendedDays'>,
): Recommended | null {
  const { name, recommendedDays } = provider;
  if (recommendedDays === null) return null;
  return { provider: name, days: recommendedDays, words: rotationAdvice(provider) ?? '' };
}
