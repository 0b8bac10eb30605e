import path from 'node:path';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Leak } from '../../shared/ipc/search.contract.ts';
import type { FileHit } from './folder-search.ts';
import type { HistoryHit } from './history/search-history.ts';
import type { WantedField } from './wanted-values.ts';

/** What was found, and what has to be known besides to tell which of it are leaks. */
export interface FoundPlaces {
  /** The folder that was searched, without links. */
  readonly root: string;
  readonly wanted: { readonly fields: readonly WantedField[] };
  readonly files: readonly (FileHit & { readonly file: string })[];
  readonly histories: readonly { readonly top: string; readonly hits: readonly HistoryHit[] }[];
  /** The files that each key may stand in, without links. */
  readonly targetsOf: ReadonlyMap<KeyId, ReadonlySet<string>>;
  readonly isTracked: (file: string) => Promise<boolean>;
  /** What stands now in files, named from the top of a repository, that the search of the folder has not seen. */
  readonly standsNow: (
    top: string,
    files: readonly string[],
  ) => Promise<readonly (FileHit & { file: string })[]>;
}

/** How an object is named that has values in it and is in no commit. */
export const nowhere = 'in Git, but in no commit';

/**
 * Makes one list of leaks of what was found in files and in histories, ordered by file and line. What stands in a file
 * now and was committed there is one leak. A key in its own target is none, unless Git tracks the file or ever had it.
 */
export async function mergeLeaks(found: FoundPlaces): Promise<Leak[]> {
  const { root, wanted, files, histories } = found;
  const committed = new Map<string, Leak['commit']>();
  for (const { top, hits } of histories)
    for (const { group, path: at, commit } of hits)
      if (at !== null && at !== '') committed.set(nameOf(group, shownPath(root, path.join(top, at))), commit);

  const tracked = new Map<string, Promise<boolean>>();
  function isTracked(file: string): Promise<boolean> {
    const known = tracked.get(file) ?? found.isTracked(file);
    tracked.set(file, known);
    return known;
  }
  const leaks: Leak[] = [];
  const seen = new Set<string>();

  for (const { group, file, line } of files) {
    const field = wanted.fields[group];
    if (field === undefined) continue;
    const name = nameOf(group, file);
    const commit = committed.get(name) ?? null;
    seen.add(name);
    const real = path.join(root, file);
    const isTarget = found.targetsOf.get(field.key.id)?.has(real) === true;
    if (isTarget && commit === null && !(await isTracked(real))) continue;
    leaks.push({ ...factsOf(field), file, line, commit, stillThere: true });
  }

  for (const { top, hits } of histories) {
    const past = hits.filter(({ group, path: at }) => {
      return at === null || at === '' || !seen.has(nameOf(group, shownPath(root, path.join(top, at))));
    });
    const unseen = past.flatMap(({ path: at }) =>
      at !== null && at !== '' && !isWithin(root, path.join(top, at)) ? [at] : [],
    );
    const now = unseen.length === 0 ? [] : await found.standsNow(top, [...new Set(unseen)]);
    const standing = new Set(now.map(({ group, file }) => nameOf(group, file)));
    for (const { group, path: at, line, commit } of past) {
      const field = wanted.fields[group];
      if (field === undefined) continue;
      const file = fileOf(root, top, at);
      leaks.push({
        ...factsOf(field),
        file,
        line,
        commit,
        stillThere: at !== null && standing.has(nameOf(group, at)),
      });
    }
  }
  return leaks.sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.name, b.name));
}

function factsOf({ key, field }: WantedField) {
  const { id, name, environment, status } = key;
  return { keyId: id, name, field, environment, status };
}

function fileOf(root: string, top: string, at: string | null): string {
  if (at === null) return nowhere;
  return at === '' ? '' : shownPath(root, path.join(top, at));
}

const shownPath = (root: string, file: string): string => path.relative(root, file);

const isWithin = (root: string, file: string): boolean => {
  const relative = path.relative(root, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
};

const nameOf = (group: number, file: string): string => `${group} ${file}`;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
