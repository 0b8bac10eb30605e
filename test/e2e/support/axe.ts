import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Looks at what the page shows with axe, and at its contrast once more in the dark: nothing may be found. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // What is said aloud stands there for seven seconds, also when the thing that it names has gone meanwhile.
  const axe = () => new AxeBuilder({ page }).exclude('[data-live-announcer]');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectNone(axe(), `${what}, light`);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  // Two frames: the colours of the other scheme are on the screen then, also of what was changing meanwhile.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expectNone(axe().withRules(['color-contrast']), `${what}, dark`);
}

async function expectNone(axe: AxeBuilder, what: string): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  expect.soft(found, what).toEqual([]);
}
