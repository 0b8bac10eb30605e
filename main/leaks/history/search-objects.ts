import { availableParallelism } from 'node:os';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { type GitFault, spawnGit } from '../../git/run-git.ts';
import { inGroups } from '../../in-order.ts';
import { createStreamSearch } from '../stream-search.ts';
import type { ValueIndex } from '../value-index.ts';
import { createObjectReader, type ObjectHead } from './object-reader.ts';

/** An object of Git that has values in it, and how many bytes after its beginning. */
export interface ObjectHit {
  readonly type: ObjectHead['type'];
  readonly places: { readonly value: number; readonly offset: number }[];
}

export interface ObjectsFound {
  readonly commits: number;
  readonly bytes: number;
  /** By the object's id. */
  readonly hits: ReadonlyMap<string, ObjectHit>;
}

export interface ObjectSearchOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes more were searched. */
  readonly progress: (bytes: number) => void;
  readonly env?: Readonly<Record<string, string>>;
}

const bufferBytes = 256 * 1024;
/** How many objects Git is asked for at once, and below how many that it has not answered it is asked for more. */
const askedAtOnce = 2_000;
const askedAhead = 1_000;
const mostProcesses = 4;
/** In one object and of one value; more of them say nothing new. */
const mostPlaces = 100;

/**
 * Searches every object that the repository has, packed or loose, reachable or not: the content of files and the messages
 * of commits and tags. Lists of files have no values in them and aren't read. Fails as Git fails.
 */
export async function searchObjects(
  folder: string,
  index: ValueIndex,
  options: ObjectSearchOptions,
): Promise<Result<ObjectsFound, GitFault>> {
  const listed = await listObjects(folder, options.signal);
  if (!listed.ok) return listed;
  const { groups, commits } = listed.value;
  const hits = new Map<string, ObjectHit>();
  // Those that are listed first may lie anywhere; neighbours lie beside each other in a pack, and are built of each other.
  const queue = groups.reverse();
  const count = Math.min(mostProcesses, availableParallelism(), Math.max(1, queue.length));
  const searched = await Promise.all(
    Array.from({ length: count }, () => searchQueue(folder, index, queue, hits, options)),
  );
  let bytes = 0;
  for (const each of searched) {
    if (!each.ok) return each;
    bytes += each.value;
  }
  return ok({ commits, bytes, hits });
}

/** Searches these objects, by their ids. */
export async function searchTheseObjects(
  folder: string,
  ids: readonly string[],
  index: ValueIndex,
  options: ObjectSearchOptions,
): Promise<Result<ReadonlyMap<string, ObjectHit>, GitFault>> {
  const hits = new Map<string, ObjectHit>();
  const searched = await searchQueue(folder, index, inGroups(ids, askedAtOnce).reverse(), hits, options);
  return searched.ok ? ok(hits) : searched;
}

/** The ids of all objects but trees, in groups as they are asked for. */
async function listObjects(
  folder: string,
  signal: AbortSignal,
): Promise<Result<{ groups: string[][]; commits: number }, GitFault>> {
  const git = spawnGit(
    folder,
    [
      'cat-file',
      '--batch-all-objects',
      '--unordered',
      '--buffer',
      '--batch-check=%(objecttype) %(objectname)',
    ],
    { signal },
  );
  git.stdin.end();
  const groups: string[][] = [];
  let group: string[] = [];
  let commits = 0;
  let rest = '';
  git.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [type = '', id = ''] = line.split(' ');
      if (type === 'tree') continue;
      if (type === 'commit') commits += 1;
      group.push(id);
      if (group.length < askedAtOnce) continue;
      groups.push(group);
      group = [];
    }
  });
  const ended = await git.ended;
  if (!ended.ok) return ended;
  if (group.length > 0) groups.push(group);
  return ok({ groups, commits });
}

/** Searches groups of the queue, until it is empty, by one Git of its own. Answers the number of bytes. */
async function searchQueue(
  folder: string,
  index: ValueIndex,
  queue: string[][],
  hits: Map<string, ObjectHit>,
  { signal, progress, env }: ObjectSearchOptions,
): Promise<Result<number, GitFault>> {
  const git = spawnGit(folder, ['cat-file', '--batch', '--buffer'], { signal, env });
  let unanswered = 0;
  /** The objects that lie in the buffer of the search or after it, one behind the other. */
  let objects: { head: ObjectHead; start: number; end: number }[] = [];
  let bytes = 0;

  const search = createStreamSearch(index, bufferBytes, (value, start, end) => {
    const object = objectAt(objects, start);
    // What begins in one object and ends in the next one is nowhere.
    if (object === undefined || end > object.end) return;
    const hit = hits.get(object.head.id) ?? { type: object.head.type, places: [] };
    hits.set(object.head.id, hit);
    if (hit.places.filter((place) => place.value === value).length < mostPlaces)
      hit.places.push({ value, offset: start - object.start });
  });

  const read = createObjectReader({
    begin(head) {
      objects.push({ head, start: bytes, end: bytes + head.size });
    },
    piece(piece) {
      bytes += piece.length;
      for (let left = piece; left.length > 0; ) {
        const room = search.room();
        const count = Math.min(room.length, left.length);
        room.set(left.subarray(0, count));
        search.filled(count);
        left = left.subarray(count);
      }
    },
    end() {
      unanswered -= 1;
      ask();
    },
  });

  /** Git keeps the last few kilobytes of its answers back until it is asked for more, or for nothing any more. */
  function ask(): void {
    while (unanswered < askedAhead && !git.stdin.writableEnded) {
      const group = queue.pop();
      if (group === undefined) {
        git.stdin.end();
        return;
      }
      unanswered += group.length;
      git.stdin.write(`${group.join('\n')}\n`);
    }
  }

  ask();
  git.stdout.on('data', (chunk: Buffer) => {
    read(chunk);
    progress(chunk.length);
    const kept = bytes - 2 * (bufferBytes + index.longest);
    if (objects.length > 10_000) objects = objects.filter(({ end }) => end >= kept);
  });
  const ended = await git.ended;
  if (!ended.ok) return ended;
  search.end();
  if (unanswered > 0) return fail({ kind: 'failed', reason: 'Git ended before it had answered' });
  return ok(bytes);
}

function objectAt<O extends { start: number; end: number }>(
  objects: readonly O[],
  place: number,
): O | undefined {
  let low = 0;
  let high = objects.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const object = objects[middle] as O;
    if (place < object.start) high = middle - 1;
    else if (place >= object.end) low = middle + 1;
    else return object;
  }
  return undefined;
}
