import { failure } from '../../shared/domain/failure.ts';
import type { SettingChanges, Settings } from '../../shared/domain/settings.ts';
import type { AppStatus, AskedPlace, appContract } from '../../shared/ipc/app.contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { fail, ok } from '../../shared/result.ts';
import type { FilesCalls } from '../files/files.handlers.ts';
import type { SettingsStore } from '../storage/settings.ts';
import type { Vault } from '../vault/vault.ts';

export interface AppHandlersOptions {
  readonly vault: () => Vault | null;
  readonly status: () => AppStatus;
  readonly settings: SettingsStore;
  readonly settingsChanged: (settings: Settings) => void;
  /** What the user asked for by a notice, and nobody took yet. */
  readonly takeAsked: () => AskedPlace | null;
}

/** What the page may ask about the app around the vault, except for files. */
export function appHandlers(options: AppHandlersOptions): Handlers<Omit<typeof appContract, FilesCalls>> {
  const { vault: openVault, status, settings, settingsChanged, takeAsked } = options;
  return {
    'app.status': () => ok(status()),
    'app.takeAsked': () => ok({ asked: takeAsked() }),
    'settings.get': () => ok(settings.get()),
    'settings.set': async (changes) => {
      const set = await settings.set(present(changes));
      if (set.ok) settingsChanged(set.value);
      return set;
    },
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
