import type { Desktop, FileChoice } from '../../main/desktop/desktop.ts';
import { safeExternalUrl } from '../../main/desktop/safe-url.ts';
import { failure } from '../../shared/domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';

/** A desktop in memory: its clipboard is there to look at, and the user's doings are told to it. */
export interface MemoryDesktop extends Desktop {
  /** What is on the clipboard now; null when it is empty. */
  readonly board: { text: string | null };
  /** Every clearing that was asked for: the values that it was told are ours. */
  readonly clearings: (readonly string[])[];
  readonly notices: { readonly title: string; readonly body: string }[];
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
  };
  /** The user locks the session, or the machine goes to sleep. */
  goAway(): void;
}

/** A desktop whose clipboard main can write. */
export function createMemoryDesktop(): MemoryDesktop {
  const board: { text: string | null } = { text: null };
  const clearings: string[][] = [];
  const notices: { title: string; body: string }[] = [];
  const opened: string[] = [];
  const listeners: (() => void)[] = [];
  const behaviour: MemoryDesktop['behaviour'] = {
    writes: 'main',
    clears: true,
    choice: { outcome: 'unavailable' },
    folderChoice: { outcome: 'unavailable' },
    opens: 'main',
    writeDelay: null,
  };
  return {
    host: 'browser',
    board,
    clearings,
    notices,
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
    notify: (notice) => void notices.push(notice),
    async openExternal(url) {
      const page = safeExternalUrl(url);
      if (behaviour.opens === 'main') opened.push(page);
      return { by: behaviour.opens };
    },
    onAway: (listener) => void listeners.push(listener),
    goAway() {
      for (const listener of listeners) listener();
    },
  };
}
