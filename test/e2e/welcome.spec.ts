import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { startKeyring } from '../support/keyring.ts';
import { launchApp } from '../support/launch-app.ts';
import { askMain, callMain } from './support/call-main.ts';
import { browserHostOnly, isElectron } from './support/host.ts';
import { readWithDotenv } from './support/read-env.ts';
import { generateKeyAt } from './support/screens.ts';
import { filesHolding } from './support/search-files.ts';
import { test } from './support/with-sandbox.ts';

test.skip(isElectron, browserHostOnly);

const passphrase = 'seven quiet otters';

async function choosePassphrase(page: Page, first: string, second: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(first);
  await page.getByLabel('Repeat passphrase').fill(second);
  await page.getByRole('button', { name: 'Use a passphrase' }).click();
}

test.describe('where no keychain answers', () => {
  test.use({ withKeychain: false });

  test('the first screen explains the choice, and a passphrase is refused in words until it is a good one', async ({
    page,
    world,
  }) => {
    await world.open();
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { level: 1 })).toHaveText('No keychain answers here');
    await expect(main).toContainText('Keyturn keeps keys in the system’s keychain, and found none');
    await expect(main).toContainText('encrypted files on this computer instead, opened by a passphrase');
    await expect(main).toContainText('cannot be recovered');

    await choosePassphrase(page, 'short', 'short');
    const field = page.getByLabel('Passphrase', { exact: true });
    await expect(field).toHaveAccessibleDescription(/Use at least 12 characters/);
    await choosePassphrase(page, passphrase, `${passphrase}!`);
    const repeat = page.getByLabel('Repeat passphrase');
    await expect(repeat).toHaveAccessibleDescription(/The two are not the same/);
    expect(await askMain(page, 'vault.usePassphrase', { passphrase: 'short' })).toMatchObject({
      ok: false,
      error: { code: 'passphrase-too-short', minLength: 12 },
    });
    expect((await callMain(page, 'vault.status', {})).vault.state).toBe('unset');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(main.getByRole('heading', { level: 1 })).toHaveText('No keychain answers here');
  });

  test('keys live in sealed files behind a passphrase, which opens them again after a restart', async ({
    page,
    world,
    sandbox,
  }) => {
    await world.open();
    await choosePassphrase(page, passphrase, passphrase);
    await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Status' })).toContainText(/passphrase/);

    const file = path.join(world.project, '.env');
    const dialog = await generateKeyAt(page, sandbox, { file });
    const value = readWithDotenv(file, 'SANDBOX_API_KEY') ?? '';
    expect(await sandbox.statusOf(value)).toBe(200);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const sealed = (await readdir(world.dataFolder, { recursive: true })).filter((name) =>
      name.endsWith('.age'),
    );
    expect(sealed.length).toBeGreaterThanOrEqual(3);
    for (const name of sealed) {
      const text = await readFile(path.join(world.dataFolder, name), 'latin1');
      expect(text).toMatch(/^(age-encryption\.org\/v1|-----BEGIN AGE ENCRYPTED FILE-----)/);
    }

    await world.restart('kill');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The vault is locked');
    expect(await askMain(page, 'keys.list', {})).toEqual({ ok: false, error: { code: 'vault-closed' } });
    const field = page.getByLabel('Passphrase');
    await field.fill('eight quiet otters');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(field).toHaveAccessibleDescription(/That is not the passphrase.*Type it again/);
    await field.fill(passphrase);
    await page.getByRole('button', { name: 'Unlock' }).click();

    await page.getByRole('row', { name: /Shop checkout/ }).click();
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    const rotate = page.getByRole('dialog', { name: /Rotate/ });
    await rotate.getByText('Now', { exact: true }).click();
    await rotate.getByRole('button', { name: 'Rotate', exact: true }).click();
    await expect.poll(() => sandbox.statusOf(value)).toBe(401);
    const replacement = readWithDotenv(file, 'SANDBOX_API_KEY') ?? '';
    expect(await sandbox.statusOf(replacement)).toBe(200);
    for (const secret of [passphrase, value, replacement, sandbox.token]) {
      expect(await filesHolding(world.dataFolder, secret)).toEqual([]);
      expect(world.app.output()).not.toContain(secret);
      expect(world.answers.count(secret)).toBe(0);
    }
  });
});

test('a keyring that is locked at the start is said in words, and Try again opens the vault once it is unlocked', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await (await generateKeyAt(page, sandbox)).getByRole('button', { name: 'Done' }).click();
  await world.keyring.restartDaemon({ unlock: false });
  await world.restart('stop');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The keychain is locked');
  await expect(page.getByRole('main')).toContainText('Nothing is lost and nothing was changed');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toContainText('Unlock the keychain and try again');
  await world.keyring.restartDaemon({ unlock: true });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('row', { name: /Shop checkout/ })).toBeVisible();
});

test('a keyring that is locked at the very first start is a choice, and nothing is set up before it is made', async ({
  page,
  world,
}) => {
  await world.app.stop();
  await world.keyring.restartDaemon({ unlock: false });
  const dataFolder = path.join(world.project, 'first');
  const app = await launchApp({ dataFolder, env: world.keyring.env as Record<string, string> });
  await page.goto(app.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The keychain is locked');
  await expect(page.getByRole('main')).toContainText('encrypted files on this computer instead');
  await world.keyring.restartDaemon({ unlock: true });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('GNOME Keyring');
  await app.stop();
});

test('a vault that was restored without its keyring says so, changes nothing, and opens again with the right one', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await (await generateKeyAt(page, sandbox)).getByRole('button', { name: 'Done' }).click();
  await world.app.stop();
  const other = await startKeyring({ unlock: true });
  const app = await launchApp({ dataFolder: world.dataFolder, env: other.env as Record<string, string> });
  try {
    await page.goto(app.url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is another keychain');
    await expect(page.getByRole('main')).toContainText('Restore the keychain that belongs to this vault');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('alert')).toContainText('Nothing was overwritten');
    expect((await other.secretTool(['search', '--all', 'service', 'keyturn'])).stdout).toBe('');
  } finally {
    await app.stop();
    await other.stop();
  }
  await world.restart('stop');
  await expect(page.getByRole('row', { name: /Shop checkout/ })).toBeVisible();
});
