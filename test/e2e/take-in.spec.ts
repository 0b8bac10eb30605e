import path from 'node:path';
import { expect } from '@playwright/test';
import { callMain } from './support/call-main.ts';
import { readWithDotenv } from './support/read-env.ts';
import { addSandbox, goTo } from './support/screens.ts';
import { filesHolding } from './support/search-files.ts';
import { test } from './support/with-sandbox.ts';

test('a pasted key is recognised by its form, and asked about where several providers could have made it', async ({
  page,
  world,
}) => {
  await world.open();
  await page.getByRole('button', { name: 'Take in a key' }).first().click();
  const takeIn = page.getByRole('dialog', { name: 'Take in a key' });
  await takeIn.getByLabel('Key', { exact: true }).fill(`sk-or-v1-${'0e6f'.repeat(16)}`);
  await takeIn.getByLabel('Key', { exact: true }).blur();
  await expect(takeIn.getByRole('button', { name: /OpenRouter/ })).toBeVisible();
  await takeIn.getByLabel('Key', { exact: true }).fill('sk_live_0123456789abcdefABCDEF0123456789');
  await takeIn.getByLabel('Key', { exact: true }).blur();
  await expect(takeIn.getByText('Which provider is it from?')).toBeVisible();
  await takeIn.getByRole('button', { name: /Which provider is it from/ }).click();
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.filter({ hasText: 'Stripe' }).first()).toContainText('The form fits');
  await expect(options.filter({ hasText: 'Paygentic' }).first()).toContainText('The form fits');
});

test('a stray is adopted by pasting it: stored, delivered, in step, and nowhere else', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  await world.open();
  const added = await addSandbox(page, sandbox);
  await added.getByRole('button', { name: 'Close', exact: true }).last().click();
  const stray = await sandbox.makeKey('Made by a colleague');
  await sandbox.makeKey('Nobody knows');

  await goTo(page, 'Providers');
  const compare = () => page.getByRole('button', { name: /Compare/ }).click();
  await compare();
  const row = page.getByRole('row', { name: /Made by a colleague/ });
  await row.getByRole('button', { name: 'Adopt' }).click();
  const takeIn = page.getByRole('dialog', { name: 'Take in a key' });
  await expect(takeIn.getByLabel('Name', { exact: true })).toHaveValue('Made by a colleague');
  await takeIn.getByLabel('Key', { exact: true }).fill(stray.key);
  await takeIn.getByLabel('File', { exact: true }).fill(envFile);
  await takeIn.getByRole('button', { name: 'Take in key' }).click();
  await expect(takeIn).toBeHidden();
  expect(readWithDotenv(envFile, 'SANDBOX_API_KEY')).toBe(stray.key);

  const [connection] = (await callMain(page, 'connections.list', {})).connections;
  if (connection === undefined) throw new Error('The connection is gone');
  const { keys } = await callMain(page, 'connections.compare', { id: connection.id, answers: {} });
  expect(keys.map(({ name, standing }) => [name, standing])).toEqual([
    ['Nobody knows', 'stray'],
    ['Made by a colleague', 'in-step'],
  ]);
  expect(await sandbox.calls('create')).toBe(0);
  expect(world.answers.count(stray.key)).toBe(0);
  expect(await filesHolding(world.dataFolder, stray.key)).toEqual([]);

  // Taken in, it is a key like any other: the vault knows it when it is pasted again.
  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Take in a key' }).first().click();
  await takeIn.getByLabel('Key', { exact: true }).fill(stray.key);
  await expect(takeIn).toContainText('The vault holds this key already');
});
