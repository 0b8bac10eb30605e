import { defaultRotationDays } from '../../shared/domain/due.ts';
import type { RotationPolicy } from '../../shared/domain/key.ts';
import type { Period, PeriodFrom } from '../../shared/domain/period.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { KeyRow } from '../../shared/ipc/keys.contract.ts';
import { count } from './dates.ts';
import { policyWords } from './keys.ts';

/** The periods that are offered by themselves, in days; any other can be typed. */
export const presetDays: readonly number[] = [30, 60, defaultRotationDays, 180, 365];

/** What a key belongs to, by name. */
export interface Whose {
  readonly provider: string;
  readonly connection: string;
}

/** Whose word a period is: "set in Settings", "set for every key of Stripe". */
export function whoseWord(from: PeriodFrom, { provider, connection }: Whose): string {
  switch (from) {
    case 'key':
      return 'set for this key';
    case 'connection':
      return `set for the connection ${connection}`;
    case 'provider':
      return `set for every key of ${provider}`;
    case 'default':
      return 'set in Settings';
  }
}

/** A period and whose word it is: "Every 90 days, as set in Settings". A reason is given in the user's own words. */
export function periodSentence({ everyDays, from, because }: Period, whose: Whose): string {
  const reason = because === '' ? '' : `: “${because}”`;
  return `${policyWords(everyDays)}, as ${whoseWord(from, whose)}${reason}`;
}

/** Why a key is due when it is; null where it is never due. */
export function dueReasonWords({
  dueBecause,
  everyDays,
}: Pick<KeyRow, 'dueBecause' | 'everyDays'>): string | null {
  switch (dueBecause) {
    case null:
      return null;
    case 'period':
      return `${count(everyDays ?? 0, 'day')} after it was made`;
    case 'expiry':
      return 'the last day before it expires at its provider';
    case 'plan':
      return 'as planned';
  }
}

/** What a provider says of rotating, in its own words where it has some; null where it says nothing. */
export function rotationAdvice({
  name,
  advice,
  recommendedDays,
}: Pick<ProviderSummary, 'name' | 'advice' | 'recommendedDays'>): string | null {
  const own = advice.find(speaksOfRotating);
  if (own !== undefined) return `${name} recommends: “${own}”`;
  return recommendedDays === null ? null : recommendationWords(name, recommendedDays);
}

/** How often a provider recommends to rotate, in short. */
export const recommendationWords = (provider: string, days: number): string =>
  `${provider} recommends ${everyWords(days)}.`;

/** What is said of a period that is longer than its provider recommends; null is never. */
export const longerWords = (provider: string, everyDays: number | null): string =>
  everyDays === null
    ? `Never is longer than ${provider} recommends`
    : `${count(everyDays, 'day')} ${everyDays === 1 ? 'is' : 'are'} longer than ${provider} recommends`;

/** All that a provider advises; how often to rotate is added where no sentence of its own speaks of it. */
export function adviceOf(provider: Pick<ProviderSummary, 'name' | 'advice' | 'recommendedDays'>): string[] {
  const { advice, recommendedDays } = provider;
  const isSaid = recommendedDays === null || advice.some(speaksOfRotating);
  return isSaid ? [...advice] : [...advice, `Rotate keys ${everyWords(recommendedDays)}.`];
}

const speaksOfRotating = (sentence: string): boolean => /\brotat/i.test(sentence);

/** The same as `policyWords` within a sentence: "every 90 days". */
export const everyWords = (everyDays: number | null): string => policyWords(everyDays).toLowerCase();

/** What was set, as a notice says it: "Every 30 days for 12 keys." */
export function setWords(policy: RotationPolicy, whom: string): string {
  return policy.everyDays === undefined
    ? `As usual again for ${whom}.`
    : `${policyWords(policy.everyDays)} for ${whom}.`;
}
