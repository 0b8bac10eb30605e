import { utilityProcess } from 'electron';
import { workerEnvironment } from '../../secrets/fork-keychain-worker.ts';
import type { KeychainMessage, KeychainWorkerLauncher } from '../../secrets/keychain-protocol.ts';

/** Starts the keychain worker as Electron's utility process. `file` is its bundle. */
export function utilityKeychainWorker(file: string, env: NodeJS.ProcessEnv): KeychainWorkerLauncher {
  return () => {
    const child = utilityProcess.fork(file, [], {
      env: workerEnvironment(env),
      execArgv: [],
      stdio: 'ignore',
      serviceName: 'Keyturn keychain',
    });
    return {
      send: (request) => child.postMessage(request),
      onMessage: (listener) => child.on('message', (message) => listener(message as KeychainMessage)),
      onExit: (listener) => {
        child.once('exit', (code) => listener(`exit code ${code}`));
      },
      kill: () => {
        child.kill();
      },
    };
  };
}
