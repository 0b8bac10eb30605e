import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { searchContract } from '../../shared/ipc/search.contract.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Git } from '../git/git.ts';
import type { SearchRun } from '../search-run.ts';
import type { Vault } from '../vault/vault.ts';
import type { CheckCommand } from './hook-text.ts';
import { installHook, removeHook, standingOfHook } from './hooks.ts';
import { type LeakSearch, type LeakSearchFailure, searchLeaks } from './search-leaks.ts';

/** What of the program itself the search for leaks needs, which every host has elsewhere. */
export interface LeaksProgram {
  /** `leaks-worker.ts` or its bundle. */
  readonly workerFile: string;
  /** How a hook starts the check of what is staged. */
  readonly checkCommand: CheckCommand;
}

export interface LeaksHandlersOptions extends LeaksProgram {
  readonly vault: () => Vault | null;
  readonly git: Pick<Git, 'standingOf'>;
  readonly search: Pick<SearchRun, 'start'>;
}

type LeaksCalls = Pick<
  typeof searchContract,
  'leaks.search' | 'leaks.hook' | 'leaks.installHook' | 'leaks.removeHook'
>;

type LeaksSearched = Result<LeakSearch, LeakSearchFailure | Failure<'vault-closed'>>;

const vaultClosed = () => fail(failure('vault-closed'));

/** What the page may ask about leaks; nothing of it without an open vault. */
export function leaksHandlers(options: LeaksHandlersOptions): Handlers<LeaksCalls> {
  const { vault: openVault, git, search, workerFile, checkCommand } = options;
  return {
    'leaks.search': async (asked) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      return search.start(async (signal, progress): Promise<LeaksSearched> => {
        const searched = await searchLeaks({ vault, git, workerFile, signal, progress }, asked);
        // Locked meanwhile: what was found is of a vault that is not open any more.
        return openVault() === vault ? searched : vaultClosed();
      });
    },
    'leaks.hook': async ({ folder }) =>
      openVault() === null ? vaultClosed() : standingOfHook(folder, checkCommand),
    'leaks.installHook': async ({ folder }) =>
      openVault() === null ? vaultClosed() : installHook(folder, checkCommand),
    'leaks.removeHook': async ({ folder }) =>
      openVault() === null ? vaultClosed() : removeHook(folder, checkCommand),
  };
}
