import { expect, it } from 'vitest';
import type { KeychainMessage, KeychainWorker } from '../../../main/secrets/keychain-protocol.ts';
import { createKeychainSecretStore } from '../../../main/secrets/keychain-secret-store.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { keyName } from '../../support/secret-store-contract.ts';

/** A keychain that says of every write that it went well, and keeps what `keep` makes of the value. */
function keychainThatKeeps(keep: (value: string) => string | null) {
  const items = new Map<string, string>([['vault', 'data key']]);
  const launch = (): KeychainWorker => {
    let hear: (message: KeychainMessage) => void = () => undefined;
    setTimeout(() => hear({ ready: true }));
    return {
      send(request) {
        const { id, account } = request;
        if (request.do === 'set') {
          const kept = keep(request.value);
          if (kept !== null) items.set(account, kept);
        }
        const value = request.do === 'get' ? (items.get(account) ?? null) : null;
        setTimeout(() => hear({ id, ok: true, value }));
      },
      onMessage(listener) {
        hear = listener;
      },
      onExit: () => undefined,
      kill: () => undefined,
    };
  };
  return createKeychainSecretStore({ launch, look: null, platform: 'linux' });
}

const notReadBack = { ok: false, error: failure('secret-not-storable', { reason: 'not-read-back' }) };

it.each([
  ['keeps nothing', () => null],
  ['keeps another value', (value: string) => value.slice(0, -1)],
])('a value is not called stored by a keychain that %s and says that all is well', async (_what, keep) => {
  const store = keychainThatKeeps(keep);
  expect(await store.put(keyName('a'), new Secret('sk_value'))).toEqual(notReadBack);
  await store.close();
});

it('a value that is read back as it was written is stored', async () => {
  const store = keychainThatKeeps((value) => value);
  expect(await store.put(keyName('a'), new Secret('sk_value'))).toEqual({ ok: true, value: undefined });
  await store.close();
});
