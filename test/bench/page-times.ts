import type { Browser, Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../support/launch-app.ts';
import type { SeededVault } from './seeded-vault.ts';

/** One start of the app, in milliseconds. */
export interface StartTimes {
  /** Process start to the ready line. */
  readonly readyMs: number;
  /** The address is opened in a fresh tab, to the first painted rows. */
  readonly pageMs: number;
  /** Process start to the first painted rows. */
  readonly totalMs: number;
}

export interface OpenApp {
  readonly app: RunningApp;
  readonly page: Page;
  readonly times: StartTimes;
  close(): Promise<void>;
}

/** Starts the app over the vault and opens it in a browser that runs already; answers when rows are painted. */
export async function openApp(browser: Browser, { dataFolder, env }: SeededVault): Promise<OpenApp> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript({ content: watchPage });
  const startedAt = now();
  const app = await launchApp({ dataFolder, env });
  const readyAt = now();
  await page.goto(app.url);
  const rowsAt = (await page.evaluate('window.bench.rowsPainted')) as number;
  return {
    app,
    page,
    times: { readyMs: readyAt - startedAt, pageMs: rowsAt - readyAt, totalMs: rowsAt - startedAt },
    async close() {
      await context.close();
      await app.stop();
    },
  };
}

/** Types into the search field and takes it back; the milliseconds from each key's press to the painted outcome. */
export async function keystrokeTimes(page: Page, text: string): Promise<number[]> {
  await page.getByLabel('Search keys').focus();
  const times: number[] = [];
  for (const key of [...text, ...[...text].map(() => 'Backspace')]) {
    await page.keyboard.press(key);
    times.push((await page.evaluate('window.bench.keyPainted')) as number);
  }
  return times;
}

const now = () => performance.timeOrigin + performance.now();

/**
 * Runs in the page before its own script. A message sent from an animation frame arrives after that frame was painted;
 * a press counts from the time that the browser put on it.
 */
const watchPage = `
  const bench = {};
  window.bench = bench;
  const painted = (since) => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now() - since);
    port2.postMessage(null);
  }));
  bench.rowsPainted = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('[role=grid] [role=row] [role=gridcell]') === null) return;
      observer.disconnect();
      resolve(painted(-performance.timeOrigin));
    }).observe(document, { childList: true, subtree: true });
  });
  let pressedAt = 0;
  addEventListener('keydown', (event) => { pressedAt = event.timeStamp; }, true);
  addEventListener('input', () => { bench.keyPainted = painted(pressedAt); }, true);
`;
