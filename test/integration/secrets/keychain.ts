import { afterAll, beforeAll, describe } from 'vitest';
import { forkKeychainWorker } from '../../../main/secrets/fork-keychain-worker.ts';
import type { KeychainLimits } from '../../../main/secrets/keychain-process.ts';
import type { KeychainWorker } from '../../../main/secrets/keychain-protocol.ts';
import {
  createKeychainSecretStore,
  type KeychainSecretStore,
  keychainLook,
} from '../../../main/secrets/keychain-secret-store.ts';
import { type Keyring, type KeyringOptions, startKeyring } from '../../support/keyring.ts';

const workerFile = new URL('../../../main/secrets/keychain-worker.ts', import.meta.url).pathname;

/** The real store over the session in `env`, as the app builds it on Linux; `workers` collects every process started. */
export function storeOver(
  env: NodeJS.ProcessEnv,
  options: { readonly limits?: Partial<KeychainLimits>; readonly workers?: KeychainWorker[] } = {},
): KeychainSecretStore {
  const fork = forkKeychainWorker(workerFile, env);
  return createKeychainSecretStore({
    launch: () => {
      const worker = fork();
      options.workers?.push(worker);
      return worker;
    },
    look: keychainLook('linux', env),
    platform: 'linux',
    ...(options.limits ? { limits: options.limits } : {}),
  });
}

/** Tests of the real keyring: on Linux they run, and fail where its programs are missing; elsewhere there is none. */
export const describeOnLinux = describe.runIf(process.platform === 'linux');

/** One keyring for all tests of a `describe`. */
export function useKeyring(options: KeyringOptions): { readonly current: () => Keyring } {
  let keyring: Keyring | undefined;
  beforeAll(async () => {
    keyring = await startKeyring(options);
  });
  afterAll(() => keyring?.stop());
  return {
    current() {
      if (!keyring) throw new Error('The keyring has not been started');
      return keyring;
    },
  };
}
