import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@playwright/test';
import { expectInAnswers } from './support/answer-record.ts';
import { callMain } from './support/call-main.ts';
import { test } from './support/fixtures.ts';
import { readWithDotenv, readWithNode } from './support/read-env.ts';
import { filesHolding } from './support/search-files.ts';

const variable = 'SANDBOX_API_KEY';
const before = '# shop\nexport PORT=3000 # keep me\n';

test('a newcomer generates, copies, delivers, rotates, revokes and deletes a key', async ({
  page,
  world,
}) => {
  const envFile = path.join(world.project, '.env');
  await writeFile(envFile, before);
  await world.open();

  await page.getByRole('button', { name: 'Try it with the sandbox' }).click();
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).fill('Shop checkout');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  await expect(generate.getByLabel('Variable')).toHaveValue(variable);
  await generate.getByRole('button', { name: 'Generate key' }).click();

  const copyOnce = page.getByRole('dialog', { name: 'Shop checkout' });
  await expect(copyOnce.getByRole('button', { name: 'Done' })).toBeVisible();
  const issued = readWithDotenv(envFile, variable) ?? '';
  expect(issued).toMatch(/^sk_test_/);
  expect(readWithNode(envFile, variable)).toBe(issued);
  expect(await readFile(envFile, 'utf8')).toBe(`${before}${variable}=${issued}\n`);

  const [key] = (await callMain(page, 'keys.list', {})).keys;
  const [connection] = (await callMain(page, 'connections.list', {})).connections;
  const lookup = () =>
    world.keyring.secretTool(['lookup', 'service', 'keyturn', 'account', `key/${key?.id}`]);
  expect((await lookup()).stdout).toContain(issued);
  const statusOf = async (value: string) =>
    (await fetch(`${connection?.origin}/v1/me`, { headers: { authorization: `Bearer ${value}` } })).status;
  expect(await statusOf(issued)).toBe(200);

  expectInAnswers(world.answers, issued, 0);
  await copyOnce.getByRole('button', { name: 'Show' }).click();
  await expect(copyOnce).toContainText('Hides itself');
  expectInAnswers(world.answers, issued, 1);
  await copyOnce.getByRole('button', { name: 'Done' }).click();
  await expect(copyOnce).toBeHidden();
  await expect(page.getByText('In 90 days', { exact: true }).first()).toBeVisible();

  await page.getByRole('row', { name: /Shop checkout/ }).click();
  await page.getByRole('button', { name: 'Check key' }).click();
  await expect(page.getByText(/accepts/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  const rotate = page.getByRole('dialog', { name: /Rotate/ });
  await rotate.getByText('Now', { exact: true }).click();
  await rotate.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Copy once' })).toBeVisible();
  await expect.poll(() => statusOf(issued)).toBe(401);
  const replacement = readWithDotenv(envFile, variable) ?? '';
  expect(replacement).not.toBe(issued);
  expect(readWithNode(envFile, variable)).toBe(replacement);
  expect(await statusOf(replacement)).toBe(200);
  expect(await readFile(envFile, 'utf8')).toBe(`${before}${variable}=${replacement}\n`);

  await page.getByRole('dialog').getByRole('button', { name: 'Open the new key' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  const revoke = page.getByRole('dialog', { name: 'Revoke Shop checkout' });
  await expect(revoke).toContainText(envFile);
  await revoke.getByRole('button', { name: 'Revoke', exact: true }).click();
  const revoked = page.getByRole('dialog', { name: 'Revoked Shop checkout' });
  await expect(revoked).toBeVisible();
  expect(await statusOf(replacement)).toBe(401);
  await revoked.getByRole('button', { name: 'Close', exact: true }).last().click();

  for (const value of [issued, replacement]) {
    expect(await filesHolding(world.dataFolder, value)).toEqual([]);
    expect(await page.content()).not.toContain(value);
    expect(world.app.output()).not.toContain(value);
  }
  expectInAnswers(world.answers, replacement, 0);
  expect(await filesHolding(world.project, replacement)).toEqual([envFile]);

  for (const one of (await callMain(page, 'keys.list', {})).keys) {
    await world.goTo(`#/keys/${one.id}`);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /Delete from vault/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete from vault' }).click();
    await expect(page).toHaveURL(/#\/keys$/);
  }
  expect((await lookup()).stdout).toBe('');
  expect((await callMain(page, 'keys.list', {})).keys).toEqual([]);
});
