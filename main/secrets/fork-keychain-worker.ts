import { fork } from 'node:child_process';
import type { KeychainMessage, KeychainWorkerLauncher } from './keychain-protocol.ts';

/**
 * Starts the worker as a child of plain Node. `file` is `keychain-worker.ts` or its bundle; `env` says which
 * session bus and home it sees.
 */
export function forkKeychainWorker(file: string, env: NodeJS.ProcessEnv): KeychainWorkerLauncher {
  return () => {
    const child = fork(file, [], {
      env: workerEnvironment(env),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return {
      send: (request) => {
        // A channel that has just closed is told by `exit`; nothing to do about it here.
        child.send(request, () => undefined);
      },
      onMessage: (listener) => child.on('message', (message) => listener(message as KeychainMessage)),
      onExit: (listener) => {
        child.once('error', (error) => listener(error.message));
        child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`));
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
}

/** The environment for a worker: messages of the system's libraries in English, because they are recognised by their text. */
export function workerEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, LC_ALL: 'C.UTF-8', LANGUAGE: 'C' };
}
