import { useEffect } from 'react';
import { unseenOf } from '../../text/reminders.ts';
import { useNotices } from '../reminders/use-notices.ts';
import { useAppStatus } from './use-status.ts';

/** Says in the page's title how many reminders are new, where the app has no icon that could: in a browser. */
export function useTitle(): void {
  const notices = useNotices();
  const app = useAppStatus();
  const isBrowser = app.state === 'ready' && app.value.host === 'browser';
  const unseen = notices.state === 'ready' && isBrowser ? unseenOf(notices.value) : 0;
  useEffect(() => {
    document.title = unseen === 0 ? 'Keyturn' : `(${unseen}) Keyturn`;
    return () => {
      document.title = 'Keyturn';
    };
  }, [unseen]);
}
