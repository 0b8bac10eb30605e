import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { IdentityLock } from '../../../main/secrets/identity-lock.ts';
import type { KeychainMessage, KeychainWorkerLauncher } from '../../../main/secrets/keychain-protocol.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { createSecretPlaces } from '../../../main/secrets/secret-places.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { fail, ok } from '../../../shared/result.ts';
import { newFolder, unwrap } from '../storage/support.ts';

const passphrase = 'a long enough passphrase';

/** A lock that only compares, because the real one takes a second by design. */
const comparingLock: IdentityLock = {
  lock: async (identity, given) => Buffer.from(`${given}\n${identity}`),
  async unlock(bytes, given) {
    const [known, identity] = Buffer.from(bytes).toString().split('\n');
    return known === given && identity !== undefined ? ok(identity) : fail(failure('passphrase-wrong'));
  },
};

async function aMachine() {
  const folder = join(await newFolder(), 'secrets');
  const items = new Map<string, string>();
  let launched = 0;
  let killed = 0;
  const launchKeychainWorker: KeychainWorkerLauncher = () => {
    launched += 1;
    let hear: (message: KeychainMessage) => void = () => undefined;
    return {
      send(request) {
        if (request.do === 'set') items.set(request.account, request.value);
        const value = request.do === 'get' ? (items.get(request.account) ?? null) : null;
        setImmediate(() => hear({ id: request.id, ok: true, value }));
      },
      onMessage(listener) {
        hear = listener;
        setImmediate(() => hear({ ready: true }));
      },
      onExit: () => undefined,
      kill() {
        killed += 1;
      },
    };
  };
  return {
    folder,
    counts: () => ({ launched, killed }),
    places: createSecretPlaces({ folder, launchKeychainWorker, identityLock: comparingLock }),
  };
}

it('keeps one keychain process, lets go of it at closing, and answers with a new one afterwards', async () => {
  const { places, counts } = await aMachine();
  const keychain = places.keychain();
  expect(places.keychain()).toBe(keychain);
  await keychain.put('vault', new Secret('data key'));
  expect(counts()).toEqual({ launched: 1, killed: 0 });
  await keychain.close();
  expect(counts()).toEqual({ launched: 1, killed: 1 });
  expect(await keychain.get('vault')).toEqual(fail(failure('keychain-locked')));
  expect(unwrap(await places.keychain().get('vault')).reveal()).toBe('data key');
  expect(counts().launched).toBe(2);
  await places.keychain().close();
});

it('knows sealed files by their folder alone, and opens them with their passphrase only', async () => {
  const { places, folder } = await aMachine();
  expect(await places.hasSealedFiles()).toEqual(ok(false));
  const sealed = unwrap(await places.createSealedFiles(passphrase));
  await sealed.put('vault', new Secret('data key'));
  await sealed.close();
  expect(await places.hasSealedFiles()).toEqual(ok(true));
  expect(await places.openSealedFiles('some other passphrase')).toEqual(fail(failure('passphrase-wrong')));
  const opened = unwrap(await places.openSealedFiles(passphrase));
  expect(unwrap(await opened.get('vault')).reveal()).toBe('data key');
  await rm(folder, { recursive: true });
  expect(await places.hasSealedFiles()).toEqual(ok(false));
});

it('sets up nothing over sealed files that hold a vault: they open with their own passphrase', async () => {
  const { places } = await aMachine();
  const first = unwrap(await places.createSealedFiles(passphrase));
  await first.put('vault', new Secret('data key'));
  const again = unwrap(await places.createSealedFiles(passphrase));
  expect(unwrap(await again.get('vault')).reveal()).toBe('data key');
  expect(await places.createSealedFiles('some other passphrase')).toMatchObject({
    error: { code: 'storage-failed' },
  });
  expect(unwrap(await first.get('vault')).reveal()).toBe('data key');
});
