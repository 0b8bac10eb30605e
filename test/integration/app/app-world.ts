import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createApp } from '../../../main/app.ts';
import { systemClock } from '../../../main/clock.ts';
import { createDoor } from '../../../main/ipc/serve.ts';
import { forkKeychainWorker } from '../../../main/secrets/fork-keychain-worker.ts';
import { passphraseSealingInPlace } from '../../../main/secrets/passphrase-sealing.ts';
import { confStores } from '../../../main/storage/conf-store.ts';
import { contract, type KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { AnswerOf, CallName, InputOf } from '../../../shared/ipc/define.ts';
import type { FeedMessage } from '../../../shared/ipc/wire.ts';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';
import { createMemoryLog } from '../../fakes/memory-log.ts';
import { leaksProgramOf } from '../../support/leaks-program.ts';

const workerFile = join(import.meta.dirname, '../../../main/secrets/keychain-worker.ts');

type Method = CallName<KeyturnContract>;
type ValueOf<N extends Method> = Extract<AnswerOf<KeyturnContract[N]>, { ok: true }>['value'];

/**
 * The whole app as a host starts it, but for the window: real files, the real sandbox, the real keychain process over
 * the session in `env`. Everything that leaves it is recorded.
 */
export async function startWorld(dataFolder: string, env: NodeJS.ProcessEnv) {
  const desktop = createMemoryDesktop();
  const log = createMemoryLog();
  const requests: string[] = [];
  const exits: Promise<unknown>[] = [];
  const fork = forkKeychainWorker(workerFile, env);
  const app = await createApp({
    desktop,
    dataFolder,
    version: '1.0.0',
    clock: systemClock,
    random: (bytes) => randomBytes(bytes),
    fetch,
    launchKeychainWorker: () => {
      const worker = fork();
      exits.push(new Promise((resolve) => worker.onExit(resolve)));
      return {
        ...worker,
        send(request) {
          requests.push(`${request.do} ${request.account}`);
          worker.send(request);
        },
      };
    },
    sealing: passphraseSealingInPlace,
    sealedBatches: null,
    leaks: leaksProgramOf(dataFolder),
    openStores: confStores,
    log,
  });
  const door = createDoor({ contract, handlers: app.handlers, log });
  const answers: { readonly method: Method; readonly answer: unknown }[] = [];
  const feeds: FeedMessage[] = [];
  app.announcements.subscribe((message) => feeds.push(message));

  async function ask<N extends Method>(
    method: N,
    input: InputOf<KeyturnContract[N]>,
  ): Promise<AnswerOf<KeyturnContract[N]>> {
    const answer = await door.call(method, input);
    answers.push({ method, answer });
    // The door has parsed it by this very contract.
    return answer as AnswerOf<KeyturnContract[N]>;
  }

  return {
    desktop,
    log,
    requests,
    answers,
    feeds,
    ask,
    /** The value of a success; a failure throws. */
    async call<N extends Method>(method: N, input: InputOf<KeyturnContract[N]>): Promise<ValueOf<N>> {
      const answer = await ask(method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value as ValueOf<N>;
    },
    /** Answers when the vault is in the state. */
    async until(state: string): Promise<void> {
      for (;;) {
        const status = await app.handlers['vault.status']({});
        if (status.ok && status.value.vault.state === state) return;
        await systemClock.sleep(20);
      }
    },
    /** Ends the app; answers when its keychain processes have ended too. */
    async stop(): Promise<void> {
      await app.stop();
      await Promise.all(exits);
    },
  };
}

export type AppWorld = Awaited<ReturnType<typeof startWorld>>;

/** What every key of the tests is asked for. */
export const wish = {
  request: { scopes: null, expiresInDays: null, restrictions: { ips: [], referrers: [], endpoints: [] } },
  policy: { everyDays: 90 },
};
