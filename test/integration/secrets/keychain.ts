import { describe } from 'vitest';
import { forkKeychainWorker } from '../../../main/secrets/fork-keychain-worker.ts';
import type { KeychainLimits } from '../../../main/secrets/keychain-process.ts';
import type { KeychainRequest, KeychainWorker } from '../../../main/secrets/keychain-protocol.ts';
import {
  createKeychainSecretStore,
  type KeychainSecretStore,
  keychainLook,
} from '../../../main/secrets/keychain-secret-store.ts';

const workerFile = new URL('../../../main/secrets/keychain-worker.ts', import.meta.url).pathname;

/** The real store over the session in `env`, as the app builds it on Linux. */
export function storeOver(
  env: NodeJS.ProcessEnv,
  options: {
    readonly limits?: Partial<KeychainLimits>;
    /** Every process started, in order. */
    readonly workers?: KeychainWorker[];
    /** Called before each request reaches the process. */
    readonly watch?: (request: KeychainRequest) => void;
  } = {},
): KeychainSecretStore {
  const fork = forkKeychainWorker(workerFile, env);
  return createKeychainSecretStore({
    launch: () => {
      const worker = fork();
      options.workers?.push(worker);
      return {
        ...worker,
        send(request) {
          options.watch?.(request);
          worker.send(request);
        },
      };
    },
    look: keychainLook('linux', env),
    platform: 'linux',
    ...(options.limits ? { limits: options.limits } : {}),
  });
}

/** Tests of the real keyring: on Linux they run, and fail where its programs are missing; elsewhere there is none. */
export const describeOnLinux = describe.runIf(process.platform === 'linux');
