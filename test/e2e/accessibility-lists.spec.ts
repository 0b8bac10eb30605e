import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { furnish } from './support/furnish.ts';
import { test } from './support/with-sandbox.ts';

/** Presses keys one after the other. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('a key that waits is dealt with from its row by keyboard alone, and the focus comes back to it', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await furnish(page, sandbox, path.join(world.project, '.env'));
  const keys = page.getByRole('grid', { name: 'Keys' });
  await expect(keys).toHaveAccessibleDescription(/Arrow Right leads to the buttons of a row/);
  const row = keys.getByRole('row', { name: /Reports/ });
  const copyOnce = row.getByRole('button', { name: 'Copy once' });
  await expect(copyOnce).toHaveAccessibleDescription('Reports');

  await page.getByRole('searchbox').focus();
  await press(page, 'ArrowDown');
  await expect(keys).toBeFocused();
  await page.keyboard.type('reports');
  await press(page, 'ArrowRight');
  await expect(copyOnce).toBeFocused();
  await press(page, 'Shift+Tab');
  await expect(keys).toBeFocused();
  await press(page, 'ArrowRight', 'Tab');
  await expect(keys.locator(':focus'), 'Tab leaves the list').toHaveCount(0);
  await expect(keys).not.toBeFocused();

  await keys.focus();
  await press(page, 'ArrowRight', 'Enter');
  const dialog = page.getByRole('dialog', { name: 'Reports' });
  await dialog.getByRole('button', { name: 'Done' }).focus();
  await press(page, 'Enter');
  await expect(dialog).toHaveCount(0);
  await expect(copyOnce).toHaveCount(0);
  await expect(keys).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('article', { name: 'Reports' })).toBeVisible();
});

test('a search that found nothing keeps the focus in the search field when it is cleared', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await furnish(page, sandbox, path.join(world.project, '.env'));
  const search = page.getByRole('searchbox');
  for (const clear of ['Clear search', 'Clear search and filters']) {
    await search.fill('no such key');
    await page.getByRole('button', { name: clear, exact: true }).focus();
    await press(page, 'Enter');
    await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
    await expect(search, clear).toBeFocused();
  }
  await search.fill('no such key');
  await press(page, 'Escape');
  await expect(search, 'Escape').toBeFocused();
  await expect(search).toHaveValue('');
});

test('a leaked key is replaced from the list by keyboard alone, and the focus never falls to the page', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const env = path.join(world.project, '.env');
  await furnish(page, sandbox, env);
  // Beside the file that the key is written to on purpose.
  await copyFile(env, path.join(world.project, 'notes.md'));
  await world.goTo('#/check-for-leaks');
  const folder = page.getByLabel('Folder');
  await expect(folder).toBeFocused();
  await page.keyboard.type(world.project);
  await press(page, 'Enter');
  const leaks = page.getByRole('grid', { name: 'Leaks' });
  await expect(leaks).toBeFocused();
  await press(page, 'Home', 'ArrowRight');
  await expect(leaks.getByRole('button', { name: 'Leaked: replace now' })).toBeFocused();
  await press(page, 'Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor();
  await press(page, 'Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(leaks, 'after Escape').toBeFocused();

  await press(page, 'ArrowRight', 'Enter');
  const replace = page.getByRole('dialog').getByRole('button', { name: 'Replace now' });
  await replace.focus();
  await press(page, 'Enter');
  const replaced = page.getByRole('dialog', { name: 'Replaced Shop checkout' });
  await expect(replaced).toBeVisible();
  await press(page, 'Escape');
  await expect(replaced).toHaveCount(0);
  await expect(leaks).toBeFocused();
});

test('finds are chosen by keyboard in their list and by its buttons, and each leaves the focus in its place', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await furnish(page, sandbox, path.join(world.project, '.env'));
  for (const name of ['labels', 'returns']) {
    const { key } = await sandbox.makeKey(name);
    await writeFile(path.join(world.project, `.env.${name}`), `SANDBOX_API_KEY=${key}\n`);
  }
  await world.goTo('#/find-keys');
  await page.getByLabel('Folder').fill(world.project);
  await press(page, 'Enter');
  const finds = page.getByRole('grid', { name: 'Found keys' });
  await expect(finds).toBeFocused();
  await expect(finds).toHaveAccessibleDescription(/Space chooses a key to be adopted/);
  const box = finds.getByRole('checkbox').first();
  const was = await box.isChecked();
  await press(page, 'Space');
  await expect(box).toBeChecked({ checked: !was });
  await press(page, 'ArrowRight', 'Space');
  await expect(box).toBeChecked({ checked: was });
  await press(page, 'Escape');
  await expect(finds).toBeFocused();

  const all = page.getByRole('button', { name: 'Choose all' });
  const none = page.getByRole('button', { name: 'Choose none' });
  if (await all.isEnabled()) {
    await all.focus();
    await press(page, 'Enter');
  }
  await expect(all).toBeDisabled();
  await none.focus();
  await press(page, 'Enter');
  await expect(none).toBeDisabled();
  await expect(all).toBeFocused();
  await press(page, 'Enter');
  await expect(none).toBeFocused();
});
