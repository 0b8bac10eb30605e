import type { DueState } from '../../shared/domain/due.ts';
import { ringWords } from '../text/keys.ts';
import { cx } from './cx.ts';
import styles from './ring.module.css';

/** How a key stands: towards its due day, put off until a day, or `gone` once it was revoked or replaced. */
export type RingState = DueState | 'snoozed' | 'gone';

export interface RingProps {
  /** The share of its period that is used: 0 to 1, more when overdue; null when the key is never due. */
  readonly share: number | null;
  readonly state: RingState;
  /** Says what the ring shows, where more is known than the share. */
  readonly words?: string;
  /** Leaves the words out, where they stand beside it. */
  readonly isDecoration?: boolean;
}

/**
 * A key's age as a picture. Without colour: an arc that grows; a dot in the middle when due soon; a full ring
 * with an exclamation mark when overdue; two bars, as of a pause, when snoozed; dotted when never due; a dash when the
 * key is gone.
 */
export function Ring({ share, state, words: told, isDecoration }: RingProps) {
  const words = told ?? (state === 'snoozed' ? 'Snoozed' : ringWords(share, state));
  const used = state === 'overdue' ? 1 : Math.min(share ?? 0, 1);
  const name = isDecoration === true ? { 'aria-hidden': true } : { role: 'img', 'aria-label': words };
  return (
    <svg {...name} viewBox="0 0 16 16" className={cx(styles.ring, styles[state])}>
      <title>{words}</title>
      <circle cx="8" cy="8" r="6.25" className={styles.track} />
      {used > 0 && state !== 'gone' && (
        <circle
          cx="8"
          cy="8"
          r="6.25"
          pathLength="100"
          strokeDasharray={`${Math.max(used * 100, 2)} 100`}
          transform="rotate(-90 8 8)"
          className={styles.arc}
        />
      )}
      {state === 'due-soon' && <circle cx="8" cy="8" r="1.75" className={styles.mark} />}
      {state === 'overdue' && (
        <path
          d="M7.1 4.4h1.8l-.3 4.6H7.4zM8 9.9a.95.95 0 1 1 0 1.9.95.95 0 0 1 0-1.9z"
          className={styles.mark}
        />
      )}
      {state === 'snoozed' && <path d="M5.6 5.2h1.6v5.6H5.6zM8.8 5.2h1.6v5.6H8.8z" className={styles.mark} />}
      {state === 'gone' && <path d="M5.5 8h5" className={styles.strike} />}
    </svg>
  );
}
