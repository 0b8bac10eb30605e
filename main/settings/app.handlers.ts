import { failure } from '../../shared/domain/failure.ts';
import type { SettingChanges, Settings } from '../../shared/domain/settings.ts';
import type { AppStatus, appContract } from '../../shared/ipc/app.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Desktop } from '../desktop/desktop.ts';
import type { EnvFiles } from '../env-files/env-files.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Vault } from '../vault/vault.ts';

export interface AppHandlersOptions {
  readonly vault: () => Vault | null;
  readonly status: () => AppStatus;
  readonly settings: SettingsStore;
  readonly settingsChanged: (settings: Settings) => void;
  readonly envFiles: EnvFiles;
  readonly desktop: Desktop;
}

/** What the page may ask about the app around the vault. */
export function appHandlers(options: AppHandlersOptions): Handlers<typeof appContract> {
  const { vault: openVault, status, settings, settingsChanged, envFiles, desktop } = options;
  return {
    'app.status': () => ok(status()),
    'settings.get': () => ok(settings.get()),
    'settings.set': async (changes) => {
      const set = await settings.set(present(changes));
      if (set.ok) settingsChanged(set.value);
      return set;
    },
    'files.choose': async ({ title }) => ok(await desktop.chooseFile(title)),
    'files.inspect': ({ file }) => envFiles.inspect(file),
    'activity.page': async ({ before, limit }) => {
      const vault = openVault();
      return vault === null ? fail(failure('vault-closed')) : ok(await vault.activity.page(before, limit));
    },
  };
}

/** The changes that were named; a field that is `undefined` is one that was not. */
function present(changes: SettingChanges): Partial<Settings> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
