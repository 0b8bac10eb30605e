import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from './storage-failure.ts';
import { type OpenStore, parseObject, type StoreLike } from './store-like.ts';

/**
 * The stores of a folder, read as their files stand, and opened only when they are changed. To open one copies all that
 * is in it and compares the copy, which for hundreds of stores takes longer than all the rest of a start.
 */
export function openedToWrite(folder: string, openStore: OpenStore): OpenStore {
  return (name) => {
    const path = join(folder, `${name}.json`);
    let opened: StoreLike | null = null;
    return {
      path,
      get store() {
        return opened === null ? readObject(path) : opened.store;
      },
      set store(value) {
        opened ??= openStore(name);
        opened.store = value;
      },
    };
  };
}

/** As `storeOptions` says: `{}` for a file that is not there or holds no object; throws where it cannot be read. */
function readObject(path: string): Record<string, unknown> {
  try {
    return parseObject(readFileSync(path, 'utf8'));
  } catch (error) {
    if (isAbsent(error)) return {};
    throw error;
  }
}
