import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Failure } from '../../shared/domain/failure.ts';
import { type Settings, settingsSchema } from '../../shared/domain/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createLine } from '../turns.ts';
import { syncFolder } from './durable-file.ts';
import type { SetAside } from './records.ts';
import { keepGeneration, replaceStore } from './replace-store.ts';
import { moveAsideSync } from './set-aside.ts';
import { storageFailed } from './storage-failure.ts';
import { parseObject, type StoreLike } from './store-like.ts';

/** What the user has set, before and after the vault is open. Not authenticated: nothing here needs to be. */
export interface SettingsStore {
  get(): Settings;
  /** Changes what is named; on disk when it answers. Throws for a value that no setting takes. */
  set(changes: Partial<Settings>): Promise<Result<Settings, Failure<'storage-failed'>>>;
  /** The file was damaged: what is used is the generation before it, or the defaults, until the next change. */
  readonly damaged: boolean;
  /** Where the damaged file was moved to. */
  readonly setAside: readonly SetAside[];
}

/** The version of the file's shape; by it a file that was written is told from one that was emptied. */
const version = 1;

/** The settings in the text of a settings file; null where it is none. */
export function settingsIn(text: string): Settings | null {
  const stored = parseObject(text);
  const parsed = stored.version === version ? settingsSchema.safeParse(stored.settings) : null;
  return parsed?.success === true ? parsed.data : null;
}

/**
 * Reads the settings of the store, which is used only for writing. A file that cannot be read as settings is moved to `set-aside/`, and what it was
 * before, or else the defaults, are used. Never throws: where the file cannot even be moved, it stays, and changes fail.
 */
export function openSettings({
  store,
  now = Date.now,
}: {
  readonly store: StoreLike;
  readonly now?: () => number;
}): SettingsStore {
  const { path } = store;
  const inLine = createLine();
  const found: SetAside[] = [];
  const current = readText(path);
  const read = current === null ? null : settingsIn(current);
  let isDamaged = existsSync(path) && read === null;
  let settings =
    read ?? (isDamaged ? settingsIn(readText(`${path}.bak`) ?? '') : null) ?? settingsSchema.parse({});
  let stuck: unknown = null;
  if (isDamaged) {
    try {
      found.push(moveAsideSync(path, now()));
    } catch (error) {
      stuck = error;
    }
  }

  const change = async (changes: Partial<Settings>): Promise<Result<Settings, Failure<'storage-failed'>>> => {
    const next = settingsSchema.parse({ ...settings, ...changes });
    if (stuck !== null) return fail(storageFailed(path, stuck));
    try {
      if (existsSync(path)) keepGeneration(path);
      replaceStore(store, { version, settings: next });
      await syncFolder(dirname(path));
    } catch (error) {
      return fail(storageFailed(path, error));
    }
    isDamaged = false;
    settings = next;
    return ok(next);
  };

  return {
    get: () => settings,
    set: (changes) => inLine(() => change(changes)),
    get damaged() {
      return isDamaged;
    },
    setAside: found,
  };
}

/** The file's text; null where it cannot be read, which `existsSync` then tells from a file that is not there. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
