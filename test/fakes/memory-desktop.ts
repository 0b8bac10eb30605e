import type { Desktop, DesktopNotice, FileChoice } from '../../main/desktop/desktop.ts';
import { safeExternalUrl } from '../../main/desktop/safe-url.ts';
import { failure } from '../../shared/domain/failure.ts';
import type { LoginStart, NoticeWay } from '../../shared/ipc/reminders.contract.ts';
import { fail, ok } from '../../shared/result.ts';

/** A notice that was shown, and the user's hand on it. */
export interface ShownNotice extends DesktopNotice {
  /** The user chooses one of its actions, or `open`. Throws where the notice offers no such action. */
  answer(action: string): void;
}

/** A desktop in memory: its clipboard is there to look at, and the user's doings are told to it. */
export interface MemoryDesktop extends Desktop {
  /** What is on the clipboard now; null when it is empty. */
  readonly board: { text: string | null };
  /** Every clearing that was asked for: the values that it was told are ours. */
  readonly clearings: (readonly string[])[];
  /** Every notice that was handed over to be shown, the oldest first. */
  readonly notices: ShownNotice[];
  /** What was shown at the app's icon, one after the other. */
  readonly badges: number[];
  /** The pages that were opened in the user's browser. */
  readonly opened: string[];
  readonly behaviour: {
    /** Where a copy goes: on the clipboard, to the page, or nowhere. */
    writes: 'main' | 'page' | 'fails';
    clears: boolean;
    choice: FileChoice;
    folderChoice: FileChoice;
    /** Who opens pages in the user's browser. */
    opens: 'main' | 'page';
    /** The next write is done when the promise is fulfilled. */
    writeDelay: Promise<void> | null;
    noticeWay: NoticeWay;
    /** The machine's zone at this moment. */
    zone: string;
    login: LoginStart;
    /** Why the start at login cannot be set; null: it can. */
    loginFault: string | null;
  };
  /** The user locks the session, or the machine goes to sleep. */
  goAway(): void;
  /** The machine wakes. */
  wake(): void;
}

/** A desktop whose clipboard main can write. */
export function createMemoryDesktop(): MemoryDesktop {
  const board: { text: string | null } = { text: null };
  const clearings: string[][] = [];
  const notices: ShownNotice[] = [];
  const badges: number[] = [];
  const opened: string[] = [];
  const awayListeners: (() => void)[] = [];
  const wakeListeners: (() => void)[] = [];
  const behaviour: MemoryDesktop['behaviour'] = {
    writes: 'main',
    clears: true,
    choice: { outcome: 'unavailable' },
    folderChoice: { outcome: 'unavailable' },
    opens: 'main',
    writeDelay: null,
    noticeWay: { way: 'desktop', detail: '' },
    zone: 'Europe/Berlin',
    login: { state: 'off', detail: '' },
    loginFault: null,
  };
  return {
    host: 'browser',
    board,
    clearings,
    notices,
    badges,
    opened,
    behaviour,
    clipboard: {
      async write(value) {
        const delay = behaviour.writeDelay;
        behaviour.writeDelay = null;
        await delay;
        if (behaviour.writes === 'fails') return fail(failure('clipboard-failed', { reason: 'no display' }));
        if (behaviour.writes === 'page') return ok({ by: 'page' });
        board.text = value.reveal();
        return ok({ by: 'main', concealed: true });
      },
      async clear(values) {
        const ours = values.map((value) => value.reveal());
        clearings.push(ours);
        const holdsOurs = board.text !== null && ours.includes(board.text);
        if (holdsOurs && behaviour.clears) board.text = null;
        return !holdsOurs || behaviour.clears;
      },
    },
    chooseFile: async () => behaviour.choice,
    chooseFolder: async () => behaviour.folderChoice,
    notify: (notice, answered) => void notices.push(shownNotice(notice, answered)),
    noticeWay: async () => behaviour.noticeWay,
    setBadge: (count) => void badges.push(count),
    loginStart: {
      get: async () => behaviour.login,
      async set(on) {
        const reason = behaviour.loginFault;
        if (reason !== null) return fail(failure('storage-failed', { file: 'autostart', reason }));
        const { state } = behaviour.login;
        if (state === 'on' || state === 'off') behaviour.login = { state: on ? 'on' : 'off', detail: '' };
        return ok(behaviour.login);
      },
    },
    zone: () => behaviour.zone,
    onWake: (listener) => void wakeListeners.push(listener),
    async openExternal(url) {
      const page = safeExternalUrl(url);
      if (behaviour.opens === 'main') opened.push(page);
      return { by: behaviour.opens };
    },
    onAway: (listener) => void awayListeners.push(listener),
    goAway() {
      for (const listener of awayListeners) listener();
    },
    wake() {
      for (const listener of wakeListeners) listener();
    },
  };
}

function shownNotice(notice: DesktopNotice, answered: (action: string) => void): ShownNotice {
  return {
    ...notice,
    answer(action) {
      if (action !== 'open' && !notice.actions.some(({ id }) => id === action))
        throw new Error(`The notice “${notice.title}” offers no ${action}`);
      answered(action);
    },
  };
}
