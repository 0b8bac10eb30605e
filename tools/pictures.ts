import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';

const schemes = ['light', 'dark'] as const;

/** Opens a page of the size that the pictures have. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

/** Takes pictures into the folder: `NAME-light.png` and `NAME-dark.png` of what the page shows now. */
export async function createCamera(folder: string) {
  await mkdir(folder, { recursive: true });
  let taken = 0;
  return {
    taken: () => taken,
    async shoot(page: Page, name: string): Promise<void> {
      // What was just pressed is not to look hovered.
      await page.mouse.move(1279, 799);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: path.join(folder, `${name}-${colorScheme}.png`),
          animations: 'disabled',
        });
        taken += 1;
      }
    },
  };
}

export type Camera = Awaited<ReturnType<typeof createCamera>>;
