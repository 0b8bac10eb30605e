import type { CSSProperties } from 'react';
import { dueState, usedShare } from '../../../shared/domain/due.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { Ring } from '../../components/ring.tsx';
import { count, dayOf, dueWords } from '../../text/dates.ts';
import type { Spot } from './line-layout.ts';
import { becauseWords, snoozeWordsOf } from './mark-words.ts';
import styles from './time-line.module.css';
import type { DueKey } from './timeline.ts';

export interface MarkCardProps {
  readonly spot: Spot;
  /** The one key of the spot that it is about, where it is about one. */
  readonly only: DueKey | undefined;
  readonly now: number;
  /** Where the spot is in what is in view, and whether the card stands to its left. */
  readonly at: { readonly x: number; readonly y: number; readonly isRight: boolean };
}

const most = 6;

/** What a mark stands for, beside it. A screen reader is told the same by the mark itself. */
export function MarkCard({ spot, only, now, at }: MarkCardProps) {
  const items = only === undefined ? spot.items : [only];
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return null;
  const together = spot.items.length - 1;
  return (
    <div
      aria-hidden
      className={cx(styles.card, at.isRight && styles.toLeft)}
      style={{ '--x': `${at.x}px`, '--y': `${at.y}px` } as CSSProperties}
    >
      {items.length > 1 && (
        <p className={styles.cardTitle}>
          {count(items.length, 'key')}, {sameDay(first, last)}
        </p>
      )}
      {items.slice(0, most).map((item) => (
        <One key={item.key.id} item={item} now={now} isAlone={items.length === 1} />
      ))}
      {items.length > most && <p className={styles.cardQuiet}>and {items.length - most} more, in the list</p>}
      {items.length === 1 && together > 0 && (
        <p className={styles.cardQuiet}>together with {count(together, 'other key')}</p>
      )}
    </div>
  );
}

function One({
  item: { key, dueAt },
  now,
  isAlone,
}: {
  readonly item: DueKey;
  readonly now: number;
  readonly isAlone: boolean;
}) {
  const because = becauseWords(key);
  const snoozed = snoozeWordsOf(key, now);
  return (
    <div className={styles.cardKey}>
      <Ring share={usedShare(key.issuedAt, dueAt, now)} state={dueState(dueAt, now)} isDecoration />
      <span className={styles.cardName}>{key.name}</span>
      {isAlone && <EnvironmentBadge environment={key.environment} />}
      <span className={styles.cardQuiet}>{isAlone ? key.provider : dueWords(dueAt, now)}</span>
      {isAlone && (
        <p className={styles.cardWords}>
          {dueWords(dueAt, now)}, {dayOf(dueAt)}
          {because !== null && `; ${because}`}
          {snoozed !== null && `; ${snoozed}`}
        </p>
      )}
    </div>
  );
}

const sameDay = (first: DueKey, last: DueKey): string =>
  dayOf(first.dueAt) === dayOf(last.dueAt)
    ? dayOf(first.dueAt)
    : `${dayOf(first.dueAt)} to ${dayOf(last.dueAt)}`;
