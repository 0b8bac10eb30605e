import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type ElectronApplication, type Page } from '@playwright/test';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import type { RunningApp } from '../../support/launch-app.ts';
import { type AnswerRecord, recordAnswers } from './answer-record.ts';
import { exposeSocket } from './call-main.ts';
import { asRunningApp, isElectron, launchBrowserHost, launchElectron } from './host.ts';

/** The folders and the keyring that belong to one test. */
export interface Place {
  readonly keyring: Keyring;
  readonly dataFolder: string;
  /** The user's project, empty. */
  readonly project: string;
}

/** What a test owns: its place, and the app in it. */
export interface World extends Place {
  /** The app that runs now; another one after `restart`. */
  readonly app: RunningApp;
  /** Everything that the app ever sent to a page. */
  readonly answers: AnswerRecord;
  /** Opens the app in the page and waits until it shows its first screen. */
  open(page?: Page): Promise<void>;
  /** Goes to an address within the app, such as `#/settings`. */
  goTo(hash: string): Promise<void>;
  /** Ends the app as told, starts it again over the same folders, and opens it. Browser host only. */
  restart(how: 'stop' | 'kill'): Promise<void>;
}

interface Fixtures {
  /** Whether the session has a keychain at all; set with `test.use`. */
  readonly withKeychain: boolean;
  readonly place: Place;
  /** The app in Electron; null in the browser host. */
  readonly electron: ElectronApplication | null;
  readonly world: World;
}

const placeOf = ({ dataFolder, keyring }: Place) => ({
  dataFolder,
  env: keyring.env as Record<string, string>,
});

/** Playwright's `test`, with a world of its own for each test, in whichever host the run is for. */
export const test = base.extend<Fixtures>({
  withKeychain: [true, { option: true }],
  place: async ({ withKeychain }, use) => {
    const root = await mkdtemp(path.join(tmpdir(), 'keyturn-e2e-'));
    const project = path.join(root, 'project');
    await mkdir(project);
    const keyring = await startKeyring({ unlock: withKeychain, provider: withKeychain });
    try {
      await use({ keyring, dataFolder: path.join(root, 'data'), project });
    } finally {
      await keyring.stop();
      await rm(root, { recursive: true, force: true });
    }
  },
  electron: async ({ place }, use) => {
    const electron = isElectron ? await launchElectron(placeOf(place)) : null;
    await use(electron);
    await electron?.close();
  },
  page: async ({ page, electron }, use) => {
    await use(electron === null ? page : await electron.firstWindow());
  },
  world: async ({ page, place, electron }, use) => {
    const launch = () =>
      electron === null ? launchBrowserHost(placeOf(place)) : Promise.resolve(asRunningApp(electron));
    let app = await launch();
    const answers = recordAnswers(page);
    if (electron === null) await exposeSocket(page);

    async function open(into: Page = page): Promise<void> {
      if (electron === null) await into.goto(app.url);
      await into.getByRole('navigation').or(into.getByRole('main')).first().waitFor();
    }
    try {
      await use({
        ...place,
        get app() {
          return app;
        },
        answers,
        open,
        async goTo(hash) {
          await page.evaluate((to) => {
            window.location.hash = to;
          }, hash);
        },
        async restart(how) {
          await (how === 'stop' ? app.stop() : app.kill());
          app = await launch();
          await open();
        },
      });
    } finally {
      if (electron === null) await app.kill();
    }
  },
});
