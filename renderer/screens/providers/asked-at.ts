import type { AskedAtCall, ProviderSummary } from '../../../shared/domain/provider.ts';

/** What a provider asks at any of the operations, such as a one-time code. */
export function asksAt(
  provider: Pick<ProviderSummary, 'askedAtCall'>,
  ...operations: readonly AskedAtCall['at'][number][]
): readonly AskedAtCall[] {
  return provider.askedAtCall.filter(({ at }) => operations.some((operation) => at.includes(operation)));
}
