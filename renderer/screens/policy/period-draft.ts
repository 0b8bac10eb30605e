import { mostRotationDays } from '../../../shared/domain/due.ts';
import type { RotationPolicy } from '../../../shared/domain/key.ts';

/** How often to rotate, as chosen and typed so far. */
export type PeriodDraft =
  | { readonly choice: 'usual' }
  | { readonly choice: 'days'; readonly days: number }
  | { readonly choice: 'own'; readonly days: string }
  | { readonly choice: 'never'; readonly because: string };

/** No period of its own: what the connection, the provider or the settings say applies. */
export const asUsual: PeriodDraft = { choice: 'usual' };

/** A policy as the form shows it. */
export function periodDraftOf({ everyDays, because = '' }: RotationPolicy): PeriodDraft {
  if (everyDays === undefined) return asUsual;
  return everyDays === null ? { choice: 'never', because } : { choice: 'days', days: everyDays };
}

/** The policy that was chosen. Call only with a draft without problems. */
export function policyOf(draft: PeriodDraft): RotationPolicy {
  switch (draft.choice) {
    case 'usual':
      return {};
    case 'days':
      return { everyDays: draft.days };
    case 'own':
      return { everyDays: Number(draft.days) };
    case 'never':
      return { everyDays: null, because: draft.because.trim() };
  }
}

/** What is wrong, by the field it belongs to: `period.days`, `period.because`. Empty when nothing is. */
export function periodProblems(draft: PeriodDraft): Readonly<Record<string, string>> {
  if (draft.choice === 'own') {
    const days = Number(draft.days);
    const isFine = Number.isInteger(days) && days >= 1 && days <= mostRotationDays;
    const most = mostRotationDays.toLocaleString('en-GB');
    return isFine ? {} : { 'period.days': `Type a whole number of days, from 1 to ${most}.` };
  }
  if (draft.choice === 'never' && draft.because.trim() === '')
    return { 'period.because': 'Say why, for whoever wonders later.' };
  return {};
}

/** The period in days that the draft comes to, null for never; undefined while no sensible number is typed. */
export function daysOf(draft: PeriodDraft, usualDays: number | null): number | null | undefined {
  if (Object.keys(periodProblems(draft)).length > 0 && draft.choice === 'own') return undefined;
  const { everyDays } = policyOf(draft);
  return everyDays === undefined ? usualDays : everyDays;
}
