import type { ReactNode } from 'react';
import { dueSoonDays } from '../../../shared/domain/due.ts';
import { Callout } from '../../components/callout.tsx';
import { count } from '../../text/dates.ts';
import type { Effect, Tally } from './effect.ts';
import styles from './policy.module.css';

export interface EffectCalloutProps {
  readonly effect: Effect;
  /** What can be done about it, where that does not stand elsewhere. */
  readonly action?: ReactNode;
}

/** What a change of the period does, before it is done: a warning where keys come due by it, or are reminded of no more. */
export function EffectCallout({ effect, action }: EffectCalloutProps) {
  const [warning, ...others] = warningsOf(effect);
  const more = others.map((each) => `${each}. `).join('');
  return (
    <div role="status">
      {warning === undefined && action === undefined ? (
        <p className={styles.quiet}>{changeWords(effect)}</p>
      ) : (
        <Callout
          tone={warning === undefined ? 'info' : 'attention'}
          title={warning ?? changeWords(effect)}
          action={action}
        >
          {warning !== undefined && `${more}${changeWords(effect)} Nothing is rotated without you.`}
        </Callout>
      )}
    </div>
  );
}

function changeWords({ keys, changed, otherReason }: Effect): string {
  if (keys === 0) return 'No key follows it yet.';
  if (changed === 0 && otherReason === 0)
    return keys === 1 ? 'That is its period already.' : 'That is their period already.';
  const stay = keys - changed - otherReason;
  return [
    changed > 0 && `The period of ${count(changed, 'key')} changes.`,
    otherReason > 0 &&
      `${count(otherReason, 'key')} ${otherReason === 1 ? 'has' : 'have'} it already, for another reason, which this one replaces.`,
    stay > 0 && `${count(stay, 'key')} ${stay === 1 ? 'has' : 'have'} it already.`,
  ]
    .filter((part) => part !== false)
    .join(' ');
}

/** What must not be missed, the gravest first. */
function warningsOf({ neverDue, overdueNever, overdueLater, dueAtOnce, dueSoon }: Effect): string[] {
  const rest = { keys: neverDue.keys - overdueNever.keys, live: neverDue.live - overdueNever.live };
  return [
    overdueNever.keys > 0 && `Nobody will be reminded of ${tallyWords(overdueNever, 'overdue ')} any more`,
    overdueLater.keys > 0 && `${tallyWords(overdueLater, 'overdue ')} will be due on a later day`,
    dueWarning(dueAtOnce, dueSoon),
    rest.keys > 0 && `${tallyWords(rest, '')} will never be due`,
  ].filter((warning) => warning !== false && warning !== null);
}

/** "2 overdue live keys", "3 overdue keys, 1 of them live,". */
function tallyWords({ keys, live }: Tally, how: string): string {
  const isAllLive = live === keys;
  const all = count(keys, `${how}${isAllLive ? 'live ' : ''}key`);
  return isAllLive || live === 0 ? all : `${all}, ${live.toLocaleString('en-GB')} of them live,`;
}

function dueWarning(dueAtOnce: number, dueSoon: number): string | null {
  const soon = `within ${count(dueSoonDays, 'day')}`;
  if (dueAtOnce === 0 && dueSoon === 0) return null;
  if (dueAtOnce === 0) return `${count(dueSoon, 'key')} ${dueSoon === 1 ? 'comes' : 'come'} due ${soon}`;
  const now = `${count(dueAtOnce, 'key')} ${dueAtOnce === 1 ? 'becomes' : 'become'} due at once`;
  return dueSoon === 0 ? now : `${now}, ${dueSoon.toLocaleString('en-GB')} more ${soon}`;
}
