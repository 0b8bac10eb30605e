import type { Failure } from '../../shared/domain/failure.ts';
import type { LoginStart, NoticeWay } from '../../shared/ipc/reminders.contract.ts';
import type { Result } from '../../shared/result.ts';
import type { Secret } from '../secrets/secret.ts';

/** What came of putting a secret on the clipboard. */
export type ClipboardWrite =
  /** It is there. `concealed`: with the marks that keep clipboard histories from recording it. */
  | { readonly by: 'main'; readonly concealed: boolean }
  /** This host cannot write a clipboard from main; the page has to. */
  | { readonly by: 'page' };

/** The clipboard, for secrets only. */
export interface SecretClipboard {
  write(value: Secret): Promise<Result<ClipboardWrite, Failure<'clipboard-failed'>>>;
  /**
   * Clears the clipboard if it still holds one of `values`, and answers whether none of them is on it any more.
   * Anything else on it is left alone.
   */
  clear(values: readonly Secret[]): Promise<boolean>;
}

/** Who opens a page in the user's browser. */
export interface PageOpening {
  readonly by: 'main' | 'page';
}

/** A button of a notice. */
export interface NoticeAction {
  readonly id: string;
  readonly label: string;
  /** It is done without the app's window, which otherwise comes to the front, as for the notice itself. */
  readonly inBackground?: boolean;
}

/** A notice and what the user can do about it. */
export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
  readonly actions: readonly NoticeAction[];
}

/** What the user did with a question for a file or a folder. */
export type FileChoice =
  | { readonly outcome: 'chosen'; readonly file: string }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'unavailable' };

/**
 * The desktop around the app: everything that differs between Electron and the browser host. The app runs
 * unchanged on either.
 */
export interface Desktop {
  readonly host: 'electron' | 'browser';
  readonly clipboard: SecretClipboard;
  chooseFile(title: string): Promise<FileChoice>;
  chooseFolder(title: string): Promise<FileChoice>;
  /**
   * Shows a notice that has no secret in it, and tells which of its actions the user chose, or `open` for the notice
   * itself. Never throws, and need not be seen: whatever a notice says stands in the app too.
   */
  notify(notice: DesktopNotice, answered: (action: string) => void): void;
  /** Whether this desktop shows notices, and if not, why, in words. */
  noticeWay(): Promise<NoticeWay>;
  /** Shows at the app's icon how much waits for the user, where the desktop can; 0 shows nothing. */
  setBadge(count: number): void;
  /** Whether the app starts when the user logs in. */
  readonly loginStart: {
    get(): Promise<LoginStart>;
    set(on: boolean): Promise<Result<LoginStart, Failure<'storage-failed'>>>;
  };
  /** The time zone that the machine is in at this moment, by its IANA name. */
  zone(): string;
  /** Calls `listener` whenever the machine wakes; a host that cannot tell never calls it. */
  onWake(listener: () => void): void;
  /**
   * Opens a page that `safeExternalUrl` takes in the user's browser; anything else is refused by throwing. `page`: this host is shown in
   * the browser already, and its page has to open it.
   */
  openExternal(url: string): Promise<PageOpening>;
  /**
   * Calls `listener` whenever the user's session is locked or the machine goes to sleep. A host that cannot tell never
   * calls it: the timers have to do there.
   */
  onAway(listener: () => void): void;
}
