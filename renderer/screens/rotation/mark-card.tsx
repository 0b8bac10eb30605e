import type { CSSProperties, KeyboardEvent } from 'react';
import { usedShare } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { Ring } from '../../components/ring.tsx';
import { count, dayOf, dueWords } from '../../text/dates.ts';
import type { Spot } from './line-layout.ts';
import { becauseWords, snoozeWordsOf } from './mark-words.ts';
import styles from './time-line.module.css';
import { type DueKey, standingOf } from './timeline.ts';

export interface MarkCardProps {
  readonly spot: Spot;
  /** The one key of the spot that it is about, where it is about one. */
  readonly only: DueKey | undefined;
  readonly now: number;
  /** Where the spot is in what is in view, and whether the card stands to its left. */
  readonly at: { readonly x: number; readonly y: number; readonly isRight: boolean };
  /** What can be done about its keys, where the card stays: after a click. */
  readonly actions?: CardActions;
}

interface CardActions {
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onRotate: (keyId: KeyId) => void;
  readonly onClose: () => void;
}

const most = 6;

/** What a mark stands for, beside it. Without buttons it is for the eye: the mark itself tells a screen reader the same. */
export function MarkCard({ spot, only, now, at, actions }: MarkCardProps) {
  const items = only === undefined ? spot.items : [only];
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return null;
  const together = spot.items.length - 1;
  return (
    <div
      {...(actions === undefined
        ? { 'aria-hidden': true }
        : {
            role: 'group',
            'aria-label': items.length === 1 ? first.key.name : count(items.length, 'key'),
            onKeyDown: ({ key }: KeyboardEvent) => {
              if (key === 'Escape') actions.onClose();
            },
          })}
      className={cx(styles.card, at.isRight && styles.toLeft, actions !== undefined && styles.pinned)}
      style={{ '--x': `${at.x}px`, '--y': `${at.y}px` } as CSSProperties}
    >
      {items.length > 1 && (
        <p className={styles.cardTitle}>
          {count(items.length, 'key')}, {sameDay(first, last)}
        </p>
      )}
      {items.slice(0, most).map((item) => (
        <One key={item.key.id} item={item} now={now} isAlone={items.length === 1} actions={actions} />
      ))}
      {items.length > most && <p className={styles.cardQuiet}>and {items.length - most} more, in the list</p>}
      {items.length === 1 && together > 0 && (
        <p className={styles.cardQuiet}>together with {count(together, 'other key')}</p>
      )}
    </div>
  );
}

interface OneProps extends Pick<MarkCardProps, 'now'> {
  readonly item: DueKey;
  readonly isAlone: boolean;
  readonly actions: CardActions | undefined;
}

function One({ item, now, isAlone, actions }: OneProps) {
  const { key, dueAt } = item;
  const because = becauseWords(key);
  const snoozed = snoozeWordsOf(key, now);
  return (
    <div className={styles.cardKey}>
      <Ring share={usedShare(key.issuedAt, dueAt, now)} state={standingOf(item, now)} isDecoration />
      <span className={styles.cardName}>{key.name}</span>
      {(isAlone || actions !== undefined) && <EnvironmentBadge environment={key.environment} />}
      {/* Beside its buttons there is no room for it: the card's title has the days. */}
      {(isAlone || actions === undefined) && (
        <span className={styles.cardQuiet}>{isAlone ? key.provider : dueWords(dueAt, now)}</span>
      )}
      {isAlone && (
        <p className={styles.cardWords}>
          {dueWords(dueAt, now)}, {dayOf(dueAt)}
          {because !== null && `; ${because}`}
          {snoozed !== null && `; ${snoozed}`}
        </p>
      )}
      {actions !== undefined && (
        <span className={styles.cardActions}>
          <Button
            size="small"
            variant="quiet"
            aria-label={`Open ${key.name}`}
            onPress={() => actions.onOpenKey(key.id)}
          >
            Open
          </Button>
          <Button size="small" aria-label={`Rotate ${key.name}`} onPress={() => actions.onRotate(key.id)}>
            Rotate
          </Button>
        </span>
      )}
    </div>
  );
}

const sameDay = (first: DueKey, last: DueKey): string =>
  dayOf(first.dueAt) === dayOf(last.dueAt)
    ? dayOf(first.dueAt)
    : `${dayOf(first.dueAt)} to ${dayOf(last.dueAt)}`;
