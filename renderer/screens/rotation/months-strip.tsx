import styles from './history.module.css';
import type { MonthOfRotations } from './history.ts';
import { monthsWords } from './history-words.ts';

const short = new Intl.DateTimeFormat('en-GB', { month: 'short' });
const long = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });

/** The rotations of the last months: a bar for each, with those that were late as its hatched top. */
export function MonthsStrip({ months }: { readonly months: readonly MonthOfRotations[] }) {
  const most = Math.max(1, ...months.map(({ rotations }) => rotations));
  const share = (number: number) => `${(number / most) * 100}%`;
  return (
    <figure className={styles.history}>
      <figcaption className={styles.words}>{monthsWords(months)}</figcaption>
      <ol className={styles.months} aria-label="Rotations by month">
        {months.map(({ at, rotations, late }) => {
          const words = `${long.format(at)}: ${rotations} rotated${late > 0 ? `, ${late} late` : ''}`;
          return (
            <li key={at} className={styles.month} title={words}>
              <span className="hidden-words">{words}</span>
              <span aria-hidden className={styles.bar}>
                {rotations > 0 && <span className={styles.number}>{rotations}</span>}
                {late > 0 && <span className={styles.hatched} style={{ blockSize: share(late) }} />}
                <span className={styles.onTime} style={{ blockSize: share(rotations - late) }} />
              </span>
              <span aria-hidden className={styles.monthName}>
                {short.format(at)}
              </span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
