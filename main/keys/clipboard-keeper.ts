import type { Failure } from '../../shared/domain/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { ClipboardWrite, SecretClipboard } from '../desktop/desktop.ts';
import type { Secret } from '../secrets/secret.ts';
import { createLine } from '../turns.ts';

/** How the clipboard stands as far as our own values go. */
export interface ClipboardState {
  readonly state: 'idle' | 'held' | 'cleared' | 'kept';
  readonly clearsAt: number | null;
}

/** Puts secrets on the clipboard and sees to it that they leave it again. */
export interface ClipboardKeeper {
  copy(value: Secret, seconds: number): Promise<Result<ClipboardWrite, Failure<'clipboard-failed'>>>;
  /** Clears now whatever of ours is still on the clipboard: at lock, at quit. */
  clear(): Promise<void>;
  state(): ClipboardState;
}

/** Builds the keeper; `changed` is called whenever its state is another. */
export function createClipboardKeeper(
  clipboard: SecretClipboard,
  clock: Clock,
  changed: (state: ClipboardState) => void,
): ClipboardKeeper {
  let state: ClipboardState = { state: 'idle', clearsAt: null };
  // Every value written since the last clearing: of two copies in a row, neither may stay.
  let written: Secret[] = [];
  let timer: NodeJS.Timeout | undefined;
  // A clearing waits for the copy before it: a value on its way to the clipboard must not come after it.
  const inTurn = createLine();

  function become(next: ClipboardState): void {
    state = next;
    changed(next);
  }

  const clear = (): Promise<void> => inTurn(clearInTurn);

  async function clearInTurn(): Promise<void> {
    clearTimeout(timer);
    if (written.length === 0) return;
    const gone = await clipboard.clear(written);
    if (gone) written = [];
    become({ state: gone ? 'cleared' : 'kept', clearsAt: null });
  }

  return {
    copy: (value, seconds) =>
      inTurn(async () => {
        const outcome = await clipboard.write(value);
        if (!outcome.ok || outcome.value.by === 'page') return outcome;
        written.push(value);
        clearTimeout(timer);
        timer = setTimeout(clear, seconds * 1_000);
        timer.unref();
        become({ state: 'held', clearsAt: clock.now() + seconds * 1_000 });
        return ok(outcome.value);
      }),
    clear,
    state: () => state,
  };
}
