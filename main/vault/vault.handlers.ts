import type { Handlers } from '../../shared/ipc/define.ts';
import type { vaultContract } from '../../shared/ipc/vault.contract.ts';
import { ok } from '../../shared/result.ts';
import type { VaultKeeper } from './vault-keeper.ts';

/** What the page may ask about the vault as a whole. */
export function vaultHandlers(keeper: VaultKeeper): Handlers<typeof vaultContract> {
  return {
    'vault.status': () => ok(keeper.status()),
    'vault.retry': () => keeper.open(),
    'vault.useKeychain': () => keeper.useKeychain(),
    'vault.usePassphrase': ({ passphrase }) => keeper.usePassphrase(passphrase),
    'vault.unlock': ({ passphrase }) => keeper.unlock(passphrase),
    'vault.lock': async () => ok(await keeper.lock()),
  };
}
