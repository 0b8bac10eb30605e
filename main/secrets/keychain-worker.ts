import type { KeychainAnswer, KeychainMessage, KeychainRequest } from './keychain-protocol.ts';

/*
 * The process that talks to the system's keychain, and the only file that names `keytar`. On its own, because a
 * call that waits at a prompt cannot be cancelled and holds a thread that file access needs, because libsecret
 * never recovers from a restarted daemon, and because a crash in native code must not take the app along.
 * It is a plain Node process (messages over `process`) or Electron's utility process (over `parentPort`).
 */

type Keytar = typeof import('keytar');

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
let keytar: Promise<Keytar> | undefined;

async function loadKeytar(): Promise<Keytar> {
  // A CommonJS module whose exports Node cannot list: they stand in its default export.
  const loaded = (await import('keytar')) as unknown as { default: Keytar };
  return loaded.default;
}

async function perform(request: KeychainRequest): Promise<string | null> {
  keytar ??= loadKeytar();
  const { getPassword, setPassword, deletePassword } = await keytar;
  if (request.do === 'get') return await getPassword(request.service, request.account);
  if (request.do === 'set') await setPassword(request.service, request.account, request.value);
  else await deletePassword(request.service, request.account);
  return null;
}

async function answer(request: KeychainRequest): Promise<KeychainAnswer> {
  try {
    return { id: request.id, ok: true, value: await perform(request) };
  } catch (error) {
    return { id: request.id, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function say(message: KeychainMessage): void {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}

async function hear(message: unknown): Promise<void> {
  // Only the parent holds the other end of the channel, and it sends nothing else.
  say(await answer(message as KeychainRequest));
}

if (parentPort) {
  parentPort.on('message', (event) => void hear(event.data));
} else {
  process.on('message', (message) => void hear(message));
  // An ordinary exit would wait for a thread that waits at a prompt.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
say({ ready: true });
