import fs from 'node:fs/promises';
import path from 'node:path';

/** The nearest folder from here upwards that has a `.git` of any kind, without asking Git; null where none has. */
export async function enclosingRepository(folder: string): Promise<string | null> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await isThere(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return null;
  }
}

async function isThere(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  );
}
