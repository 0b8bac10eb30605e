import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { recommendationWords } from '../../text/period.ts';
import { PeriodField, type PeriodFieldProps } from './period-field.tsx';
import { type PeriodSettings, usualPeriod } from './usual.ts';

export interface NewKeyPeriodProps extends Pick<PeriodFieldProps, 'value' | 'onChange' | 'problems'> {
  readonly provider: Pick<ProviderSummary, 'id' | 'name' | 'recommendedDays'>;
  /** null: the connection is made along with the key. */
  readonly connection: Pick<ConnectionView, 'name' | 'policy'> | null;
  readonly settings: PeriodSettings;
}

/** How often a key that is about to be kept is rotated. What its provider advises stands elsewhere in the form. */
export function NewKeyPeriod({ provider, connection, settings, ...field }: NewKeyPeriodProps) {
  const { name, recommendedDays: days } = provider;
  return (
    <PeriodField
      {...field}
      usual={{
        period: usualPeriod(connection, provider.id, settings),
        whose: { provider: provider.name, connection: connection?.name ?? '' },
      }}
      recommended={days === null ? null : { provider: name, days, words: recommendationWords(name, days) }}
    />
  );
}
