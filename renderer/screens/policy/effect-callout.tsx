import { dueSoonDays } from '../../../shared/domain/due.ts';
import { Callout } from '../../components/callout.tsx';
import { count } from '../../text/dates.ts';
import type { Effect } from './effect.ts';
import styles from './policy.module.css';

/** What a change of the period does, before it is done: a warning where keys come due by it. */
export function EffectCallout({ effect }: { readonly effect: Effect }) {
  const warning = warningOf(effect);
  return (
    <div role="status">
      {warning === null ? (
        <p className={styles.quiet}>{changeWords(effect)}</p>
      ) : (
        <Callout tone="attention" title={warning}>
          {changeWords(effect)} Nothing is rotated without you.
        </Callout>
      )}
    </div>
  );
}

function changeWords({ keys, changed }: Effect): string {
  if (keys === 0) return 'No key follows it yet.';
  if (changed === 0) return keys === 1 ? 'That is its period already.' : 'That is their period already.';
  const stay = keys - changed;
  const rest = stay === 0 ? '' : ` ${count(stay, 'key')} ${stay === 1 ? 'has' : 'have'} it already.`;
  return `The period of ${count(changed, 'key')} changes.${rest}`;
}

function warningOf({ dueAtOnce, dueSoon }: Effect): string | null {
  const soon = `within ${count(dueSoonDays, 'day')}`;
  if (dueAtOnce === 0 && dueSoon === 0) return null;
  if (dueAtOnce === 0) return `${count(dueSoon, 'key')} ${come(dueSoon)} due ${soon}`;
  const now = `${count(dueAtOnce, 'key')} ${dueAtOnce === 1 ? 'becomes' : 'become'} due at once`;
  return dueSoon === 0 ? now : `${now}, ${dueSoon} more ${soon}`;
}

const come = (keys: number): string => (keys === 1 ? 'comes' : 'come');
