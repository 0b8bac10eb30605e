import { failure } from '../../../shared/domain/failure.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { SecretClipboard } from '../desktop.ts';
import { concealmentMarks } from './clipboard-marks.ts';

/** The system's clipboard as it is needed here. */
export interface SystemClipboard {
  /** Writes all formats at once. */
  write(formats: Readonly<Record<string, string | Blob>>): Promise<void>;
  readText(): Promise<string>;
  has(format: string): Promise<boolean>;
  clear(): void;
}

/**
 * A clipboard for secrets: the marks go in the same write as the text, because a second write is recorded without
 * them; then the clipboard is asked whether it has them. `selection` is what Linux pastes with the middle button,
 * where text that was selected or pasted may end up too; each of the two is compared and cleared on its own.
 */
export function createConcealingClipboard(
  platform: NodeJS.Platform,
  main: SystemClipboard,
  selection: SystemClipboard | undefined,
): SecretClipboard {
  const marks = concealmentMarks(platform);
  const boards = selection === undefined ? [main] : [main, selection];

  return {
    async write(value) {
      try {
        await main.write({ 'text/plain': value.reveal(), ...marks });
        const found = await Promise.all(Object.keys(marks).map((mark) => main.has(mark)));
        return ok({ by: 'main', concealed: found.every(Boolean) });
      } catch (cause) {
        return fail(failure('clipboard-failed', { reason: cause instanceof Error ? cause.name : 'unknown' }));
      }
    },
    async clear(values) {
      const cleared = await Promise.all(
        boards.map((board) =>
          clearOurs(
            board,
            values.map((value) => value.reveal()),
          ),
        ),
      );
      return cleared.every(Boolean);
    },
  };
}

/** Answers whether none of `values` is on the board any more; a board that cannot be read is not known to be clear. */
async function clearOurs(board: SystemClipboard, values: readonly string[]): Promise<boolean> {
  const holdsOurs = async () => values.includes(await board.readText());
  try {
    if (!(await holdsOurs())) return true;
    board.clear();
    return !(await holdsOurs());
  } catch {
    // The system refused to be read, as some do for a window in the background.
    return false;
  }
}
