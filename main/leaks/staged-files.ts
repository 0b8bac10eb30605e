import { ok, type Result } from '../../shared/result.ts';
import { type GitFault, runGit } from '../git/run-git.ts';

/** A file whose content would be committed. */
export interface StagedFile {
  /** From the top of the work tree. */
  readonly path: string;
  /** The object that its staged content is. */
  readonly object: string;
}

/**
 * By these Git tells a hook which index is committed: for `git commit -a` and `git commit <file>` it is another one than
 * usual. Only a hook may hand them on, because only there they are Git's own.
 */
export function variablesOfHook(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = [
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_COMMON_DIR',
    'GIT_OBJECT_DIRECTORY',
    'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The files that a commit would add or change. Submodules are left out: they have commits of their own. */
export async function stagedFiles(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Result<StagedFile[], GitFault>> {
  const asked = await runGit(
    folder,
    [
      'diff',
      ...['--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'],
      ...['--ignore-submodules=all', '--diff-filter=ACMRT'],
    ],
    { env, timeoutMs: 60_000, maxBytes: 1024 * 1024 * 1024 },
  );
  if (!asked.ok) return asked;
  const files: StagedFile[] = [];
  const parts = asked.value.stdout.toString('utf8').split('\0');
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, mode = '', , object = ''] = (parts[at] ?? '').split(' ');
    if (mode !== submoduleMode) files.push({ path: parts[at + 1] ?? '', object });
  }
  return ok(files);
}

const submoduleMode = '160000';
