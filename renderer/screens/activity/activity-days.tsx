import type { ActivityEntry } from '../../../shared/domain/activity.ts';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { activityWords } from '../../text/activity.ts';
import { clockOf, dayOf, exactTime } from '../../text/dates.ts';
import { hrefOf } from '../frame/router.ts';
import styles from './activity.module.css';

/** The entries, a section per day. */
export function ActivityDays({ entries }: { readonly entries: readonly ActivityEntry[] }) {
  return (
    <>
      {byDay(entries).map(({ day, entries: ofDay }) => (
        <Section key={day} title={day}>
          <ul className={styles.entries}>
            {ofDay.map(({ entry, id }) => (
              <Entry key={id} entry={entry} />
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

function Entry({ entry }: { readonly entry: ActivityEntry }) {
  const { action, subject, detail, tone } = activityWords(entry);
  return (
    <li className={styles.entry}>
      <time className={styles.time} dateTime={new Date(entry.at).toISOString()} title={exactTime(entry.at)}>
        {clockOf(entry.at)}
      </time>
      <span className={styles.action}>
        {tone === 'attention' ? <Badge tone="attention">{action}</Badge> : action}
      </span>
      <span className={styles.subject}>
        {entry.keyId === null ? (
          subject
        ) : (
          <a className={styles.link} href={hrefOf({ place: 'keys', keyId: entry.keyId })}>
            {subject}
          </a>
        )}
      </span>
      <span className={styles.detail} title={detail}>
        {detail}
      </span>
    </li>
  );
}

interface Day {
  readonly day: string;
  readonly entries: readonly { readonly entry: ActivityEntry; readonly id: string }[];
}

/** Groups entries that are in order by the day on which they happened, in the user's time zone. */
export function byDay(entries: readonly ActivityEntry[]): readonly Day[] {
  const days = new Map<string, { entry: ActivityEntry; id: string }[]>();
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const same = `${entry.at} ${entry.event} ${entry.keyId ?? entry.connectionId ?? ''}`;
    const nth = seen.get(same) ?? 0;
    seen.set(same, nth + 1);
    const known = days.get(day) ?? [];
    known.push({ entry, id: `${same} ${nth}` });
    days.set(day, known);
  }
  return [...days].map(([day, ofDay]) => ({ day, entries: ofDay }));
}
