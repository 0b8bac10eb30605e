import type { Readable } from 'node:stream';
import { ok, type Result } from '../../../shared/result.ts';
import { type GitFault, runGit, spawnGit } from '../../git/run-git.ts';

/** Where an object stands or stood: a path from the top of the repository, and the commit that first put it there. */
export interface ObjectPath {
  readonly object: string;
  readonly path: string;
  /** null: it is staged, and in no commit. */
  readonly commit: string | null;
}

/** The answer to a question about the index may be this long. */
const mostIndexBytes = 1024 * 1024 * 1024;

/**
 * Finds the paths of objects in all commits that any branch, tag, stash or reflog leads to, and in what is staged. A merge
 * is compared with its first parent; what came in by the others was put there by their own commits. An object that is
 * nowhere has no path. The oldest come first, what is only staged last. `folder` is the top of the work tree, or a bare repository.
 */
export async function findPaths(
  folder: string,
  objects: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Result<ObjectPath[], GitFault>> {
  const found = new Map<string, ObjectPath>();
  const put = (path: ObjectPath) => {
    const name = `${path.object} ${path.path}`;
    found.delete(name);
    found.set(name, path);
  };

  const staged = await runGit(folder, ['ls-files', '--stage', '-z'], {
    signal,
    maxBytes: mostIndexBytes,
    timeoutMs: 60_000,
  });
  // A bare repository has no index.
  for (const entry of staged.ok ? staged.value.stdout.toString('utf8').split('\0') : []) {
    const tab = entry.indexOf('\t');
    const object = entry.split(' ')[1] ?? '';
    if (tab !== -1 && objects.has(object)) put({ object, path: entry.slice(tab + 1), commit: null });
  }

  const revisions = spawnGit(folder, ['rev-list', '--all', '--reflog', '--topo-order', '--parents'], {
    signal,
  });
  revisions.stdin.end();
  const changes = spawnGit(
    folder,
    ['diff-tree', '--stdin', '--root', '-r', '--raw', '--no-renames', '--no-abbrev', '-z'],
    { signal },
  );
  onLines(revisions.stdout, (line) => {
    const [commit = '', first] = line.split(' ');
    changes.stdin.write(first === undefined ? `${commit}\n` : `${commit} ${first}\n`);
  });
  revisions.stdout.once('close', () => changes.stdin.end());
  let commit = '';
  let object: string | null = null;
  onNulEnded(changes.stdout, (part) => {
    if (object !== null) {
      // Commits come before their parents: the first one stays, and stands last.
      if (objects.has(object)) put({ object, path: part.toString('utf8'), commit });
      object = null;
    } else if (part[0] === colon) object = part.toString('latin1').split(' ')[3] ?? '';
    else commit = part.toString('latin1').trim();
  });
  const [listed, compared] = await Promise.all([revisions.ended, changes.ended]);
  if (!listed.ok) return listed;
  if (!compared.ok) return compared;
  return ok([...found.values()].reverse());
}

const colon = 0x3a;

function onLines(stream: Readable, each: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) each(line);
  });
}

function onNulEnded(stream: Readable, each: (part: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, from)) {
      each(bytes.subarray(from, end));
      from = end + 1;
    }
    rest = bytes.subarray(from);
  });
}
