import { chmod, lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { HookStanding } from '../../shared/ipc/search.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { errnoOf, reasonOf } from '../env-files/fs-failure.ts';
import { type GitFault, runGit } from '../git/run-git.ts';
import { type CheckCommand, hookMark, hookText, lineToAdd } from './hook-text.ts';
import { repositoryOf } from './repositories.ts';

export type HookFailure = Failure<
  | 'path-not-absolute'
  | 'folder-gone'
  | 'git-unavailable'
  | 'not-a-repository'
  | 'hook-foreign'
  | 'file-unwritable'
>;

/** How the pre-commit hook of the repository stands that the folder lies in. */
export async function standingOfHook(
  folder: string,
  command: CheckCommand,
): Promise<Result<HookStanding, HookFailure>> {
  const line = lineToAdd(command);
  const file = await hookFileOf(folder);
  if (!file.ok) {
    if (file.error.code === 'not-a-repository') return ok({ state: 'no-repository', file: '', line });
    return file;
  }
  return ok({ state: await stateOf(file.value), file: file.value, line });
}

/** Writes the hook, or writes it again. One that is somebody else's is never touched. */
export async function installHook(
  folder: string,
  command: CheckCommand,
): Promise<Result<HookStanding, HookFailure>> {
  const found = await hookThatIsOurs(folder, command);
  if (!found.ok) return found;
  const { file, line, state } = found.value;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    // `wx`: whatever came there meanwhile is not ours.
    if (state === 'installed') await rm(file);
    await writeFile(file, hookText(command), { mode: 0o755, flag: 'wx' });
    // The mode at its making is what the user's mask left of it.
    await chmod(file, 0o755);
    return ok({ state: 'installed', file, line });
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return fail(failure('hook-foreign', { file, line }));
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
}

/** Removes the hook if it is ours. */
export async function removeHook(
  folder: string,
  command: CheckCommand,
): Promise<Result<HookStanding, HookFailure>> {
  const found = await hookThatIsOurs(folder, command);
  if (!found.ok) return found;
  const { file, line } = found.value;
  try {
    await rm(file, { force: true });
    return ok({ state: 'absent', file, line });
  } catch (error) {
    return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
  }
}

/** Where the hook is or would be; one that is somebody else's is refused. */
async function hookThatIsOurs(
  folder: string,
  command: CheckCommand,
): Promise<Result<HookStanding & { readonly state: 'absent' | 'installed' }, HookFailure>> {
  const line = lineToAdd(command);
  const file = await hookFileOf(folder);
  if (!file.ok) return file;
  const state = await stateOf(file.value);
  if (state === 'foreign') return fail(failure('hook-foreign', { file: file.value, line }));
  return ok({ file: file.value, line, state });
}

async function stateOf(file: string): Promise<'absent' | 'installed' | 'foreign'> {
  try {
    if (!(await lstat(file)).isFile()) return 'foreign';
    return (await readFile(file, 'utf8')).split('\n')[1] === hookMark ? 'installed' : 'foreign';
  } catch (error) {
    // What cannot be looked at is not ours to replace.
    return errnoOf(error) === 'ENOENT' ? 'absent' : 'foreign';
  }
}

/** Where Git looks for the hook: in its own folder, or where `core.hooksPath` says. */
async function hookFileOf(folder: string): Promise<Result<string, HookFailure>> {
  if (!path.isAbsolute(folder)) return fail(failure('path-not-absolute', { file: folder }));
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return fail(failure('folder-gone', { file: folder }));
  const hooks = await hooksFolderOf(folder);
  return hooks.ok ? ok(path.join(hooks.value, 'pre-commit')) : hooks;
}

/** The runner of Git has hooks turned off for itself, so what the user has configured is asked for with where it is from. */
async function hooksFolderOf(folder: string): Promise<Result<string, HookFailure>> {
  const repository = await repositoryOf(folder);
  if (!repository.ok) return fail(gitFailure(repository.error, folder));
  const asked = await runGit(
    folder,
    ['config', '--show-scope', '--null', '--type=path', '--get-all', 'core.hooksPath'],
    { exitCodes: [0, 1] },
  );
  if (!asked.ok) return fail(gitFailure(asked.error, folder));
  const parts = asked.value.stdout.toString('utf8').split('\0');
  const configured = parts.filter((_, index) => index % 2 === 1 && parts[index - 1] !== 'command').at(-1);
  if (configured === undefined) return ok(path.join(repository.value.store, 'hooks'));
  return ok(path.resolve(repository.value.top, configured));
}

function gitFailure(fault: GitFault, folder: string): HookFailure {
  return fault.kind === 'no-repository'
    ? failure('not-a-repository', { folder })
    : failure('git-unavailable', { reason: fault.reason });
}
