import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { browserHostOnly, isElectron } from './support/host.ts';
import { goTo } from './support/screens.ts';

test.skip(isElectron, browserHostOnly);

test('a screen whose script cannot be had says so, and is there after a reload; the rest goes on', async ({
  page,
  world,
}) => {
  // It is to be had again only for the page after this one.
  let pages = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) pages += 1;
  });
  await page.route(/\/assets\/rotation-screen-/, (route) => (pages < 2 ? route.abort() : route.continue()));
  await world.open();
  const places = page.getByRole('navigation', { name: 'Places' });
  await places.getByRole('link', { name: 'Rotation' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('This part of Keyturn could not be loaded');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rotation');
  await goTo(page, 'Activity');
  await places.getByRole('link', { name: 'Rotation' }).click();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rotation');
  await expect(alert).toHaveCount(0);
});

test('once the list is drawn, every script is fetched before anybody asks for what it draws', async ({
  page,
  world,
}) => {
  const fetched = new Set<string>();
  page.on('requestfinished', (request) => fetched.add(path.posix.basename(new URL(request.url()).pathname)));
  await world.open();
  const built = readdirSync(path.join(import.meta.dirname, '../../out/renderer/assets'));
  const scripts = built.filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(20);
  await expect.poll(() => scripts.filter((name) => !fetched.has(name))).toEqual([]);
  await page.route(/\.js$/, (route) => route.abort());
  for (const place of ['Rotation', 'Providers', 'Activity', 'Settings'] as const) await goTo(page, place);
});
