import type { VariableHolder } from '../../shared/domain/env-file.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { appContract } from '../../shared/ipc/app.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { ok } from '../../shared/result.ts';
import type { Desktop } from '../desktop/desktop.ts';
import type { EnvFiles, HolderOf } from '../env-files/env-files.ts';
import type { Git } from '../git/git.ts';

/** What the vault knows of one file. */
export interface KeysInFile {
  readonly holderOf: HolderOf;
  /** The variables that other keys are written to there, whether they are in the file or not. */
  readonly followed: ReadonlyMap<string, VariableHolder>;
  /** Of each place of the key there, the variables that hold its fields now. */
  readonly own: readonly Readonly<Record<string, string>>[];
}

export interface FilesHandlersOptions {
  readonly envFiles: Pick<EnvFiles, 'pathOf' | 'realPathOf' | 'inspect'>;
  /** What the vault knows of a file at `paths`, for a key or a new one; null while none is open. */
  readonly keysIn: (paths: readonly string[], self: KeyId | null) => Promise<KeysInFile | null>;
  readonly git: Git;
  readonly desktop: Pick<Desktop, 'chooseFile' | 'chooseFolder'>;
}

/** The calls of the contract that are answered here. */
export type FilesCalls = `files.${'choose' | 'chooseFolder' | 'inspect' | 'ignore'}`;

/** What the page may ask about files and folders of the user's. */
export function filesHandlers(options: FilesHandlersOptions): Handlers<Pick<typeof appContract, FilesCalls>> {
  const { envFiles, keysIn, git, desktop } = options;
  return {
    'files.choose': async ({ title }) => ok(await desktop.chooseFile(title)),
    'files.chooseFolder': async ({ title }) => ok(await desktop.chooseFolder(title)),
    'files.inspect': async ({ file: typed, fields, keyId = null }) => {
      const file = envFiles.pathOf(typed);
      const real = await envFiles.realPathOf(file);
      if (!real.ok) return real;
      const keys = await keysIn([file, real.value], keyId);
      const [inspected, standing] = await Promise.all([
        envFiles.inspect(file, fields, keys?.holderOf),
        git.standingOf(file),
      ]);
      if (!inspected.ok) return inspected;
      const held = { ...Object.fromEntries(keys?.followed ?? []), ...inspected.value.held };
      return ok({ ...inspected.value, held, own: [...(keys?.own ?? [])], git: standing });
    },
    'files.ignore': ({ file }) => git.ignore(envFiles.pathOf(file)),
  };
}
