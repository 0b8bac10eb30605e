import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Failure } from '../../shared/domain/failure.ts';
import { type Settings, settingsSchema } from '../../shared/domain/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createLine } from '../turns.ts';
import { syncFolder } from './durable-file.ts';
import type { SetAside } from './records.ts';
import { keepGeneration, replaceStore } from './replace-store.ts';
import { setAside } from './set-aside.ts';
import { storageFailed } from './storage-failure.ts';
import type { StoreLike } from './store-like.ts';

/** What the user has set, before and after the vault is open. Not authenticated: nothing here needs to be. */
export interface SettingsStore {
  get(): Settings;
  /** Changes what is named; on disk when it answers. Throws for a value that no setting takes. */
  set(changes: Partial<Settings>): Promise<Result<Settings, Failure<'storage-failed'>>>;
  /** The defaults are used because the file was damaged. It stays as it is until the next change sets it aside. */
  readonly damaged: boolean;
  /** Where the damaged file was kept when it was replaced. */
  readonly setAside: readonly SetAside[];
}

/** The version of the file's shape; by it a file that was written is told from one that was emptied. */
const version = 1;

/** Reads the settings from the store; those that cannot be read are the defaults, and nothing is overwritten. */
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
  const stored = store.store;
  const parsed = stored.version === version ? settingsSchema.safeParse(stored.settings) : null;
  let isDamaged = existsSync(path) && parsed?.success !== true;
  let settings = parsed?.success === true ? parsed.data : settingsSchema.parse({});

  const change = async (changes: Partial<Settings>): Promise<Result<Settings, Failure<'storage-failed'>>> => {
    const next = settingsSchema.parse({ ...settings, ...changes });
    try {
      if (isDamaged) {
        found.push(await setAside(dirname(path), basename(path), readFileSync(path), 'unreadable', now()));
        isDamaged = false;
      } else if (existsSync(path)) {
        keepGeneration(path);
      }
      replaceStore(store, { version, settings: next });
      await syncFolder(dirname(path));
    } catch (error) {
      return fail(storageFailed(path, error));
    }
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
