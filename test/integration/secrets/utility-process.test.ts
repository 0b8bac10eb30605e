import { fork } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workerEnvironment } from '../../../main/secrets/fork-keychain-worker.ts';
import type { KeychainWorkerLauncher } from '../../../main/secrets/keychain-protocol.ts';
import { createKeychainSecretStore, keychainLook } from '../../../main/secrets/keychain-secret-store.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { describeOnLinux } from './keychain.ts';

/** What Electron gives a utility process, on top of a plain child: messages come wrapped, over `process.parentPort`. */
const parentPort = `data:text/javascript,process.parentPort = {
  on: (event, listener) => process.on(event, (data) => listener({ data })),
  postMessage: (message) => process.send(message),
};`;

const workerFile = new URL('../../../main/secrets/keychain-worker.ts', import.meta.url).pathname;

const launchOver =
  (env: NodeJS.ProcessEnv): KeychainWorkerLauncher =>
  () => {
    const child = fork(workerFile, [], {
      env: workerEnvironment(env),
      execArgv: ['--import', parentPort],
    });
    return {
      send: (request) => child.send(request),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', () => listener('exit')),
      kill: () => child.kill('SIGKILL'),
    };
  };

describeOnLinux('Where the worker runs as a utility process', () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());

  test('it speaks over the parent port, and the keychain keeps what it is given', async () => {
    const store = createKeychainSecretStore({
      launch: launchOver(keyring.env),
      look: keychainLook('linux', keyring.env),
      platform: 'linux',
    });
    expect((await store.put('vault', new Secret('data key'))).ok).toBe(true);
    const got = await store.get('vault');
    expect(got.ok && got.value.reveal()).toBe('data key');
    await store.close();
  });
});
