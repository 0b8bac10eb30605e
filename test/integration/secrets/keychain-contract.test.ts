import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealedFiles, openSealedFiles } from '../../../main/secrets/sealed-file-secret-store.ts';
import { startKeyring } from '../../support/keyring.ts';
import { secretStoreContract } from '../../support/secret-store-contract.ts';
import { describeOnLinux, storeOver } from './keychain.ts';

describeOnLinux('On a real keyring', () => {
  secretStoreContract('The keychain', async () => {
    const keyring = await startKeyring({ unlock: true });
    return {
      store: storeOver(keyring.env),
      reopen: async () => storeOver(keyring.env),
      dispose: () => keyring.stop(),
    };
  });

  secretStoreContract('Sealed files under the real keychain', async () => {
    const keyring = await startKeyring({ unlock: true });
    const root = await mkdtemp(join(tmpdir(), 'keyturn-sealed-'));
    const keychain = storeOver(keyring.env);
    const options = { folder: join(root, 'secrets'), lock: { by: 'keychain', keychain } } as const;
    const made = await createSealedFiles(options);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return {
      store: made.value,
      async reopen() {
        const again = await openSealedFiles(options);
        if (!again.ok) throw new Error(JSON.stringify(again.error));
        return again.value;
      },
      async dispose() {
        await keychain.close();
        await keyring.stop();
        await rm(root, { recursive: true });
      },
    };
  });
});
