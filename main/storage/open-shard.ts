import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { SetAside } from './records.ts';
import { setAside } from './set-aside.ts';
import { decodeShard, type Entries, type ShardContent, type ShardFormat } from './shard-file.ts';
import { isAbsent } from './storage-failure.ts';
import { parseObject, type StoreLike } from './store-like.ts';

/** What opening a store came to. With `repair` set, its file must be replaced by the entries. */
export type OpenedShard =
  | { readonly state: 'newer'; readonly version: number }
  | { readonly state: 'foreign' }
  | {
      readonly state: 'open';
      readonly version: number;
      readonly schema: string;
      readonly entries: Entries;
      readonly found: readonly SetAside[];
      readonly repair: boolean;
    };

type Read = Extract<ShardContent, { state: 'read' }>;

/**
 * Reads a store that has a file or a generation beside it. What is damaged is copied to `set-aside/` first; what the
 * generation beside it still has of that is used. Nothing is written but the copies. Throws what the disk throws.
 * A store under another data key is damage in a vault whose other stores are ours (`isOwnVault`), else it is foreign.
 */
export async function openShard(
  format: ShardFormat,
  name: string,
  store: StoreLike,
  exists: boolean,
  isOwnVault: () => Promise<boolean>,
  now: number,
): Promise<OpenedShard> {
  const content: ShardContent = exists ? decodeShard(format, name, store.store) : { state: 'unreadable' };
  if (content.state === 'newer') return content;
  if (content.state === 'read' && content.whole) {
    return { ...content, state: 'open', entries: content.sound, found: [], repair: false };
  }
  const nothingOurs = content.state === 'read' && !content.ownKey && content.sound.size === 0;
  if (nothingOurs && !(await isOwnVault())) return { state: 'foreign' };

  const before = await readGeneration(format, name, store.path, now);
  const damage =
    content.state === 'read'
      ? await keepAltered(name, store.path, content, now)
      : await keepUnreadable(store.path, exists, now);
  const sound = content.state === 'read' ? content.sound : new Map<string, string>();
  const lost =
    content.state === 'read' ? [...content.altered.keys()] : [...(before.read?.sound.keys() ?? [])];
  const sameShape =
    before.read !== null &&
    (content.state !== 'read' ||
      (content.version === before.read.version && content.schema === before.read.schema));
  const recovered = sameShape ? entriesOf(lost, before.read?.sound ?? new Map()) : [];
  const shape = content.state === 'read' ? content : (before.read ?? format);
  return {
    state: 'open',
    version: shape.version,
    schema: shape.schema,
    entries: new Map([...sound, ...recovered]),
    found: [...damage, ...before.found],
    repair: true,
  };
}

function entriesOf(ids: readonly string[], entries: Entries): [string, string][] {
  return ids.flatMap((id): [string, string][] => {
    const entry = entries.get(id);
    return entry === undefined ? [] : [[id, entry]];
  });
}

async function readGeneration(
  format: ShardFormat,
  name: string,
  path: string,
  now: number,
): Promise<{ read: Read | null; found: SetAside[] }> {
  const bytes = await readIfThere(`${path}.bak`);
  if (bytes === null) return { read: null, found: [] };
  const content = decodeShard(format, name, parseObject(bytes.toString('utf8')));
  if (content.state === 'read' && content.whole) return { read: content, found: [] };
  const found = [await setAside(dirname(path), basename(`${path}.bak`), bytes, 'unreadable', now)];
  return { read: content.state === 'read' ? content : null, found };
}

async function keepUnreadable(path: string, exists: boolean, now: number): Promise<SetAside[]> {
  // The file is gone and only the generation beside it tells that there was one.
  if (!exists) return [{ file: path, reason: 'unreadable' }];
  return [await setAside(dirname(path), basename(path), await readFile(path), 'unreadable', now)];
}

/** One copy for each altered record; the whole file where records were taken out or brought back. */
async function keepAltered(name: string, path: string, content: Read, now: number): Promise<SetAside[]> {
  const folder = dirname(path);
  if (content.altered.size === 0) {
    return [await setAside(folder, basename(path), await readFile(path), 'altered', now)];
  }
  const copies = [...content.altered].map(([id, entry]) =>
    setAside(folder, `${name} ${fileSafe(id)}.txt`, entry, 'altered', now),
  );
  return Promise.all(copies);
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** An id as it was found in an altered file may be anything, also a path. */
function fileSafe(id: string): string {
  return id.replaceAll(/[^0-9a-z_]/g, '-').slice(0, 60);
}
