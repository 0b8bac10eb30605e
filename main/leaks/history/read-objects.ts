import { ok, type Result } from '../../../shared/result.ts';
import { type GitFault, type SpawnGitOptions, spawnGit } from '../../git/run-git.ts';
import { createObjectReader, type ObjectListener } from './object-reader.ts';

/** Reads objects by their ids, one after the other. */
export async function readObjects(
  folder: string,
  ids: readonly string[],
  listener: ObjectListener,
  options: SpawnGitOptions,
): Promise<Result<void, GitFault>> {
  if (ids.length === 0) return ok(undefined);
  const git = spawnGit(folder, ['cat-file', '--batch', '--buffer'], options);
  const read = createObjectReader(listener);
  git.stdout.on('data', read);
  git.stdin.end(`${ids.join('\n')}\n`);
  const ended = await git.ended;
  return ended.ok ? ok(undefined) : ended;
}

/** The lines, counted from 1, that places in the content of objects are on; places are bytes from its beginning. */
export async function linesOf(
  folder: string,
  places: ReadonlyMap<string, readonly number[]>,
  options: SpawnGitOptions,
): Promise<Result<Map<string, ReadonlyMap<number, number>>, GitFault>> {
  const lines = new Map<string, Map<number, number>>();
  let wanted: number[] = [];
  let found = new Map<number, number>();
  let line = 1;
  let gone = 0;
  const read = await readObjects(
    folder,
    [...places.keys()],
    {
      begin({ id }) {
        wanted = [...new Set(places.get(id))].sort((a, b) => a - b);
        found = new Map();
        lines.set(id, found);
        line = 1;
        gone = 0;
      },
      piece(bytes) {
        for (let at = 0; at < bytes.length && wanted.length > 0; at += 1) {
          if (wanted[0] === gone + at) {
            found.set(gone + at, line);
            wanted.shift();
          }
          if (bytes[at] === lineFeed) line += 1;
        }
        gone += bytes.length;
      },
      end: () => undefined,
    },
    options,
  );
  return read.ok ? ok(lines) : read;
}

const lineFeed = 0x0a;
