import { createMemorySecretStore } from '../../fakes/memory-secret-store.ts';
import { secretStoreContract } from '../../support/secret-store-contract.ts';

secretStoreContract('The store in memory', async () => {
  const store = createMemorySecretStore();
  return {
    store,
    reopen: async () => createMemorySecretStore({ items: store.items }),
    dispose: async () => undefined,
  };
});
