import type { appContract } from '../../shared/ipc/app.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { ok } from '../../shared/result.ts';
import type { Desktop } from '../desktop/desktop.ts';
import type { EnvFiles } from '../env-files/env-files.ts';
import type { Git } from '../git/git.ts';

export interface FilesHandlersOptions {
  readonly envFiles: Pick<EnvFiles, 'inspect'>;
  readonly git: Git;
  readonly desktop: Pick<Desktop, 'chooseFile' | 'chooseFolder'>;
}

/** The calls of the contract that are answered here. */
export type FilesCalls = `files.${'choose' | 'chooseFolder' | 'inspect' | 'ignore'}`;

/** What the page may ask about files and folders of the user's. */
export function filesHandlers(options: FilesHandlersOptions): Handlers<Pick<typeof appContract, FilesCalls>> {
  const { envFiles, git, desktop } = options;
  return {
    'files.choose': async ({ title }) => ok(await desktop.chooseFile(title)),
    'files.chooseFolder': async ({ title }) => ok(await desktop.chooseFolder(title)),
    'files.inspect': async ({ file, fields }) => {
      const [inspected, standing] = await Promise.all([envFiles.inspect(file, fields), git.standingOf(file)]);
      return inspected.ok ? ok({ ...inspected.value, git: standing }) : inspected;
    },
    'files.ignore': ({ file }) => git.ignore(file),
  };
}
