import { daysUntil } from '../../shared/domain/due.ts';
import type { Risk } from '../../shared/ipc/keys.contract.ts';
import { count, dayOf, relativeTime } from './dates.ts';

type Kind = Risk['kind'];

/** What a kind of risk is called, why it matters, and the one next action of each of its keys. */
export interface RiskWords {
  readonly title: string;
  readonly why: string;
  readonly action: string;
}

/** In the order in which they matter. */
export const riskKinds: readonly Kind[] = ['live-overdue', 'live-never', 'shared', 'unused', 'no-expiry'];

export const riskWords: Readonly<Record<Kind, RiskWords>> = {
  'live-overdue': {
    title: 'Live keys past their day',
    why: 'The longer a key is in use, the more places it has been copied to.',
    action: 'Rotate',
  },
  'live-never': {
    title: 'Live keys that are never due',
    why: 'Nobody is reminded to replace them. Where the reason for that no longer holds, give them a period.',
    action: 'How often…',
  },
  unused: {
    title: 'Not used for 60 days',
    why: 'A key that nothing uses can only be misused. Revoke it, unless something needs it once a year.',
    action: 'Revoke…',
  },
  'no-expiry': {
    title: 'Never expire, though they could',
    why: 'The provider ends a key by itself where it has an expiry. One can only be set when a key is made.',
    action: 'Generate one that expires…',
  },
  shared: {
    title: 'In several projects',
    why: 'A key for each project can be replaced without the others, and tells which one leaked it.',
    action: 'Generate one for a project…',
  },
};

/** What makes this key worth a look, in a few words; `detail` is the rest, on hover. */
export function riskFact(risk: Risk, now: number): { readonly text: string; readonly detail: string } {
  switch (risk.kind) {
    case 'unused':
      return risk.at === null
        ? { text: 'Never used', detail: 'Its provider has not seen it since it was issued.' }
        : { text: `Last used ${relativeTime(risk.at, now)}`, detail: dayOf(risk.at) };
    case 'live-overdue':
      return risk.at === null
        ? { text: 'Overdue', detail: '' }
        : { text: `${count(-daysUntil(risk.at, now), 'day')} overdue`, detail: `Due ${dayOf(risk.at)}` };
    case 'live-never':
      return risk.at === null
        ? { text: 'Never due', detail: '' }
        : { text: `Never due, made ${relativeTime(risk.at, now)}`, detail: `Made ${dayOf(risk.at)}` };
    case 'no-expiry':
      return { text: 'No expiry', detail: 'It works until it is revoked.' };
    case 'shared':
      return {
        text: `Written into ${count(risk.folders.length, 'project')}`,
        detail: risk.folders.join('\n'),
      };
  }
}
