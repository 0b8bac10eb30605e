import { Notification } from 'electron';
import type { NoticeWay } from '../../../shared/ipc/reminders.contract.ts';
import type { DesktopNotice } from '../desktop.ts';
import { findNoticeService } from '../notice-service.ts';

/** The notices of the system that Electron runs on. */
export interface ElectronNotices {
  readonly notify: (notice: DesktopNotice, answered: (action: string) => void) => void;
  readonly way: () => Promise<NoticeWay>;
}

/** More than a person has before them. */
const mostHeld = 50;

/** Shows notices by Electron; a click on one brings the window to the front. */
export function createElectronNotices(showWindow: () => void): ElectronNotices {
  /** A notice that nothing refers to is collected, and its events with it. Windows and Linux keep showing it. */
  const held = new Set<Notification>();
  /** Why the last notice was not shown; null: it was, or none was asked for. */
  let lastFault: string | null = null;

  function hold(notification: Notification): void {
    held.add(notification);
    const [oldest] = held;
    if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
  }

  function show(notice: DesktopNotice, answered: (action: string) => void): void {
    const notification = new Notification({
      title: notice.title,
      body: notice.body,
      actions: notice.actions.map(({ label }) => ({ type: 'button', text: label })),
    });
    function end(action: string): void {
      held.delete(notification);
      answered(action);
    }
    notification.on('show', () => {
      lastFault = null;
    });
    notification.on('click', () => {
      showWindow();
      end('open');
    });
    notification.on('action', ({ actionIndex }) => {
      const action = notice.actions[actionIndex];
      if (action === undefined) return;
      if (action.inBackground !== true) showWindow();
      end(action.id);
    });
    notification.on('failed', (_, error) => {
      lastFault = error;
      held.delete(notification);
    });
    notification.on('close', ({ reason }) => {
      // What timed out or was put aside waits in the system's own list, where it can still be answered.
      if (reason === 'userCanceled') held.delete(notification);
    });
    hold(notification);
    notification.show();
  }

  return {
    notify(notice, answered) {
      if (!Notification.isSupported()) return;
      try {
        show(notice, answered);
      } catch (cause) {
        // The list in the app has what the notice says.
        lastFault = cause instanceof Error ? cause.message : String(cause);
      }
    },
    async way() {
      if (!Notification.isSupported()) return { way: 'none', detail: 'This system shows no notices' };
      if (lastFault !== null) return { way: 'none', detail: `The last notice was not shown: ${lastFault}` };
      if (process.platform !== 'linux') return { way: 'desktop', detail: '' };
      const service = await findNoticeService(process.env);
      return service.there ? { way: 'desktop', detail: service.name } : { way: 'none', detail: service.why };
    },
  };
}
