import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@playwright/test';
import { type Registry, startVerdaccio } from '../support/verdaccio.ts';
import { expectInAnswers } from './support/answer-record.ts';
import { callMain } from './support/call-main.ts';
import { test as base } from './support/fixtures.ts';
import { readWithDotenv, readWithNode } from './support/read-env.ts';
import { chooseProvider } from './support/screens.ts';
import { filesHolding } from './support/search-files.ts';

const variable = 'NPM_TOKEN';
const before = 'REGISTRY=http://localhost\n# the token follows\n';

const test = base.extend<{ readonly registry: Registry }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  registry: async ({}, use) => {
    const registry = await startVerdaccio();
    await use(registry);
    await registry.stop();
  },
});

/** What the registry says to the one who shows this token. */
async function whoami({ url }: Registry, token: string): Promise<string> {
  const answer = await fetch(`${url}/-/whoami`, { headers: { authorization: `Bearer ${token}` } });
  return answer.ok ? `${answer.status} ${((await answer.json()) as { username?: string }).username}` : 'no';
}

async function tokensAt({ url, token }: Registry): Promise<number> {
  const answer = await fetch(`${url}/-/npm/v1/tokens`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { objects: unknown[] }).objects.length;
}

test('a token of a real registry is generated, delivered, rotated, revoked and deleted, and leaks nowhere', async ({
  page,
  world,
  registry,
}) => {
  const envFile = path.join(world.project, '.env');
  await writeFile(envFile, before);
  await world.open();

  const form = await chooseProvider(page, 'npm registry');
  await form.getByLabel('Registry address').fill(registry.url);
  await form.getByLabel('Access token').fill(registry.token);
  await form.getByRole('button', { name: 'Add provider' }).click();
  const added = page.getByRole('dialog', { name: 'Add provider' });
  await expect(added).toContainText('npm registry is connected');
  await added.getByRole('button', { name: 'Generate key' }).click();

  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await generate.getByLabel('Name', { exact: true }).fill('Release robot');
  await generate.getByLabel('File', { exact: true }).fill(envFile);
  await expect(generate.getByLabel('Variable')).toHaveValue(variable);
  await generate.getByLabel('Account password').fill(registry.password);
  await generate.getByRole('button', { name: 'Generate key' }).click();

  const copyOnce = page.getByRole('dialog', { name: 'Release robot' });
  await expect(copyOnce.getByRole('button', { name: 'Done' })).toBeVisible();
  const issued = readWithDotenv(envFile, variable) ?? '';
  expect(readWithNode(envFile, variable)).toBe(issued);
  expect(await readFile(envFile, 'utf8')).toBe(`${before}${variable}=${issued}\n`);
  expect(await whoami(registry, issued)).toBe(`200 ${registry.user}`);
  expect(await tokensAt(registry)).toBe(1);
  await copyOnce.getByRole('button', { name: 'Done' }).click();

  const [key] = (await callMain(page, 'keys.list', {})).keys;
  const inKeyring = async (id: string | undefined) =>
    (await world.keyring.secretTool(['lookup', 'service', 'keyturn', 'account', `key/${id}`])).stdout;
  expect(await inKeyring(key?.id)).toContain(issued);

  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  const rotate = page.getByRole('dialog', { name: /Rotate/ });
  await rotate.getByText('Now', { exact: true }).click();
  await rotate.getByLabel('Account password').fill(registry.password);
  await rotate.getByRole('button', { name: 'Rotate', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open the new key' }).click();
  await expect.poll(() => whoami(registry, issued)).toBe('no');
  const replacement = readWithDotenv(envFile, variable) ?? '';
  expect(await whoami(registry, replacement)).toBe(`200 ${registry.user}`);
  expect(await readFile(envFile, 'utf8')).toBe(`${before}${variable}=${replacement}\n`);
  expect(await tokensAt(registry)).toBe(1);

  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  const revoke = page.getByRole('dialog', { name: 'Revoke Release robot' });
  await expect(revoke).toContainText(envFile);
  await revoke.getByLabel(/Type/).fill('Release');
  await revoke.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(revoke).toContainText('Nothing was revoked');
  expect(await whoami(registry, replacement)).toBe(`200 ${registry.user}`);
  await revoke.getByLabel(/Type/).fill('Release robot');
  await revoke.getByRole('button', { name: 'Revoke', exact: true }).click();
  const revoked = page.getByRole('dialog', { name: 'Revoked Release robot' });
  await revoked.getByRole('button', { name: 'Close', exact: true }).last().click();
  expect(await whoami(registry, replacement)).toBe('no');
  expect(await tokensAt(registry)).toBe(0);

  const { keys } = await callMain(page, 'keys.list', {});
  const secrets = [issued, replacement, registry.password, registry.token];
  for (const secret of secrets) {
    expect(await filesHolding(world.dataFolder, secret)).toEqual([]);
    expect(world.app.output()).not.toContain(secret);
    expectInAnswers(world.answers, secret, 0);
    expect(await page.content()).not.toContain(secret);
  }
  expect(await filesHolding(world.project, replacement)).toEqual([envFile]);
  expect(await filesHolding(world.project, issued)).toEqual([]);

  for (const { id } of keys) {
    await world.goTo(`#/keys/${id}`);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /Delete from vault/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete from vault' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await inKeyring(id)).toBe('');
  }
});
