import type { Period } from '../../../shared/domain/period.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { rotationAdvice } from '../../text/period.ts';
import { daysOf, type PeriodDraft } from './period-draft.ts';

/** What a provider recommends. */
export interface Recommended {
  readonly provider: string;
  readonly days: number;
  /** The same in a sentence. */
  readonly words: string;
}

/** After how many days a provider recommends to rotate; null where it names no number. */
export function recommendedBy(
  provider: Pick<ProviderSummary, 'name' | 'advice' | 'recommendedDays'>,
): Recommended | null {
  const { name, recommendedDays } = provider;
  if (recommendedDays === null) return null;
  return { provider: name, days: recommendedDays, words: rotationAdvice(provider) ?? '' };
}

/** Whether the choice is longer than what is recommended. A number that is still being typed is not compared. */
export function isLonger(draft: PeriodDraft, usual: Period | null, recommended: Recommended): boolean {
  if (draft.choice === 'usual' && usual === null) return false;
  const days = daysOf(draft, usual?.everyDays ?? null);
  return days === null || (days !== undefined && days > recommended.days);
}
