import { ok, type Result } from '../../../shared/result.ts';
import type { GitFault } from '../../git/run-git.ts';
import type { ValueIndex } from '../value-index.ts';
import { type CommitFacts, commitFacts } from './commit-facts.ts';
import { findPaths } from './object-paths.ts';
import { linesOf } from './read-objects.ts';
import { type ObjectHit, type ObjectSearchOptions, searchObjects } from './search-objects.ts';

/** A value in the history of a repository. */
export interface HistoryHit {
  /** Which of the values: what `groupOf` says of it. */
  readonly group: number;
  /** From the top of the repository; empty for a message; null where the object is in no commit and has no name. */
  readonly path: string | null;
  readonly line: number;
  /** Where it was first committed; null where it never was. */
  readonly commit: Pick<CommitFacts, 'id' | 'author' | 'at' | 'subject'> | null;
}

export interface HistoryFound {
  readonly commits: number;
  readonly bytes: number;
  readonly hits: readonly HistoryHit[];
}

/**
 * Searches all that the repository ever held. The same group of values in many versions of a file is one hit: where it
 * came into that file first. `top` is the top of the work tree, or a bare repository.
 */
export async function searchHistory(
  top: string,
  index: ValueIndex,
  groupOf: (value: number) => number,
  options: ObjectSearchOptions,
): Promise<Result<HistoryFound, GitFault>> {
  const searched = await searchObjects(top, index, options);
  if (!searched.ok) return searched;
  const { commits, bytes, hits: objects } = searched.value;
  if (objects.size === 0) return ok({ commits, bytes, hits: [] });

  const placed = await placeObjects(top, objects, groupOf, options.signal);
  if (!placed.ok) return placed;
  const lines = await linesOf(top, placesByObject(placed.value), { signal: options.signal });
  if (!lines.ok) return lines;
  const ids = new Set(placed.value.flatMap(({ commit }) => commit ?? []));
  const facts = await commitFacts(top, [...ids], options.signal);
  if (!facts.ok) return facts;

  const hits = placed.value.map((one): HistoryHit => {
    const commit = one.commit === null ? undefined : facts.value.get(one.commit);
    const line = lines.value.get(one.object)?.get(one.offset) ?? 1;
    const isMessage = one.path === '';
    return {
      group: one.group,
      path: one.path,
      line: Math.max(1, isMessage ? line - (commit?.headerLines ?? 0) : line),
      commit: commit === undefined ? null : shown(commit),
    };
  });
  return ok({ commits, bytes, hits });
}

/** A hit before its line and its commit have been looked up. */
interface Placed {
  readonly group: number;
  readonly object: string;
  readonly offset: number;
  readonly path: string | null;
  readonly commit: string | null;
}

async function placeObjects(
  top: string,
  objects: ReadonlyMap<string, ObjectHit>,
  groupOf: (value: number) => number,
  signal: AbortSignal,
): Promise<Result<Placed[], GitFault>> {
  const blobs = new Set([...objects].filter(([, { type }]) => type === 'blob').map(([id]) => id));
  const paths = blobs.size === 0 ? ok([]) : await findPaths(top, blobs, signal);
  if (!paths.ok) return paths;
  const placed = new Map<string, Placed>();
  const withPath = new Set<string>();
  // The first version of each file that has it comes first.
  for (const { object, path, commit } of paths.value) {
    withPath.add(object);
    for (const { group, offset } of firstPlaces(objects.get(object), groupOf)) {
      const name = `${group} ${path}`;
      if (!placed.has(name)) placed.set(name, { group, object, offset, path, commit });
    }
  }
  for (const [object, hit] of objects) {
    if (withPath.has(object)) continue;
    const isMessage = hit.type === 'commit' || hit.type === 'tag';
    for (const { group, offset } of firstPlaces(hit, groupOf)) {
      const one = isMessage
        ? { group, object, offset, path: '', commit: object }
        : { group, object, offset, path: null, commit: null };
      placed.set(isMessage ? `${group} message ${object}` : `${group} nowhere`, one);
    }
  }
  return ok([...placed.values()]);
}

function firstPlaces(
  hit: ObjectHit | undefined,
  groupOf: (value: number) => number,
): { group: number; offset: number }[] {
  const first = new Map<number, number>();
  for (const { value, offset } of hit?.places ?? []) {
    const group = groupOf(value);
    first.set(group, Math.min(first.get(group) ?? offset, offset));
  }
  return Array.from(first, ([group, offset]) => ({ group, offset }));
}

function placesByObject(placed: readonly Placed[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const { object, offset } of placed) places.set(object, [...(places.get(object) ?? []), offset]);
  return places;
}

const shown = ({ id, author, at, subject }: CommitFacts) => ({ id, author, at, subject });
