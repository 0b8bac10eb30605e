import {
  CalendarX,
  ClipboardCheck,
  ClipboardX,
  Hand,
  Lock,
  LockOpen,
  type LucideIcon,
  RotateCw,
  TriangleAlert,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import type { VaultStatus } from '../../../shared/domain/vault.ts';
import type { AppStatus } from '../../../shared/ipc/app.contract.ts';
import { cx } from '../../components/cx.ts';
import { clockOf, count, exactTime } from '../../text/dates.ts';
import { vaultLine } from '../../text/vault.ts';
import { useCalendarFailed } from '../settings/use-calendar-file.ts';
import type { WorkCounts } from './counts.ts';
import { hrefOf } from './router.ts';
import styles from './status-line.module.css';

export interface StatusLineProps {
  readonly vault: VaultStatus;
  /** null: not known. */
  readonly clipboard: AppStatus['clipboard'] | null;
  readonly work: WorkCounts;
}

/** The truth about the vault, the clipboard and the work, at all times. */
export function StatusLine({ vault, clipboard, work }: StatusLineProps) {
  const place = vaultLine(vault);
  return (
    <section aria-label="Status" className={styles.status}>
      {work.stopped > 0 && (
        <Line
          icon={TriangleAlert}
          tone="bad"
          text={`${count(work.stopped, 'piece')} of work stopped`}
          leadsTo="rotation"
        />
      )}
      {work.yours > 0 && (
        <Line
          icon={Hand}
          tone="busy"
          text={`${count(work.yours, 'piece')} of work ${work.yours === 1 ? 'waits' : 'wait'} for you`}
          leadsTo="rotation"
        />
      )}
      {work.batch !== null && (
        <Line
          icon={RotateCw}
          tone="busy"
          text={`Rotating many keys: ${work.batch.over} of ${work.batch.total}`}
          leadsTo="rotation"
        />
      )}
      {work.running > 0 && (
        <Line
          icon={RotateCw}
          tone="busy"
          text={`${count(work.running, 'piece')} of work running`}
          leadsTo="rotation"
        />
      )}
      <CalendarLine />
      {clipboard !== null && <ClipboardLine clipboard={clipboard} />}
      <Line icon={place.isWell ? LockOpen : Lock} tone={place.isWell ? 'well' : 'bad'} text={place.text} />
    </section>
  );
}

/** The calendar file that is kept could not be written, and a calendar shows what was before. */
function CalendarLine() {
  if (!useCalendarFailed()) return null;
  return <Line icon={CalendarX} tone="bad" text="Calendar file not written" leadsTo="settings" />;
}

function ClipboardLine({ clipboard }: { readonly clipboard: AppStatus['clipboard'] }) {
  switch (clipboard.state) {
    case 'idle':
      return null;
    case 'held':
      return <Held clearsAt={clipboard.clearsAt} />;
    case 'cleared':
      return <Line icon={ClipboardCheck} tone="well" text="Clipboard cleared" />;
    case 'kept':
      return <Line icon={ClipboardX} tone="bad" text="Clipboard not cleared: a key is still on it" />;
  }
}

function Held({ clearsAt }: { readonly clearsAt: number | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (clearsAt === null) return <Line icon={ClipboardX} tone="busy" text="A key is on the clipboard" />;
  const seconds = Math.max(0, Math.ceil((clearsAt - now) / 1_000));
  return (
    <Line
      icon={ClipboardX}
      tone="busy"
      text={seconds === 0 ? 'Clearing the clipboard' : `Clipboard clears in ${count(seconds, 'second')}`}
      title={`A key is on the clipboard until ${clockOf(clearsAt)} (${exactTime(clearsAt)})`}
    />
  );
}

interface LineProps {
  readonly icon: LucideIcon;
  readonly tone: 'well' | 'busy' | 'bad';
  readonly text: string;
  readonly title?: string;
  /** Leads to the place that has more about it. */
  readonly leadsTo?: 'rotation' | 'settings';
}

function Line({ icon: Icon, tone, text, title = text, leadsTo }: LineProps) {
  return (
    <p className={cx(styles.line, styles[tone])} title={title}>
      <Icon aria-hidden className={styles.icon} />
      {leadsTo !== undefined ? (
        <a href={hrefOf({ place: leadsTo })} className={styles.text}>
          {text}
        </a>
      ) : (
        <span className={styles.text}>{text}</span>
      )}
    </p>
  );
}
