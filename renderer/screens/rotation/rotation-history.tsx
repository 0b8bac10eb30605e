import { cx } from '../../components/cx.ts';
import { dayOf } from '../../text/dates.ts';
import styles from './history.module.css';
import { isLate, type KeyHistory, type PastRotation } from './history.ts';
import { historyWords, rotationWords } from './history-words.ts';

export interface RotationHistoryProps {
  readonly history: KeyHistory;
  readonly now: number;
}

const mostShown = 40;

/**
 * How regular a key was rotated, as a picture and in words: a dot for each rotation on a line of time, a diamond for one
 * that was late, and before it the days by which it was late as a thicker line.
 */
export function RotationHistory({ history, now }: RotationHistoryProps) {
  const rotations = history.rotations.slice(-mostShown);
  const [first] = rotations;
  if (first === undefined) return <p className={styles.words}>{historyWords(rotations)}</p>;
  const isWhole = rotations.length === history.rotations.length;
  const from = isWhole ? history.since : first.at;
  const placeOf = (at: number) => ((at - from) / Math.max(1, now - from)) * 100;
  return (
    <figure className={styles.history}>
      <figcaption className={styles.words}>{historyWords(history.rotations)}</figcaption>
      <ol className={styles.track} aria-label="Past rotations">
        {rotations.map((rotation) => (
          <Dot key={rotation.at} rotation={rotation} placeOf={placeOf} />
        ))}
      </ol>
      <div aria-hidden className={styles.ends}>
        <span>{dayOf(from)}</span>
        <span>Today</span>
      </div>
    </figure>
  );
}

const dayMs = 86_400_000;

interface DotProps {
  readonly rotation: PastRotation;
  readonly placeOf: (at: number) => number;
}

function Dot({ rotation, placeOf }: DotProps) {
  const words = rotationWords(rotation);
  const place = placeOf(rotation.at);
  const due = placeOf(rotation.at - (rotation.lateDays ?? 0) * dayMs);
  return (
    <li title={words}>
      {isLate(rotation) && (
        <span
          aria-hidden
          className={styles.late}
          style={{ insetInlineStart: `${due}%`, inlineSize: `${place - due}%` }}
        />
      )}
      <span
        aria-hidden
        className={cx(styles.dot, isLate(rotation) && styles.lateDot)}
        style={{ insetInlineStart: `${place}%` }}
      />
      <span className="hidden-words">{words}</span>
    </li>
  );
}
