import { randomBytes } from 'node:crypto';
import { failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { createTurns } from '../turns.ts';
import { itemLimitBytes, translateKeychainError } from './keychain-errors.ts';
import {
  digestOf,
  type Generation,
  headText,
  needsParts,
  parseHead,
  partName,
  splitIntoParts,
} from './keychain-parts.ts';
import { createKeychainProcess, type KeychainLimits, type KeychainTrouble } from './keychain-process.ts';
import type { KeychainAction, KeychainWorkerLauncher } from './keychain-protocol.ts';
import { Secret } from './secret.ts';
import { type KeychainLook, lookAtSecretService } from './secret-service.ts';
import type { SecretName, SecretStore, StoreProbe } from './secret-store.ts';
import { checkStorable } from './storable.ts';

export interface KeychainSecretStore extends SecretStore {
  /** Whether there is a keychain that takes and gives back items. Asks nothing of the user where that can be seen. */
  probe(): Promise<StoreProbe>;
  /** The keychain in words, such as "GNOME Keyring (Secret Service)". */
  describe(): Promise<string>;
}

export interface KeychainOptions {
  readonly launch: KeychainWorkerLauncher;
  readonly limits?: Partial<KeychainLimits>;
  /**
   * Tells an open keychain from a locked one, where a locked one answers "not found" (Linux). Null where "not found"
   * can be relied upon: the macOS Keychain and the Windows Credential Manager answer a locked item with an error.
   */
  readonly look: (() => Promise<KeychainLook>) | null;
  readonly platform: NodeJS.Platform;
}

type Outcome<T> = Result<T, SecretStoreFailure>;

const service = 'keyturn';

/** Longer values are refused: a keychain is no place for files, and every part costs a write. */
const longestValueBytes = 256 * 1024;

/** How the keychain of this system is looked at; `env` says which session's. See `KeychainOptions.look`. */
export function keychainLook(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): KeychainOptions['look'] {
  return platform === 'win32' || platform === 'darwin' ? null : () => lookAtSecretService(env);
}

/**
 * The system's keychain, one item per secret under the service `keyturn`; more items where a value is longer than an
 * item may be. Of an item that is not found it says `secret-gone` only when it has seen, before and after, that
 * the keychain is open and has the vault's own item. It never lists items.
 */
export function createKeychainSecretStore(options: KeychainOptions): KeychainSecretStore {
  const keychain = createKeychainProcess({
    launch: options.launch,
    service,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const turns = createTurns();
  /** How often the keychain has not answered, and with what. */
  let unanswered: { readonly times: number; readonly failure: SecretStoreFailure | null } = {
    times: 0,
    failure: null,
  };

  /** Runs the task when its name is free; whoever waits behind one that got no answer has waited as long. */
  function inTurn<T>(name: string, task: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const asked = unanswered.times;
    return turns(name, async () =>
      unanswered.failure && unanswered.times > asked ? fail(unanswered.failure) : await task(),
    );
  }

  async function call(action: KeychainAction): Promise<Outcome<string | null>> {
    const reply = await keychain.call(action);
    if (reply.ok) return reply;
    const trouble = troubleInWords(reply.error, action);
    if (trouble.code === 'keychain-unanswered') {
      unanswered = { times: unanswered.times + 1, failure: trouble };
    }
    return fail(trouble);
  }
  const read = (account: string) => call({ do: 'get', account });

  /** Says why an item that was not found was not: `secret-gone` if the keychain is the right one, and open. */
  async function whyMissing(name: SecretName): Promise<SecretStoreFailure> {
    const gone = failure('secret-gone', { name });
    if (name !== 'vault' && name !== 'identity') {
      const vault = await read('vault');
      if (!vault.ok) return vault.error;
      if (vault.value !== null) return gone;
    }
    const seen = options.look ? await options.look() : null;
    const closed = seen?.state === 'unknown' ? await tryWriting() : failureSeen(seen);
    if (closed) return closed;
    return name === 'vault' || name === 'identity' ? gone : failure('keychain-foreign');
  }

  /** The item as it stands. A keychain that is opened between two questions is not taken for one without the item. */
  async function readItem(name: SecretName): Promise<Outcome<string>> {
    let missing: SecretStoreFailure = failure('secret-gone', { name });
    for (let look = 0; look < 2; look += 1) {
      const item = await read(name);
      if (!item.ok) return item;
      if (item.value !== null) return ok(item.value);
      missing = await whyMissing(name);
      if (missing.code !== 'secret-gone') return fail(missing);
    }
    return fail(missing);
  }

  async function readValue(name: SecretName): Promise<Outcome<string>> {
    const item = await readItem(name);
    if (!item.ok) return item;
    const head = parseHead(item.value);
    if (!head) return item;
    const parts: string[] = [];
    for (let index = 0; index < head.parts; index += 1) {
      const part = await read(partName(name, head.generation, index));
      if (!part.ok) return part;
      if (part.value === null) return fail(await whyPartMissing(name, index, head.parts));
      parts.push(part.value);
    }
    const value = parts.join('');
    if (digestOf(value) === head.digest) return ok(value);
    return fail(failure('secret-unreadable', { name, reason: 'its parts do not belong together' }));
  }

  async function whyPartMissing(name: SecretName, index: number, of: number): Promise<SecretStoreFailure> {
    const head = await readItem(name);
    if (!head.ok) return head.error;
    return failure('secret-unreadable', { name, reason: `part ${index + 1} of ${of} is missing` });
  }

  /** Sets the item that carries the name: the value itself or, when its parts are in place, their head. */
  async function putItem(name: SecretName, text: string, value: string): Promise<Outcome<void>> {
    const written = await call({ do: 'set', account: name, value: text });
    return written.ok ? await confirm(name, value) : written;
  }

  async function putInParts(name: SecretName, value: string): Promise<Outcome<void>> {
    const old = await readItem(name);
    if (!old.ok && old.error.code !== 'secret-gone' && old.error.code !== 'keychain-foreign') return old;
    const generation = old.ok && parseHead(old.value)?.generation === 'a' ? 'b' : 'a';
    const cleared = await clearParts(name, generation);
    if (!cleared.ok) return cleared;
    const parts = splitIntoParts(value, itemLimitBytes);
    for (const [index, part] of parts.entries()) {
      const written = await call({ do: 'set', account: partName(name, generation, index), value: part });
      if (!written.ok) return written;
    }
    return putItem(name, headText({ generation, parts: parts.length, digest: digestOf(value) }), value);
  }

  async function confirm(name: SecretName, value: string): Promise<Outcome<void>> {
    const back = await readValue(name);
    if (back.ok && back.value === value) return done;
    if (back.ok || back.error.code === 'secret-gone') {
      return fail(failure('secret-not-storable', { reason: 'not-read-back' }));
    }
    return back;
  }

  /** Removes the parts of one generation from the last to the first, so that what a crash leaves is found again. */
  async function clearParts(name: SecretName, generation: Generation): Promise<Outcome<void>> {
    let parts = 0;
    for (;;) {
      const part = await read(partName(name, generation, parts));
      if (!part.ok) return part;
      if (part.value === null) break;
      parts += 1;
    }
    for (let index = parts - 1; index >= 0; index -= 1) {
      const removed = await call({ do: 'delete', account: partName(name, generation, index) });
      if (!removed.ok) return removed;
    }
    return done;
  }

  /** What an earlier value has left. The new value stands, so a failure is no failure of the write; the next one tries again. */
  async function clearOldParts(name: SecretName, head: string | null): Promise<void> {
    const inUse = head === null ? null : parseHead(head)?.generation;
    for (const generation of ['a', 'b'] as const) {
      if (generation !== inUse) await clearParts(name, generation);
    }
  }

  /**
   * Whether the keychain is open and not the vault's own: what is written there would be gone with it. One that is
   * locked is written to all the same, because that is what makes it ask its user.
   */
  async function isForeign(name: SecretName): Promise<boolean> {
    if (name === 'vault' || name === 'identity') return false;
    const vault = await read('vault');
    return vault.ok && vault.value === null && (await whyMissing(name)).code === 'keychain-foreign';
  }

  async function put(name: SecretName, value: string): Promise<Outcome<void>> {
    const bytes = Buffer.byteLength(value);
    if (bytes > longestValueBytes) {
      return fail(failure('secret-too-big', { bytes, limitBytes: longestValueBytes }));
    }
    if (await isForeign(name)) return fail(failure('keychain-foreign'));
    const inParts = needsParts(value, itemLimitBytes);
    const written = await (inParts ? putInParts(name, value) : putItem(name, value, value));
    if (!written.ok) return written;
    const head = inParts ? await read(name) : ok(null);
    if (head.ok) await clearOldParts(name, head.value);
    return done;
  }

  async function drop(name: SecretName): Promise<Outcome<void>> {
    const removed = await call({ do: 'delete', account: name });
    if (!removed.ok) return removed;
    const left = await readItem(name);
    // A locked Secret Service leaves the item where it is, and says nothing.
    if (left.ok) return fail(failureSeen(await lookIfPossible()) ?? failure('keychain-denied'));
    if (left.error.code !== 'secret-gone') return left;
    for (const generation of ['a', 'b'] as const) {
      const cleared = await clearParts(name, generation);
      if (!cleared.ok) return cleared;
    }
    return done;
  }

  const lookIfPossible = async () => (options.look ? await options.look() : null);

  const tryWriting = () => turns('probe', writeProbe);

  /** Writes, reads and removes an item that means nothing. A locked keychain may ask the user to open it. */
  async function writeProbe(): Promise<SecretStoreFailure | null> {
    const value = randomBytes(8).toString('hex');
    const written = await call({ do: 'set', account: 'probe', value });
    if (!written.ok) return written.error;
    const back = await read('probe');
    if (!back.ok) return back.error;
    if (back.value === null) return failure('keychain-locked');
    const removed = await call({ do: 'delete', account: 'probe' });
    return removed.ok ? null : removed.error;
  }

  return {
    kind: 'keychain',
    async put(name, secret) {
      const storable = checkStorable(secret);
      return storable.ok ? await inTurn(name, () => put(name, secret.reveal())) : storable;
    },
    async get(name) {
      const value = await inTurn(name, () => readValue(name));
      return value.ok ? ok(new Secret(value.value)) : value;
    },
    drop: (name) => inTurn(name, () => drop(name)),
    async probe() {
      const seen = await lookIfPossible();
      const closed = !seen || seen.state === 'unknown' ? await tryWriting() : failureSeen(seen);
      return closed ? probeOf(closed) : { state: 'present' };
    },
    async describe() {
      if (options.platform === 'darwin') return 'macOS Keychain';
      if (options.platform === 'win32') return 'Windows Credential Manager';
      const seen = await lookIfPossible();
      return seen && 'provider' in seen ? seen.provider : 'Secret Service';
    },
    close: () => keychain.close(),
  };
}

function troubleInWords(trouble: KeychainTrouble, action: KeychainAction): SecretStoreFailure {
  if (trouble.why === 'unanswered') return failure('keychain-unanswered', { seconds: trouble.seconds });
  if (trouble.why === 'closed') return failure('keychain-locked');
  if (trouble.why === 'stopped') {
    return failure('keychain-absent', { detail: `The keychain's process ended: ${trouble.how}` });
  }
  const bytes = action.do === 'set' ? Buffer.byteLength(action.value) : 0;
  return translateKeychainError(trouble.message, action.do, action.account, bytes);
}

/** Null for an open keychain, and where nothing could be seen. */
function failureSeen(look: KeychainLook | null): SecretStoreFailure | null {
  if (look?.state === 'locked') return failure('keychain-locked');
  if (look?.state === 'denied') return failure('keychain-denied');
  if (look?.state === 'absent') return failure('keychain-absent', { detail: look.detail });
  if (look?.state === 'unanswered') return failure('keychain-unanswered', { seconds: look.seconds });
  return null;
}

function probeOf(trouble: SecretStoreFailure): StoreProbe {
  if (trouble.code === 'keychain-locked') return { state: 'locked' };
  if (trouble.code === 'keychain-denied') return { state: 'denied' };
  if (trouble.code === 'keychain-unanswered') return { state: 'unanswered', seconds: trouble.seconds };
  if (trouble.code === 'keychain-absent') return { state: 'absent', detail: trouble.detail };
  return { state: 'absent', detail: 'reason' in trouble ? trouble.reason : trouble.code };
}
