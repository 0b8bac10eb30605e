import type { DesktopNotice } from '../desktop.ts';

/** What the program and the service that shows its notices understand. */
export interface NoticeAbilities {
  /** Whether the program waits for an answer and prints it. */
  readonly waits: boolean;
  /** Whether the service takes `<`, `>` and `&` in the text for markup. */
  readonly readsMarkup: boolean;
}

/** The command line of `notify-send` for a notice; the notice itself is answered with `default`. */
export function noticeArguments(notice: DesktopNotice, { waits, readsMarkup }: NoticeAbilities): string[] {
  const actions = [{ id: 'default', label: 'Open' }, ...notice.actions];
  return [
    '--app-name=Keyturn',
    ...(waits ? actions.map(({ id, label }) => `--action=${id}=${label}`) : []),
    // A title may begin with a dash.
    '--',
    notice.title,
    // In the text, and only there, the program takes \n and its like for what they stand for.
    (readsMarkup ? asMarkup(notice.body) : notice.body).replaceAll('\\', '\\\\'),
  ];
}

/** Whether `notify-send` of this version (what it prints when asked) waits for an answer, as it does from 0.7.10 on. */
export function canWaitForAnswer(printed: string): boolean {
  const version = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(printed);
  if (version === null) return false;
  const [major = 0, minor = 0, patch = 0] = version.slice(1).map((part) => Number(part ?? 0));
  if (major !== 0) return true;
  return minor > 7 || (minor === 7 && patch >= 10);
}

const asMarkup = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
