import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { readWithDotenv } from './support/read-env.ts';
import { generateKeyAt, goTo } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

test('a key is written over another one’s variable only where that is ticked, and both say so', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  await world.open();
  const first = await generateKeyAt(page, sandbox, { file: envFile });
  await first.getByRole('button', { name: 'Done' }).click();
  const checkout = readWithDotenv(envFile, 'SANDBOX_API_KEY') ?? '';

  await goTo(page, 'Keys');
  await page.getByRole('button', { name: 'Generate key' }).first().click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).fill('Shop live');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  const variable = generate.getByLabel('Variable for API key');
  await expect(variable).toHaveValue('SANDBOX_API_KEY_2');
  await variable.fill('SANDBOX_API_KEY');
  await expect(generate.getByText('SANDBOX_API_KEY in this file holds Shop checkout')).toBeVisible();
  const made = await sandbox.calls('create');
  await generate.getByRole('button', { name: 'Generate key' }).click();
  await expect(generate.getByText('Choose another name, or say that it may be written over.')).toBeVisible();
  expect(await sandbox.calls('create')).toBe(made);
  expect(readWithDotenv(envFile, 'SANDBOX_API_KEY')).toBe(checkout);

  await generate.getByText('Write over Shop checkout').click();
  await generate.getByRole('button', { name: 'Generate key' }).click();
  await page.getByRole('dialog', { name: 'Shop live' }).getByRole('button', { name: 'Done' }).click();
  expect(readWithDotenv(envFile, 'SANDBOX_API_KEY')).not.toBe(checkout);
  await goTo(page, 'Keys');
  await page.getByRole('row', { name: /Shop checkout/ }).click();
  await expect(page.getByText('SANDBOX_API_KEY holds the key “Shop live”.')).toBeVisible();
});

test('what becomes of a line is said before and after it is written, and one file by two paths is one', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  const link = path.join(world.project, 'link.env');
  await world.open();
  const first = await generateKeyAt(page, sandbox, { file: envFile });
  await first.getByRole('button', { name: 'Done' }).click();
  symlinkSync('.env', link);
  writeFileSync(path.join(world.project, 'app.js'), "const a = require('a');\nmodule.exports = a;\n");

  await goTo(page, 'Keys');
  await page.getByRole('row', { name: /Shop checkout/ }).click();
  await page.getByRole('button', { name: 'Write to .env' }).first().click();
  const write = page.getByRole('dialog', { name: 'Write to .env' });
  const file = write.getByLabel('File', { exact: true });
  await file.fill(path.join(world.project, 'app.js'));
  await expect(write.getByText('This does not look like an .env file')).toBeVisible();
  await file.fill(`"${link}"`);
  await write.getByLabel('Variable for API key').fill('RENAMED_KEY');
  await expect(write.getByText(/^SANDBOX_API_KEY becomes RENAMED_KEY:/)).toBeVisible();
  await write.getByRole('button', { name: 'Write to .env' }).click();
  await expect(write.getByText(/^SANDBOX_API_KEY is RENAMED_KEY now/)).toBeVisible();
  await write.getByRole('button', { name: 'Done' }).click();
  expect(readFileSync(envFile, 'utf8')).toMatch(/^RENAMED_KEY=\S+\n$/);
  const files = page.getByRole('list', { name: 'Files' }).getByRole('listitem');
  await expect(files).toHaveCount(1);
  await expect(files).toContainText('In step');

  await page.getByRole('button', { name: 'Close', exact: true }).first().click();
  await page.getByRole('button', { name: 'Generate key' }).first().click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).fill('Twice');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  await generate.getByRole('button', { name: 'Add another file' }).click();
  await generate.getByLabel('File', { exact: true }).nth(1).fill(link);
  await expect(generate.getByText(/^This is a file from above/)).toBeVisible();
  const made = await sandbox.calls('create');
  await generate.getByRole('button', { name: 'Generate key' }).click();
  await expect(generate.getByText(/^SANDBOX_API_KEY is in this file twice/)).toBeVisible();
  expect(await sandbox.calls('create')).toBe(made);
});
