import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { contract } from '../shared/ipc/contract.ts';
import type { FeedMessage } from '../shared/ipc/wire.ts';
import { type AppOptions, createApp } from './app.ts';
import { systemClock } from './clock.ts';
import { createDoor, type Door } from './ipc/serve.ts';
import { createLog, type Log } from './log.ts';
import { version } from './version.ts';

/** The app behind its door: all that a host has to connect a page to. */
export interface StartedApp {
  readonly door: Door;
  readonly subscribe: (listener: (message: FeedMessage) => void) => () => void;
  readonly log: Log;
  /** Lets everything come to a good end; answers after `capMs` at the latest, with what is left to the next start. */
  stop(capMs: number): Promise<void>;
}

/** Starts the app on a host, with the machine's own clock and randomness and a log in the data folder. */
export async function startApp(
  host: Pick<
    AppOptions,
    | 'desktop'
    | 'dataFolder'
    | 'fetch'
    | 'launchKeychainWorker'
    | 'sealing'
    | 'sealedBatches'
    | 'leaks'
    | 'openStores'
  >,
): Promise<StartedApp> {
  const random = (bytes: number) => randomBytes(bytes);
  const log = createLog({ folder: join(host.dataFolder, 'logs'), clock: systemClock, random });
  endWithRecord(log);
  const app = await createApp({ ...host, version, clock: systemClock, random, log });
  return {
    door: createDoor({ contract, handlers: app.handlers, log }),
    subscribe: (listener) => app.announcements.subscribe(listener),
    log,
    async stop(capMs) {
      const stopped = app.stop().catch((cause: unknown) => {
        log.failed('stop', cause);
      });
      const cap = new Promise<void>((resolve) => setTimeout(resolve, capMs).unref());
      await Promise.race([stopped, cap]);
    },
  };
}

/**
 * Records what nobody caught, in place of a message that might show a value. After an exception the state is not
 * known, so the process ends; the journal takes up from there at the next start.
 */
function endWithRecord(log: Log): void {
  process.on('unhandledRejection', (cause) => log.failed('unhandled rejection', cause));
  process.on('uncaughtException', (cause) => {
    log.failed('uncaught exception', cause);
    process.exit(1);
  });
}
