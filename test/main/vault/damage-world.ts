import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp } from '../../../main/app.ts';
import { type Clock, systemClock } from '../../../main/clock.ts';
import { createDoor } from '../../../main/ipc/serve.ts';
import type { KeychainWorkerLauncher } from '../../../main/secrets/keychain-protocol.ts';
import {
  type PassphraseSealing,
  passphraseSealingInPlace,
} from '../../../main/secrets/passphrase-sealing.ts';
import { confStores } from '../../../main/storage/conf-store.ts';
import { contract, type KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { AnswerOf, CallName, InputOf } from '../../../shared/ipc/define.ts';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';
import { createMemoryLog } from '../../fakes/memory-log.ts';
import { leaksProgramOf } from '../../support/leaks-program.ts';

export const passphrase = 'a long enough passphrase';

type Method = CallName<KeyturnContract>;
type ValueOf<N extends Method> = Extract<AnswerOf<KeyturnContract[N]>, { ok: true }>['value'];

/** The real sealing with a lock that is quick to open: what is tested is damage, not guessing. */
const quickSealing: PassphraseSealing = {
  ...passphraseSealingInPlace,
  seal: (bytes, secret) => passphraseSealingInPlace.seal(bytes, secret, 4),
};

const noKeychain: KeychainWorkerLauncher = () => {
  throw new Error('there is no keychain here');
};

/** The whole app over real files and the real sandbox; its secrets are in sealed files, and it knows no keychain. */
export async function startSealed(
  dataFolder: string,
  given: {
    readonly clock?: Clock;
    readonly fetch?: typeof fetch;
    /** A keychain after all, in the session of this process. */
    readonly launchKeychainWorker?: KeychainWorkerLauncher;
  } = {},
) {
  if (given.launchKeychainWorker === undefined) {
    delete process.env.DBUS_SESSION_BUS_ADDRESS;
    delete process.env.XDG_RUNTIME_DIR;
  }
  const log = createMemoryLog();
  const asked: string[] = [];
  const app = await createApp({
    desktop: createMemoryDesktop(),
    dataFolder,
    version: '1.0.0',
    clock: given.clock ?? systemClock,
    random: (bytes) => randomBytes(bytes),
    fetch: async (input, init) => {
      asked.push(
        `${init?.method ?? 'GET'} ${new URL(String(input instanceof Request ? input.url : input)).pathname}`,
      );
      return (given.fetch ?? fetch)(input, init);
    },
    launchKeychainWorker: given.launchKeychainWorker ?? noKeychain,
    sealing: quickSealing,
    sealedBatches: null,
    leaks: leaksProgramOf(dataFolder),
    openStores: confStores,
    log,
  });
  const door = createDoor({ contract, handlers: app.handlers, log });

  async function ask<N extends Method>(
    method: N,
    input: InputOf<KeyturnContract[N]>,
  ): Promise<AnswerOf<KeyturnContract[N]>> {
    // The door has parsed it by this very contract.
    return (await door.call(method, input)) as AnswerOf<KeyturnContract[N]>;
  }

  async function call<N extends Method>(method: N, input: InputOf<KeyturnContract[N]>): Promise<ValueOf<N>> {
    const answer = await ask(method, input);
    if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.value as ValueOf<N>;
  }

  return {
    log,
    /** Every request to a provider, in order. */
    asked,
    ask,
    call,
    async keyNames(): Promise<string[]> {
      return (await call('keys.list', {})).keys.map(({ name }) => name).sort();
    },
    stop: () => app.stop(),
  };
}

export type SealedApp = Awaited<ReturnType<typeof startSealed>>;

/** What every key of the tests is asked for. */
export const wish = {
  request: { scopes: null, expiresInDays: null, restrictions: { ips: [], referrers: [], endpoints: [] } },
  policy: { everyDays: 90 },
};

/** What every file below the folder holds, as hashes. */
export async function hashesIn(folder: string): Promise<Set<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('sandbox'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Set(await Promise.all(files.map(async (file) => hashOf(await readFile(file)))));
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
