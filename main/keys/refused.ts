import type { CheckOutcome } from '../../shared/domain/provider.ts';

/** Whether the provider itself refused the key. One that bears the other environment's mark was not sent to it. */
export const isRefused = (found: CheckOutcome): boolean =>
  found.outcome === 'refused' && found.why !== 'wrong-environment';
