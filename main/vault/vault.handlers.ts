import { failure } from '../../shared/domain/failure.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { vaultContract } from '../../shared/ipc/vault.contract.ts';
import { fail, ok } from '../../shared/result.ts';
import type { KeptDamage } from './kept-damage.ts';
import type { Vault } from './vault.ts';
import type { VaultKeeper } from './vault-keeper.ts';

/** What the page may ask about the vault as a whole. `damageOf`: what was kept of damage in the vault that is open. */
export function vaultHandlers(
  keeper: VaultKeeper,
  damageOf: (vault: Vault) => KeptDamage | null,
): Handlers<typeof vaultContract> {
  const damage = (): KeptDamage | null => {
    const open = keeper.current();
    return open === null ? null : damageOf(open);
  };

  return {
    'vault.status': () => ok(keeper.status()),
    'vault.retry': () => keeper.open(),
    'vault.useKeychain': () => keeper.useKeychain(),
    'vault.usePassphrase': ({ passphrase }) => keeper.usePassphrase(passphrase),
    'vault.unlock': ({ passphrase }) => keeper.unlock(passphrase),
    'vault.lock': async () => ok(await keeper.lock()),
    'vault.setAside': async () => {
      const files = (await damage()?.list()) ?? fail(failure('vault-closed'));
      return files.ok ? ok({ files: files.value }) : files;
    },
    'vault.putBack': async ({ file }) => damage()?.putBack(file) ?? fail(failure('vault-closed')),
  };
}
