import type { ActivityEntry } from '../../../shared/domain/activity.ts';
import { settledEntries } from '../../../shared/domain/settled-entries.ts';
import { cx } from '../../components/cx.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { activityWords } from '../../text/activity.ts';
import styles from './history.module.css';

/** What happened to the key, newest first. */
export function History({ entries }: { readonly entries: readonly ActivityEntry[] }) {
  const newest = settledEntries(entries.toSorted((a, b) => b.at - a.at));
  return (
    <ol className={styles.history}>
      {newest.map((entry) => {
        const { action, detail, tone } = activityWords(entry);
        return (
          <li key={`${entry.at} ${entry.event} ${entry.detail}`} className={cx(styles.entry, styles[tone])}>
            <span aria-hidden className={styles.dot} />
            <span className={styles.words}>
              {action}
              {detail !== '' && <span className={styles.detail}> {detail}</span>}
            </span>
            <span className={styles.at}>
              <RelativeTime at={entry.at} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
