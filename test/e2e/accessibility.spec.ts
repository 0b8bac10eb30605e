import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { callMain } from './support/call-main.ts';
import { furnish } from './support/furnish.ts';
import { assisted, writeDefinition } from './support/own-definitions.ts';
import { readWithDotenv } from './support/read-env.ts';
import { goTo } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

test.describe('axe finds nothing, in light and in dark', () => {
  // Axe looks at every element of every state; on a busy machine that takes its time.
  test.slow();

  test('on the screens of an empty vault', async ({ page, world }) => {
    await world.open();
    await expectAccessible(page, 'Keys');
    for (const place of ['Rotation', 'Providers', 'Activity', 'Settings'] as const) {
      await goTo(page, place);
      await expectAccessible(page, place);
    }
  });

  test('on the screens of a vault in use', async ({ page, world, sandbox }) => {
    await world.open();
    await furnish(page, sandbox, path.join(world.project, '.env'));
    await expect(page.getByRole('row', { name: /Shop checkout/ })).toBeVisible();
    await expectAccessible(page, 'Keys');
    await goTo(page, 'Rotation');
    await expect(page.getByRole('button', { name: 'Revoke the stray', exact: true })).toBeVisible();
    await expectAccessible(page, 'Rotation');
    await goTo(page, 'Providers');
    await page.getByRole('button', { name: 'Compare with the provider' }).click();
    await expect(page.getByRole('rowheader', { name: /Made elsewhere/ })).toBeVisible();
    await expectAccessible(page, 'Providers');
    await goTo(page, 'Activity');
    await expect(page.getByRole('main')).toContainText('Shop checkout');
    await expectAccessible(page, 'Activity');
  });

  test('on the pages that look through folders, and on keys that are worth a look', async ({
    page,
    world,
    sandbox,
  }) => {
    await world.open();
    await furnish(page, sandbox, path.join(world.project, '.env'));
    await writeFile(
      path.join(world.project, '.env.local'),
      `OPENROUTER_API_KEY=sk-or-v1-${'0e6f'.repeat(16)}\n`,
    );
    await world.goTo('#/find-keys');
    await page.getByLabel('Folder').fill(world.project);
    await page.getByRole('button', { name: 'Find keys' }).click();
    await page.getByRole('grid', { name: 'Found keys' }).waitFor();
    await expectAccessible(page, 'Found keys');
    await world.goTo('#/check-for-leaks');
    await page.getByLabel('Folder').fill(world.project);
    await expectAccessible(page, 'Check for leaks');
    await page.getByRole('button', { name: 'Check for leaks' }).click();
    await expect(page.getByRole('button', { name: 'Search again' })).toBeVisible();
    await expectAccessible(page, 'Leaks');
    await world.goTo('#/worth-a-look');
    await expect(page.getByRole('heading', { level: 1, name: 'Worth a look' })).toBeVisible();
    await expectAccessible(page, 'Worth a look');
  });

  test('on a key, whatever has become of it', async ({ page, world, sandbox }) => {
    await world.open();
    const keys = await furnish(page, sandbox, path.join(world.project, '.env'));
    for (const [kind, id] of Object.entries(keys)) {
      await world.goTo(`#/keys/${id}`);
      await expect(page.getByRole('article').getByRole('heading', { name: 'History' })).toBeVisible();
      await expectAccessible(page, kind);
    }
  });

  test('in the dialogs of a key', async ({ page, world, sandbox }) => {
    await world.open();
    const { active, unsealed } = await furnish(page, sandbox, path.join(world.project, '.env'));
    const dialog = page.getByRole('dialog').last();
    const open = (id: string) => world.goTo(`#/keys/${id}`);
    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();

    await open(active);
    for (const name of ['Write to .env', 'Rotate', 'Revoke']) {
      await press(name);
      await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeVisible();
      await expectAccessible(page, name);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
    }
    await press('More');
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(page, 'More');
    await page.getByRole('menuitem', { name: /Delete from vault/ }).click();
    await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeVisible();
    await expectAccessible(page, 'Delete from vault');
    await dialog.getByRole('button', { name: 'Keep it' }).click();

    await open(unsealed);
    await press('Copy once');
    await expect(dialog.getByRole('button', { name: 'Done' })).toBeVisible();
    await expectAccessible(page, 'Copy once');
    await dialog.getByRole('button', { name: 'Show' }).click();
    await expect(dialog).toContainText('Hides itself');
    await expectAccessible(page, 'Copy once, shown');
  });

  test('in the dialogs that lead to a key', async ({ page, world, sandbox }) => {
    await world.open();
    await furnish(page, sandbox, path.join(world.project, '.env'));
    const dialog = page.getByRole('dialog').last();
    await page.keyboard.press('Control+k');
    await expect(dialog.getByRole('option').first()).toBeVisible();
    await expectAccessible(page, 'Palette');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Generate key' }).first().click();
    await dialog.getByLabel('File', { exact: true }).fill('nowhere/.env');
    await dialog.getByRole('button', { name: 'Generate key' }).click();
    await expect(dialog.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page, 'Generate key, with problems');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await goTo(page, 'Providers');
    await page.getByRole('button', { name: 'Add provider' }).click();
    await expect(dialog.getByRole('list', { name: 'Providers' })).toBeVisible();
    await expectAccessible(page, 'Catalogue');
    await dialog.getByRole('button', { name: /^npm registry/ }).click();
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(dialog.getByLabel('Registry address')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page, 'Add npm registry, with problems');
  });

  test('in the dialogs of keys that are not made here', async ({ page, world, sandbox }) => {
    await world.open();
    const dialog = page.getByRole('dialog').last();
    await page.getByRole('button', { name: 'Take in a key' }).first().click();
    await dialog.getByLabel('Key', { exact: true }).fill('sk_live_0123456789abcdefABCDEF0123456789');
    await expect(dialog.getByText('Which provider is it from?')).toBeVisible();
    await expectAccessible(page, 'Take in a key');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await goTo(page, 'Providers');
    await page.getByRole('button', { name: 'Add provider' }).first().click();
    await dialog.getByRole('button', { name: 'Add from a file' }).click();
    const file = dialog.getByLabel('File', { exact: true });
    await file.fill(await writeDefinition(world.project, { format: 1, name: 'Acme' }));
    await dialog.getByRole('button', { name: 'Check file' }).click();
    await expect(dialog).toContainText('is missing');
    await expectAccessible(page, 'Add from a file, faulty');
    await writeDefinition(world.project, assisted(sandbox.origin));
    await dialog.getByRole('button', { name: 'Check file' }).click();
    await expect(dialog.getByRole('button', { name: 'Add definition' })).toBeVisible();
    await expectAccessible(page, 'Add from a file');
    await dialog.getByRole('button', { name: 'Add definition' }).click();
    await expectAccessible(page, 'Add a provider without a key API');
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await dialog.getByRole('button', { name: 'Generate key' }).click();
    await expect(dialog.getByLabel('API key', { exact: true })).toBeVisible();
    await expectAccessible(page, 'Generate key by hand');
  });

  test.describe('before the vault is open', () => {
    test.use({ withKeychain: false });
    test('at the choice of a keychain', async ({ page, world }) => {
      await world.open();
      await expectAccessible(page, 'First screen');
      await page.getByRole('button', { name: 'Use a passphrase' }).click();
      await expectAccessible(page, 'First screen, with a problem');
    });
  });
});

