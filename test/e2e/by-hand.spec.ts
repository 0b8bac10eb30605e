import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { callMain } from './support/call-main.ts';
import { assisted, writeDefinition } from './support/own-definitions.ts';
import { readWithDotenv } from './support/read-env.ts';
import type { SandboxServer } from './support/sandbox-server.ts';
import { chooseProvider, goTo } from './support/screens.ts';
import { filesHolding } from './support/search-files.ts';
import { test } from './support/with-sandbox.ts';

async function connectByHand(page: Page, folder: string, sandbox: SandboxServer): Promise<void> {
  const file = await writeDefinition(folder, assisted(sandbox.origin));
  const { digest } = await callMain(page, 'providers.preview', { file });
  await callMain(page, 'providers.addFromFile', { file, digest });
  await callMain(page, 'connections.add', {
    providerId: 'acme-by-hand',
    name: 'Acme',
    environment: 'test',
    settings: {},
    credential: {},
  });
}

test('a key that its provider makes in a dashboard only has the whole life of a key: taken in, replaced, revoked', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  await world.open();
  await page.getByRole('navigation').waitFor();
  await connectByHand(page, world.project, sandbox);
  const first = await sandbox.makeKey('first');

  await goTo(page, 'Providers');
  await page.getByRole('article', { name: 'Acme' }).getByRole('button', { name: 'Generate key' }).click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await expect(generate).toContainText('Press Generate and copy the key.');
  await generate.getByLabel('Name', { exact: true }).fill('Shop');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  await generate.getByLabel('API key', { exact: true }).fill(`${first.key.slice(0, -3)}xyz`);
  await generate.getByRole('button', { name: 'Take in key' }).click();
  await expect(generate).toContainText('does not accept this key');
  expect(existsSync(envFile)).toBe(false);

  await generate.getByLabel('API key', { exact: true }).fill(first.key);
  await generate.getByRole('button', { name: 'Take in key' }).click();
  await expect(generate).toBeHidden();
  await expect.poll(() => readWithDotenv(envFile, 'ACME_API_KEY')).toBe(first.key);

  // The user makes the new key while the app is not even running.
  await goTo(page, 'Keys');
  await page.getByRole('row', { name: /Shop/ }).click();
  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  const rotate = page.getByRole('dialog', { name: /Rotat/ });
  await rotate.getByText('Now', { exact: true }).click();
  await rotate.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(rotate.getByRole('button', { name: 'Take in key' })).toBeVisible();
  await world.restart('kill');
  const second = await sandbox.makeKey('second');
  await goTo(page, 'Rotation');
  await page.getByLabel('API key', { exact: true }).fill(second.key);
  await page.getByRole('button', { name: 'Take in key' }).click();
  await expect.poll(() => readWithDotenv(envFile, 'ACME_API_KEY')).toBe(second.key);

  // Nothing is called revoked on the user's word alone where the provider can be asked.
  await page.getByRole('button', { name: 'I have revoked it' }).click();
  await expect(page.getByText(/still works/).first()).toBeVisible({ timeout: 30_000 });
  await sandbox.revokeKey(first.id);
  await page.getByRole('button', { name: 'I have revoked it' }).click();
  await expect
    .poll(async () => (await callMain(page, 'keys.list', {})).keys.map(({ status }) => status).toSorted())
    .toEqual(['active', 'revoked']);
  expect(await sandbox.statusOf(second.key)).toBe(200);

  for (const { key } of [first, second]) {
    expect(world.answers.count(key)).toBe(0);
    expect(await page.content()).not.toContain(key);
    expect(await filesHolding(world.dataFolder, key)).toEqual([]);
    expect(world.app.output()).not.toContain(key);
  }
});

test('a key of the other environment is told by its beginning, and sent nowhere', async ({ page, world }) => {
  await world.open();
  const form = await chooseProvider(page, 'Paygentic');
  await form.getByText('Test', { exact: true }).click();
  await form.getByRole('button', { name: 'Add provider' }).click();
  await page
    .getByRole('dialog', { name: 'Add provider' })
    .getByRole('button', { name: 'Generate key' })
    .click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).fill('Billing');
  await generate.getByLabel('API key', { exact: true }).fill('sk_live_0123456789abcdef');
  await generate.getByRole('button', { name: 'Take in key' }).click();
  await expect(generate).toContainText('live key');
  expect((await callMain(page, 'keys.list', {})).keys).toEqual([]);
});
