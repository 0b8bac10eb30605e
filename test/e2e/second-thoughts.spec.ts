import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { callMain } from './support/call-main.ts';
import { nothingAsked } from './support/power-world.ts';
import { readWithDotenv } from './support/read-env.ts';
import type { SandboxServer } from './support/sandbox-server.ts';
import { goTo } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

const variable = 'SANDBOX_API_KEY';

async function connect(page: Page, sandbox: SandboxServer) {
  await page.getByRole('navigation').waitFor();
  return callMain(page, 'connections.add', {
    providerId: 'sandbox',
    name: 'Payments',
    environment: 'test',
    settings: { url: sandbox.origin },
    credential: { token: sandbox.token },
  });
}

async function issue(page: Page, sandbox: SandboxServer, names: readonly string[], file?: string) {
  const connection = await connect(page, sandbox);
  const ids = [];
  for (const name of names) {
    const { keyId } = await callMain(page, 'keys.issue', {
      connectionId: connection.id,
      name,
      request: nothingAsked,
      policy: { everyDays: 90 },
      targets: file === undefined ? [] : [{ file, variables: { API_KEY: variable } }],
      answers: {},
    });
    ids.push(keyId);
  }
  return ids;
}

test('a rotation is undone while the old key lives: every file has its value again, and the new key is dead', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  await writeFile(envFile, '# shop\nPORT=3000\n');
  await world.open();
  const [key] = await issue(page, sandbox, ['Shop'], envFile);
  const before = await readFile(envFile, 'utf8');
  const old = readWithDotenv(envFile, variable) ?? '';
  await world.goTo(`#/keys/${key}`);
  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  const rotate = page.getByRole('dialog');
  await rotate.getByText('7 days', { exact: true }).click();
  await rotate.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect.poll(() => readWithDotenv(envFile, variable)).not.toBe(old);
  const fresh = readWithDotenv(envFile, variable) ?? '';
  await world.restart('kill');

  await goTo(page, 'Rotation');
  await page.getByRole('button', { name: 'Undo' }).click();
  const undo = page.getByRole('dialog', { name: 'Undo the rotation of Shop?' });
  await expect(undo).toContainText(envFile);
  await undo.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sandbox.statusOf(fresh)).toBe(401);
  expect(await readFile(envFile, 'utf8')).toBe(before);
  expect(await sandbox.statusOf(old)).toBe(200);
  const { keys } = await callMain(page, 'keys.list', {});
  expect(keys.map(({ id, status }) => [id === key, status]).toSorted()).toEqual([
    [false, 'revoked'],
    [true, 'active'],
  ]);
});

test('a leaked key is found by its value, ends at once, and its files have the new one', async ({
  page,
  world,
  sandbox,
}) => {
  const envFile = path.join(world.project, '.env');
  await world.open();
  await issue(page, sandbox, ['Shop'], envFile);
  const leaked = readWithDotenv(envFile, variable) ?? '';
  await goTo(page, 'Rotation');
  await page.getByRole('button', { name: 'Leaked: replace now' }).first().click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByLabel('Leaked key').fill(leaked);
  await dialog.getByLabel('Leaked key').press('Enter');
  await dialog.getByText('Revoke at once, before there is a new one').click();
  await dialog
    .getByRole('button', { name: /Replace|Leaked/ })
    .last()
    .click();
  await expect.poll(() => sandbox.statusOf(leaked)).toBe(401);
  await expect.poll(() => readWithDotenv(envFile, variable)).not.toBe(leaked);
  expect(await sandbox.statusOf(readWithDotenv(envFile, variable) ?? '')).toBe(200);
  await expect(dialog).toContainText(envFile);
  await expect(dialog).toContainText('restarted');
  expect(world.answers.count(leaked)).toBe(0);
});

test('many keys are rotated as one piece of work, and one that cannot be stops only itself', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const names = Array.from({ length: 8 }, (_, index) => `Worker ${index + 1}`);
  const ids = await issue(page, sandbox, names);
  await sandbox.fault({ operation: 'create', fault: '500' });
  await callMain(page, 'work.rotateAll', { ids, grace: 'now' });
  const finished = async () => (await callMain(page, 'work.batch', {}))?.finishedAt ?? null;
  await expect.poll(finished).not.toBeNull();
  const states = (await callMain(page, 'work.batch', {}))?.keys.map(({ state }) => state) ?? [];
  expect(states.filter((state) => state === 'done')).toHaveLength(7);
  expect(states.filter((state) => state === 'attention')).toHaveLength(1);
  expect((await sandbox.alive()).length).toBe(8);
  await goTo(page, 'Rotation');
  await expect(page.getByRole('main')).toContainText('Worker');
});

test('a key is deleted with what becomes of it at its provider, and comes back from a backup', async ({
  page,
  world,
  sandbox,
}) => {
  const backup = path.join(world.project, 'keyturn.age');
  const passphrase = 'four plain words here';
  await world.open();
  const [, second] = await issue(page, sandbox, ['Kept', 'Deleted']);
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Make a backup' }).click();
  const make = page.getByRole('dialog');
  await make.getByLabel('File', { exact: true }).fill(backup);
  await make.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await make.getByLabel('Repeat passphrase').fill(passphrase);
  await make.getByRole('button', { name: 'Make backup' }).click();
  await expect(make).toContainText('2 keys');
  await make.getByRole('button', { name: 'Close', exact: true }).last().click();

  await world.goTo(`#/keys/${second}`);
  await page.getByRole('article').getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: /Delete from vault/ }).click();
  const forget = page.getByRole('dialog', { name: 'Delete Deleted from the vault?' });
  await forget.getByText(/[Ll]eave it alive/).click();
  await forget.getByRole('button', { name: /Delete/ }).click();
  await expect.poll(async () => (await callMain(page, 'keys.list', {})).keys.length).toBe(1);
  expect((await sandbox.alive()).length).toBe(2);

  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Restore from a backup' }).click();
  const restore = page.getByRole('dialog');
  await restore.getByLabel('File', { exact: true }).fill(backup);
  await restore.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await restore.getByRole('button', { name: 'Open backup' }).click();
  await expect(restore).toContainText('not the passphrase');
  await restore.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await restore.getByRole('button', { name: 'Open backup' }).click();
  await expect(restore).toContainText('1 key');
  await restore.getByRole('button', { name: 'Restore' }).click();
  await expect(restore).toContainText('The backup is restored');
  const back = (await callMain(page, 'keys.list', {})).keys.find(({ name }) => name === 'Deleted');
  if (back === undefined) throw new Error('The key did not come back');
  expect(await callMain(page, 'keys.check', { id: back.id })).toEqual({ outcome: 'valid' });
  expect(await page.content()).not.toContain(passphrase);
  expect(world.answers.count(passphrase)).toBe(0);
});
