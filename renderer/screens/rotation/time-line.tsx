import type { CSSProperties } from 'react';
import { dueSoonDays } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { cx } from '../../components/cx.ts';
import { dayOf, dueWords } from '../../text/dates.ts';
import styles from './time-line.module.css';
import { type Agenda, type DueKey, horizonDays, levels } from './timeline.ts';

export interface TimeLineProps {
  readonly agenda: Agenda;
  readonly now: number;
  readonly onOpenKey: (keyId: KeyId) => void;
}

const dayMs = 86_400_000;
const ticks = [0, 30, 60, 90] as const;
const mostLevels = 7;

/**
 * The next 90 days, one mark per key at its day. A picture for the pointer: the list beside it has the same
 * keys in the same order for keyboard and screen reader, so the marks are not tab stops.
 */
export function TimeLine({ agenda, now, onOpenKey }: TimeLineProps) {
  const items = [...agenda.overdue, ...agenda.dueSoon, ...agenda.later];
  const heights = levels(items, mostLevels);
  return (
    <div className={styles.line} aria-hidden>
      <div className={styles.field} style={{ '--levels': Math.max(1, ...heights) } as CSSProperties}>
        <div className={styles.soon} style={{ inlineSize: `${(dueSoonDays / horizonDays) * 100}%` }} />
        {items.map((item, index) => (
          <Mark
            key={item.key.id}
            item={item}
            level={heights[index] ?? 0}
            isOverdue={agenda.overdue.includes(item)}
            isSoon={agenda.dueSoon.includes(item)}
            now={now}
            onOpenKey={onOpenKey}
          />
        ))}
      </div>
      <div className={styles.axis}>
        {ticks.map((days) => (
          <span
            key={days}
            className={styles.tick}
            style={{ insetInlineStart: `${(days / horizonDays) * 100}%` }}
          >
            {days === 0 ? 'Today' : dayOf(now + days * dayMs)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface MarkProps {
  readonly item: DueKey;
  readonly level: number;
  readonly isOverdue: boolean;
  readonly isSoon: boolean;
  readonly now: number;
  readonly onOpenKey: (keyId: KeyId) => void;
}

function Mark({ item, level, isOverdue, isSoon, now, onOpenKey }: MarkProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${item.key.name}: ${dueWords(item.dueAt, now)}`}
      className={cx(styles.mark, isOverdue && styles.overdue, isSoon && styles.dueSoon)}
      style={{ insetInlineStart: `${item.share * 100}%`, '--level': level } as CSSProperties}
      onClick={() => onOpenKey(item.key.id)}
    />
  );
}
