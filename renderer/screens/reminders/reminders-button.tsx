import { Bell } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { keepFocus } from '../../components/keep-focus.ts';
import { Spinner } from '../../components/spinner.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { hrefOf, navigate } from '../frame/router.ts';
import { NoticeItem } from './notice-item.tsx';
import styles from './reminders.module.css';
import { type Reminders, useReminders } from './use-reminders.ts';

/** The bell: how many reminders are new, and the list of all, which is there whatever the desktop shows or loses. */
export function RemindersButton() {
  const [isOpen, setOpen] = useState(false);
  const reminders = useReminders(isOpen);
  const { unseen } = reminders;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Tooltip text="Reminders">
        <AriaButton
          aria-label={unseen === 0 ? 'Reminders' : `Reminders, ${unseen} new`}
          className={cx(styles.bell)}
        >
          <Bell aria-hidden className={styles.icon} />
          {unseen > 0 && (
            <span aria-hidden className={styles.unseen}>
              {unseen > 99 ? '99+' : unseen}
            </span>
          )}
        </AriaButton>
      </Tooltip>
      <Popover placement="right top" offset={8} className={cx(styles.popover)}>
        <Dialog className={cx(styles.dialog)}>
          <header className={styles.header}>
            <Heading slot="title" className={cx(styles.heading)}>
              Reminders
            </Heading>
            <a
              href={hrefOf({ place: 'settings' })}
              className={styles.settings}
              onClick={() => setOpen(false)}
            >
              Settings
            </a>
          </header>
          <List reminders={reminders} onLeave={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** So many are shown at first, and with each press more. */
const step = 30;

function List({ reminders, onLeave }: { readonly reminders: Reminders; readonly onLeave: () => void }) {
  const [most, setMost] = useState(step);
  const { list, fresh, failure } = reminders;
  if (failure !== null) return <FailureCallout failure={failure} />;
  if (list === null) return <Spinner label="Reading the reminders" />;
  if (list.length === 0)
    return (
      <p className={styles.empty}>
        None yet. A key is announced here 14 days and 3 days before it is due, on its day, and then once a
        week until it is rotated or snoozed.
      </p>
    );
  return (
    <ul ref={keepFocus} className={styles.list}>
      {list.slice(0, most).map((notice) => (
        <NoticeItem
          key={notice.id}
          notice={notice}
          isFresh={fresh.has(notice.id)}
          onLeave={onLeave}
          onOpenRotation={() => {
            onLeave();
            navigate({ place: 'rotation' });
          }}
          onRotate={({ id }) => {
            onLeave();
            openDialog({ kind: 'rotate', keyId: id });
          }}
        />
      ))}
      {list.length > most && (
        <li className={styles.more}>
          <Button variant="quiet" size="small" onPress={() => setMost(most + step)}>
            {`Show ${Math.min(step, list.length - most)} more`}
          </Button>
        </li>
      )}
    </ul>
  );
}