/** Presses Tab until the control has the focus; fails where it cannot be reached. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  const hasFocus = () => control.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60; presses += 1) {
    if (await hasFocus()) return;
    await page.keyboard.press('Tab');
  }
  await expect(control, 'reached by Tab').toBeFocused();
}

test('the main job is done by keyboard alone: generate, deliver, copy once, rotate, revoke', async ({
  page,
  world,
}) => {
  const file = path.join(world.project, '.env');
  const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
  const pressOn = async (control: Locator) => {
    await control.waitFor();
    await tabTo(page, control);
    await page.keyboard.press('Enter');
  };
  await world.open();
  await pressOn(page.getByRole('button', { name: 'Try it with the sandbox' }));
  const generate = page.getByRole('dialog', { name: 'Generate key' });
  await expect(generate.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('Shop checkout');
  await tabTo(page, generate.getByLabel('File', { exact: true }));
  await page.keyboard.type(file);
  await page.keyboard.press('Enter');

  const copyOnce = page.getByRole('dialog', { name: 'Shop checkout' });
  await pressOn(copyOnce.getByRole('button', { name: 'Show' }));
  await expect(copyOnce).toContainText('Hides itself');
  await pressOn(inDialog('Done'));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const issued = readWithDotenv(file, 'SANDBOX_API_KEY') ?? '';
  expect(issued).toMatch(/^sk_test_/);

  await pressOn(page.getByRole('button', { name: 'Rotate', exact: true }));
  const now = page.getByRole('dialog').getByRole('radio', { name: /^Now/ });
  await now.waitFor();
  await tabTo(page, page.getByRole('dialog').getByRole('radio', { checked: true }));
  while (!(await now.isChecked())) await page.keyboard.press('ArrowUp');
  await pressOn(inDialog('Rotate'));
  await pressOn(inDialog('Open the new key'));
  await expect.poll(() => readWithDotenv(file, 'SANDBOX_API_KEY')).not.toBe(issued);

  await pressOn(page.getByRole('button', { name: 'Revoke', exact: true }));
  await pressOn(inDialog('Revoke'));
  await expect(page.getByRole('dialog', { name: 'Revoked Shop checkout' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const { keys } = await callMain(page, 'keys.list', {});
  expect(keys.map((key) => key.status)).toEqual(['revoked', 'revoked']);
});

test('the palette finds a key and acts on it without a pointer', async ({ page, world, sandbox }) => {
  await world.open();
  await furnish(page, sandbox, path.join(world.project, '.env'));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Shop checkout');
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('Shop checkout');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'Shop checkout' })).toBeVisible();
});
