import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { readabilityOf } from './readable.ts';
import type { SetAside } from './records.ts';
import { salvageShard } from './salvage-shard.ts';
import { moveAside, setAside } from './set-aside.ts';
import { decodeShard, type Entries, type ShardContent, type ShardFormat } from './shard-file.ts';
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

/** Where the store's file is: in its place, not there, or moved aside because it could not be opened. */
export type ShardPlace = 'file' | 'gone' | SetAside;

/**
 * Reads a store that has a file or a generation beside it. What is damaged is copied to `set-aside/` first; its records
 * that are whole are used, and for the others what the generation beside it still has. Nothing is written but the
 * copies. Throws what the disk throws. A store under another data key is damage in a vault whose other stores are ours
 * (`isOwnVault`), else it is foreign.
 */
export async function openShard(
  format: ShardFormat,
  name: string,
  store: StoreLike,
  place: ShardPlace,
  isOwnVault: () => Promise<boolean>,
  now: number,
): Promise<OpenedShard> {
  const content: ShardContent =
    place === 'file' ? decodeShard(format, name, store.store) : { state: 'unreadable' };
  if (content.state === 'newer') return content;
  if (content.state === 'unreadable') return openUnreadable(format, name, store, place, now);
  if (content.whole) return { ...content, state: 'open', entries: content.sound, found: [], repair: false };
  const nothingOurs = !content.ownKey && content.sound.size === 0;
  if (nothingOurs && !(await isOwnVault())) return { state: 'foreign' };

  const before = await readGeneration(format, name, store.path, now);
  const damage = await setAside(
    dirname(store.path),
    basename(store.path),
    await readFile(store.path),
    'altered',
    now,
  );
  const sameShape = content.version === before.read?.version && content.schema === before.read.schema;
  const lost = [...content.altered.keys()];
  const recovered = sameShape ? entriesOf(lost, before.read?.sound ?? new Map()) : [];
  return {
    state: 'open',
    version: content.version,
    // Nobody vouches for what an altered file says of itself, so that every record is looked at.
    schema: '',
    entries: new Map([...content.sound, ...recovered]),
    found: [damage, ...before.found],
    repair: true,
  };
}

/** A store that is no store any more: what it still shows goes before what the generation beside it has. */
async function openUnreadable(
  format: ShardFormat,
  name: string,
  store: StoreLike,
  place: ShardPlace,
  now: number,
): Promise<OpenedShard> {
  const before = await readGeneration(format, name, store.path, now);
  const bytes = place === 'file' ? await readFile(store.path) : null;
  const found = await keepUnreadable(store.path, bytes, place, now);
  const salvaged = salvageShard(format, bytes?.toString('utf8') ?? '');
  const earlier = before.read?.version === salvaged.version || salvaged.sound.size === 0 ? before.read : null;
  return {
    state: 'open',
    version: salvaged.sound.size === 0 && earlier !== null ? earlier.version : salvaged.version,
    schema: salvaged.sound.size === 0 && earlier !== null ? earlier.schema : '',
    entries: new Map([...(earlier?.sound ?? []), ...salvaged.sound]),
    found: [...found, ...before.found],
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
  const generation = `${path}.bak`;
  const readability = await readabilityOf(generation);
  if (readability === 'gone') return { read: null, found: [] };
  if (readability === 'shut') return { read: null, found: [await moveAside(generation, now)] };
  const bytes = await readFile(generation);
  const content = decodeShard(format, name, parseObject(bytes.toString('utf8')));
  if (content.state === 'read' && content.whole) return { read: content, found: [] };
  const found = [await setAside(dirname(path), basename(`${path}.bak`), bytes, 'unreadable', now)];
  return { read: content.state === 'read' ? content : null, found };
}

async function keepUnreadable(
  path: string,
  bytes: Buffer | null,
  place: ShardPlace,
  now: number,
): Promise<SetAside[]> {
  if (place !== 'file' && place !== 'gone') return [place];
  // The file is gone and only the generation beside it tells that there was one.
  if (bytes === null) return [{ file: path, reason: 'unreadable' }];
  return [await setAside(dirname(path), basename(path), bytes, 'unreadable', now)];
}
