import { Activity, KeyRound, type LucideIcon, Plug, RotateCw, Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { cx } from '../../components/cx.ts';
import { Kbd } from '../../components/kbd.tsx';
import { count } from '../../text/dates.ts';
import type { Counts } from './counts.ts';
import { hrefOf, type Place, type Route } from './router.ts';
import styles from './sidebar.module.css';

interface Entry {
  readonly place: Place;
  readonly label: string;
  readonly icon: LucideIcon;
  /** What the count beside it counts. */
  readonly counted?: (number: number) => string;
}

const entries: readonly Entry[] = [
  { place: 'keys', label: 'Keys', icon: KeyRound, counted: (n) => `${count(n, 'key')} waiting for you` },
  { place: 'rotation', label: 'Rotation', icon: RotateCw, counted: (n) => `${count(n, 'key')} overdue` },
  {
    place: 'providers',
    label: 'Providers',
    icon: Plug,
    counted: (n) => `${count(n, 'connection')} not working`,
  },
  { place: 'activity', label: 'Activity', icon: Activity },
  { place: 'settings', label: 'Settings', icon: Settings },
];

export interface SidebarProps {
  readonly place: Place;
  readonly counts: Counts;
  readonly onSearch: () => void;
  /** The bell. */
  readonly reminders: ReactNode;
  /** The status line. */
  readonly children: ReactNode;
}

/** The five places, and at the foot how things stand. */
export function Sidebar({ place, counts, onSearch, reminders, children }: SidebarProps) {
  return (
    <aside aria-label="Sidebar" className={styles.sidebar}>
      <div className={styles.brand}>
        <Mark />
        <span>Keyturn</span>
        {reminders}
      </div>
      <Button className={cx(styles.search)} onPress={onSearch}>
        <Search aria-hidden className={styles.icon} />
        <span className={styles.label}>Find anything</span>
        <Kbd keys="Mod+K" />
      </Button>
      <nav aria-label="Places" className={styles.places}>
        {entries.map(({ place: target, label, icon: Icon, counted }) => {
          const number = target in counts ? counts[target as keyof Counts] : 0;
          const route: Route = target === 'keys' ? { place: 'keys', keyId: null } : { place: target };
          return (
            <a
              key={target}
              href={hrefOf(route)}
              className={styles.place}
              {...(target === place ? { 'aria-current': 'page' } : {})}
            >
              <Icon aria-hidden className={styles.icon} />
              <span className={styles.label}>{label}</span>
              {number > 0 && (
                <span className={styles.count} title={counted?.(number)}>
                  <span aria-hidden>{number.toLocaleString('en-GB')}</span>
                  <span className="hidden-words">{counted?.(number)}</span>
                </span>
              )}
            </a>
          );
        })}
      </nav>
      <div className={styles.foot}>{children}</div>
    </aside>
  );
}

/** The app's mark: the ring, three quarters turned. */
function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className={styles.mark}>
      <circle cx="8" cy="8" r="6.25" className={styles.track} />
      <circle cx="8" cy="8" r="6.25" pathLength="100" strokeDasharray="72 100" className={styles.arc} />
      <circle cx="8" cy="8" r="1.75" className={styles.dot} />
    </svg>
  );
}
