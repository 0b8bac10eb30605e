import type { AskedAtCall, ProviderSummary } from '../../../shared/domain/provider.ts';

/** What a provider asks at an operation, such as a one-time code. */
export function asksAt(
  provider: Pick<ProviderSummary, 'askedAtCall'>,
  operation: AskedAtCall['at'][number],
): readonly AskedAtCall[] {
  return provider.askedAtCall.filter(({ at }) => at.includes(operation));
}
