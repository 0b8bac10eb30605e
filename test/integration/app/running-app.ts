import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { type AppWorld, startWorld } from './app-world.ts';

/** The whole app as it runs now, over one keyring; each test has a vault and a folder of its own. */
export interface RunningApp {
  readonly keyring: Keyring;
  /** The user's folder; the app's own is `data` in it. */
  readonly folder: string;
  /** Another one after `start`. */
  readonly app: AppWorld;
  /** Starts the app over the same folder and keyring; the one before must have been stopped. */
  start(): Promise<void>;
}

/** Runs the app for each test of the `describe` that this is called in. */
export function runTheApp(): RunningApp {
  let keyring: Keyring;
  let folder: string;
  let app: AppWorld;

  async function start(): Promise<void> {
    app = await startWorld(join(folder, 'data'), keyring.env);
    await app.until('open');
  }

  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-app-'));
    for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'])
      vi.stubEnv(name, keyring.env[name]);
    await start();
  });
  afterEach(async () => {
    await app.stop();
    vi.unstubAllEnvs();
    await keyring.secretTool(['clear', 'service', 'keyturn']);
    await rm(folder, { recursive: true, force: true });
  });

  return {
    get keyring() {
      return keyring;
    },
    get folder() {
      return folder;
    },
    get app() {
      return app;
    },
    start,
  };
}
