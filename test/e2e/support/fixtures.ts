import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { launchApp, type RunningApp } from '../../support/launch-app.ts';
import { type AnswerRecord, recordAnswers } from './answer-record.ts';
import { exposeSocket } from './call-main.ts';

/** What a test owns: a keyring, folders, and the app in them. */
export interface World {
  readonly keyring: Keyring;
  readonly dataFolder: string;
  /** The user's project, empty. */
  readonly project: string;
  /** The app that runs now; another one after `restart`. */
  readonly app: RunningApp;
  /** Everything that the app ever sent to a page. */
  readonly answers: AnswerRecord;
  /** Opens the app in the page and waits until it shows its first screen. */
  open(page?: Page): Promise<void>;
  /** Ends the app as told, starts it again over the same folders, and opens it. */
  restart(how: 'stop' | 'kill'): Promise<void>;
}

interface Fixtures {
  /** Whether the session has a keychain at all; set with `test.use`. */
  readonly withKeychain: boolean;
  readonly world: World;
}

/** Playwright's `test`, with a world of its own for each test. */
export const test = base.extend<Fixtures>({
  withKeychain: [true, { option: true }],
  world: async ({ page, withKeychain }, use) => {
    const root = await mkdtemp(path.join(tmpdir(), 'keyturn-e2e-'));
    const dataFolder = path.join(root, 'data');
    const project = path.join(root, 'project');
    await mkdir(project);
    const keyring = await startKeyring({ unlock: withKeychain, provider: withKeychain });
    const launch = () => launchApp({ dataFolder, env: keyring.env as Record<string, string> });
    let app = await launch();
    const answers = recordAnswers(page);
    await exposeSocket(page);

    async function open(into: Page = page): Promise<void> {
      await into.goto(app.url);
      await into.getByRole('navigation').or(into.getByRole('main')).first().waitFor();
    }
    try {
      await use({
        keyring,
        dataFolder,
        project,
        get app() {
          return app;
        },
        answers,
        open,
        async restart(how) {
          await (how === 'stop' ? app.stop() : app.kill());
          app = await launch();
          await open();
        },
      });
    } finally {
      await app.kill();
      await keyring.stop();
      await rm(root, { recursive: true, force: true });
    }
  },
});
