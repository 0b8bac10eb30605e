import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startSandboxServer } from '../test/e2e/support/sandbox-server.ts';
import { chooseProvider, goTo } from '../test/e2e/support/screens.ts';
import { type KeyringOptions, startKeyring } from '../test/support/keyring.ts';
import { launchApp, type RunningApp } from '../test/support/launch-app.ts';
import { buildIfNeeded } from './build-if-needed.ts';
import { launchChromium } from './chromium.ts';
import { writeDefinition, writeFaultyDefinition } from './picture-definition.ts';
import { fillLargeVault } from './picture-many.ts';
import { scatterKeys } from './picture-projects.ts';
import { shootReminderSettings, shootReminders } from './picture-reminders.ts';
import { fillVault } from './picture-vault.ts';
import { type Camera, createCamera, openPage } from './pictures.ts';

/*
 * `npm run screenshots`: drives the built app, with real keyrings, providers and files, through its screens and states,
 * and takes a picture of each in light and in dark into `screenshots/`. Linux. The stories to tell can be named:
 * `npm run screenshots -- first-key`.
 */

const root = path.join(import.meta.dirname, '..');
const passphrase = 'correct horse battery staple';

/** A machine for one story: folders and a keyring of its own, the app on it, a page. */
async function startStory(browser: Browser, options: KeyringOptions) {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-'));
  const folders = {
    data: path.join(folder, 'data'),
    providers: path.join(folder, 'providers'),
    projects: path.join(folder, 'projects'),
  };
  for (const each of Object.values(folders)) await mkdir(each);
  const keyring = await startKeyring(options);
  const page = await openPage(browser);
  let app: RunningApp | null = null;
  return {
    folders,
    keyring,
    page,
    /** Starts the app, and opens it in the page. */
    async open(): Promise<string> {
      app = await launchApp({ dataFolder: folders.data, env: keyring.env as Record<string, string> });
      await page.goto(app.url);
      await page.getByRole('main').first().waitFor();
      return new URL(app.url).origin;
    },
    endApp: async () => app?.stop(),
    async end(): Promise<void> {
      await page.context().close();
      await app?.kill();
      await keyring.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Story = Awaited<ReturnType<typeof startStory>>;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const dialog = (page: Page) => page.getByRole('dialog').last();
const inDialog = (page: Page, name: string) =>
  dialog(page).getByRole('button', { name, exact: true }).last().click();

/** A machine without a keychain: the vault in sealed files. */
async function withoutKeychain({ page, open }: Story, camera: Camera): Promise<void> {
  await open();
  await page.getByRole('form', { name: 'Keep keys in encrypted files' }).waitFor();
  await camera.shoot(page, '01-welcome-no-keychain');
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByLabel('Repeat passphrase').fill(`${passphrase}r`);
  await page.keyboard.press('Enter');
  await camera.shoot(page, '02-welcome-passphrase-differs');
  await page.getByLabel('Repeat passphrase').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Try it with the sandbox' }).waitFor();
  await goTo(page, 'Settings');
  await camera.shoot(page, '03-settings-sealed-files');
  await press(page, 'Lock');
  await page.getByRole('form', { name: 'Unlock the vault' }).waitFor();
  await camera.shoot(page, '04-welcome-locked');
  await page.getByLabel('Passphrase').fill('something else');
  await page.keyboard.press('Enter');
  await page.getByText('not the passphrase').first().waitFor();
  await camera.shoot(page, '05-welcome-wrong-passphrase');
}

/** The first quarter of an hour: an empty vault, and a first key of the sandbox. */
async function firstKey({ page, open, folders }: Story, camera: Camera): Promise<void> {
  await open();
  await page.getByRole('button', { name: 'Try it with the sandbox' }).waitFor();
  await camera.shoot(page, '10-keys-empty');
  await goTo(page, 'Rotation');
  await camera.shoot(page, '11-rotation-empty');
  await goTo(page, 'Providers');
  await camera.shoot(page, '12-providers-empty');
  await press(page, 'Add provider');
  await dialog(page).getByRole('list', { name: 'Providers' }).waitFor();
  await camera.shoot(page, '13-add-provider-catalogue');
  await page.keyboard.press('Escape');
  const npm = await chooseProvider(page, 'npm registry');
  await camera.shoot(page, '14-add-provider-npm');
  await npm.getByRole('button', { name: 'Add provider' }).click();
  await camera.shoot(page, '15-add-provider-npm-incomplete');
  await page.keyboard.press('Escape');

  await goTo(page, 'Keys');
  await press(page, 'Try it with the sandbox');
  const form = page.getByRole('dialog', { name: 'Generate key' });
  await form.getByLabel('Name', { exact: true }).waitFor();
  await camera.shoot(page, '20-generate-key');
  await form.getByLabel('File', { exact: true }).fill('shop/.env');
  await form.getByRole('button', { name: 'Generate key' }).click();
  await camera.shoot(page, '21-generate-key-incomplete');
  await form.getByLabel('Name', { exact: true }).fill('Shop checkout');
  await form.getByLabel('File', { exact: true }).fill(path.join(folders.projects, '.env'));
  await form
    .getByText(/will be made|does not exist|new file|Everything else/i)
    .first()
    .waitFor();
  await camera.shoot(page, '22-generate-key-filled');
  await form.getByRole('button', { name: 'Generate key' }).click();
  const copyOnce = page.getByRole('dialog', { name: 'Shop checkout' });
  await copyOnce.getByRole('button', { name: 'Done' }).waitFor();
  await camera.shoot(page, '23-copy-once');
  await page.keyboard.press('Escape');
  await camera.shoot(page, '24-copy-once-escape');
  await copyOnce.getByRole('button', { name: 'Show' }).click();
  await copyOnce.getByText('Hides itself').waitFor();
  await camera.shoot(page, '25-copy-once-shown');
  await page.reload();
  await press(page, 'Copy once');
  await copyOnce.getByRole('button', { name: 'Done' }).waitFor();
  await camera.shoot(page, '26-copy-once-spent');
  await copyOnce.getByRole('button', { name: 'Done' }).click();
  await copyOnce.waitFor({ state: 'hidden' });
  await camera.shoot(page, '27-keys-first');
}

/** Some months later: keys of all ages at three connections. */
async function everyDay(story: Story, camera: Camera): Promise<void> {
  const { page, keyring, folders, open, endApp } = story;
  const { keyId, test, stop } = await fillVault(folders, keyring);
  try {
    const origin = await open();
    const openKey = async (name: string) => {
      await page.goto(`${origin}/#/keys/${keyId(name)}`);
      await page.getByRole('article').getByRole('heading', { name: 'History' }).waitFor();
    };
    await page.getByRole('row', { name: /Shop checkout/ }).waitFor();
    await camera.shoot(page, '30-keys');
    await page.getByLabel('Search keys').fill('shop');
    await camera.shoot(page, '31-keys-search');
    await page.getByLabel('Search keys').fill('nothing like it');
    await camera.shoot(page, '32-keys-none-fits');
    await press(page, 'Clear search and filters');
    await page.reload();
    await page.getByRole('row', { name: /Shop checkout/ }).click();
    await page
      .getByText(/Missing/i)
      .first()
      .waitFor();
    await camera.shoot(page, '33-key');
    await page.getByRole('article').getByRole('heading', { name: 'History' }).scrollIntoViewIfNeeded();
    await camera.shoot(page, '34-key-scrolled');
    await press(page, 'Write to .env');
    await dialog(page).getByLabel('File', { exact: true }).waitFor();
    await camera.shoot(page, '35-write-to-env');
    await inDialog(page, 'Cancel');
    await openKey('Documentation robot');
    await camera.shoot(page, '36-key-unsealed');
    await openKey('Old prototype');
    await camera.shoot(page, '37-key-revoked');
    await page.keyboard.press('Control+k');
    await dialog(page).waitFor();
    await camera.shoot(page, '38-palette');
    await page.keyboard.type('rotate st');
    await camera.shoot(page, '39-palette-search');
    await page.keyboard.press('Escape');

    await goTo(page, 'Rotation');
    await camera.shoot(page, '40-rotation');
    await openKey('Staging');
    await press(page, 'Rotate');
    await camera.shoot(page, '41-rotate');
    await test.fault({ operation: 'create', fault: 'delay', ms: 4_000 });
    await dialog(page).getByText('24 hours', { exact: true }).click();
    await inDialog(page, 'Rotate');
    await dialog(page)
      .getByText(/Steps|Create|new key/i)
      .first()
      .waitFor();
    await camera.shoot(page, '42-rotate-running');
    await dialog(page).getByRole('button', { name: 'Open the new key' }).waitFor();
    await camera.shoot(page, '43-rotate-done');
    await inDialog(page, 'Open the new key');
    await page.getByRole('article').getByRole('heading', { name: 'History' }).waitFor();
    await camera.shoot(page, '44-key-new');
    await test.fault({ operation: 'create', fault: 'drop-after-acting' });
    await openKey('Load test');
    await press(page, 'Rotate');
    await dialog(page).getByText('Now', { exact: true }).click();
    await inDialog(page, 'Rotate');
    await dialog(page)
      .getByText(/unknown|not known/i)
      .first()
      .waitFor();
    await camera.shoot(page, '45-rotate-outcome-unknown');
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await goTo(page, 'Rotation');
    await camera.shoot(page, '46-rotation-waiting');

    await openKey('Conference demo');
    await press(page, 'Revoke');
    await dialog(page).waitFor();
    await camera.shoot(page, '50-revoke-test');
    await inDialog(page, 'Cancel');
    await openKey('Shop checkout');
    await press(page, 'Revoke');
    await dialog(page).waitFor();
    await camera.shoot(page, '51-revoke-live');
    await inDialog(page, 'Cancel');

    await goTo(page, 'Providers');
    await camera.shoot(page, '60-providers');
    await test.makeKey('Copied from the dashboard');
    const demo = (await test.alive()).find(({ name }) => name.startsWith('Conference demo'));
    if (demo !== undefined) await test.revokeKey(demo.id);
    const card = page.getByRole('article', { name: 'Payments, test' });
    await card.getByRole('button', { name: 'Compare with the provider' }).click();
    await card.getByRole('heading', { name: /^Strays/ }).scrollIntoViewIfNeeded();
    await camera.shoot(page, '61-compare');
    await card.getByRole('button', { name: 'Adopt' }).first().click();
    await dialog(page).getByLabel('Key', { exact: true }).waitFor();
    await camera.shoot(page, '63-take-in');
    await inDialog(page, 'Cancel');
    await card
      .getByRole('row', { name: /Copied from/ })
      .getByRole('button', { name: 'Revoke' })
      .click();
    await camera.shoot(page, '64-revoke-stray');
    await inDialog(page, 'Cancel');
    const sandbox = await chooseProvider(page, 'Sandbox');
    await sandbox.getByLabel('Address').fill(test.origin);
    await sandbox.getByLabel('Management token').fill('mt_test_not_this_one');
    await sandbox.getByRole('button', { name: 'Add provider' }).click();
    await sandbox.getByRole('alert').first().waitFor();
    await camera.shoot(page, '62-add-provider-refused');
    await page.keyboard.press('Escape');
    await goTo(page, 'Activity');
    await page.getByText('Shop checkout').first().waitFor();
    await camera.shoot(page, '70-activity');
    await goTo(page, 'Settings');
    await camera.shoot(page, '71-settings');

    await goTo(page, 'Keys');
    await endApp();
    await page.getByRole('alert').first().waitFor();
    await camera.shoot(page, '80-connection-lost');
    await keyring.lock();
    await open();
    await page
      .getByRole('button', { name: /again|Unlock/i })
      .first()
      .waitFor();
    await camera.shoot(page, '81-welcome-keychain-locked');
  } finally {
    await stop();
  }
}

/** A provider that a file describes, whose keys are made by hand; and one whose requests are signed. */
async function byHand({ page, open, folders }: Story, camera: Camera): Promise<void> {
  const server = await startSandboxServer(folders.providers);
  try {
    const file = path.join(folders.projects, 'parcelway.json');
    await open();
    await writeFaultyDefinition(file);
    await goTo(page, 'Providers');
    await press(page, 'Add provider');
    await inDialog(page, 'Add from a file');
    await camera.shoot(page, '90-add-from-file');
    await dialog(page).getByLabel('File', { exact: true }).fill(file);
    await inDialog(page, 'Check file');
    await dialog(page).getByRole('list', { name: 'Faults' }).waitFor();
    await camera.shoot(page, '91-add-from-file-faulty');
    await writeDefinition(file);
    await inDialog(page, 'Check file');
    await dialog(page).getByRole('button', { name: 'Add definition' }).waitFor();
    await camera.shoot(page, '92-add-from-file-shown');
    await dialog(page).getByRole('table', { name: 'What a key of it holds' }).scrollIntoViewIfNeeded();
    await camera.shoot(page, '93-add-from-file-calls');
    await inDialog(page, 'Add definition');
    const form = page.getByRole('dialog', { name: 'Add Parcelway' });
    await form.getByLabel('Address').fill(server.origin);
    await camera.shoot(page, '94-add-provider-by-hand');
    await form.getByRole('button', { name: 'Add provider' }).click();
    await dialog(page).getByText('is connected').waitFor();
    await camera.shoot(page, '95-added-by-hand');
    await inDialog(page, 'Generate key');

    const made = await server.makeKey('Label printer');
    const generate = page.getByRole('dialog', { name: 'Generate key' });
    await generate.getByLabel('Name', { exact: true }).fill('Label printer');
    await camera.shoot(page, '96-generate-by-hand');
    await generate.getByLabel('API key', { exact: true }).fill('sk_test_cut_off');
    await inDialog(page, 'Take in key');
    await generate.getByRole('checkbox').waitFor();
    await camera.shoot(page, '97-generate-by-hand-unusual');
    await generate.getByLabel('API key', { exact: true }).fill(made.key);
    await inDialog(page, 'Take in key');
    await page.getByRole('article').getByRole('heading', { name: 'History' }).waitFor();
    await camera.shoot(page, '98-key-by-hand');
    await server.revokeKey(made.id);
    await press(page, 'Check key');
    await page
      .getByRole('article')
      .getByText(/revoked/i)
      .first()
      .waitFor();
    await camera.shoot(page, '99-key-check-revoked');
    await press(page, 'Rotate');
    await dialog(page).waitFor();
    await camera.shoot(page, '9a-rotate-by-hand');
    await inDialog(page, 'Cancel');

    await goTo(page, 'Providers');
    await press(page, 'Add provider');
    await camera.shoot(page, '9b-catalogue-with-own');
    await dialog(page)
      .getByRole('button', { name: /^CoinbarPay \(sandbox\)/ })
      .click();
    await dialog(page).getByText('is connected').waitFor();
    await inDialog(page, 'Generate key');
    await generate.getByLabel('Name', { exact: true }).fill('Till');
    await inDialog(page, 'Generate key');
    await page.getByRole('dialog', { name: 'Till' }).getByRole('button', { name: 'Done' }).click();
    await page.getByRole('article').getByRole('button', { name: 'Copy a signed sample' }).click();
    await page.getByRole('region', { name: 'signed sample' }).scrollIntoViewIfNeeded();
    await camera.shoot(page, '9c-signed-sample');
  } finally {
    await server.stop();
  }
}

/** What undoes, replaces at once, rotates many, deletes, saves and brings back. */
async function everyEnd({ page, keyring, folders, open }: Story, camera: Camera): Promise<void> {
  const { keyId, test, stop } = await fillVault(folders, keyring);
  const backup = path.join(folders.projects, 'keyturn.age');
  try {
    const origin = await open();
    const openKey = async (name: string) => {
      await page.goto(`${origin}/#/keys/${keyId(name)}`);
      await page.getByRole('article').getByRole('heading', { name: 'History' }).waitFor();
    };
    const more = async (entry: string) => {
      await press(page, 'More');
      await page.getByRole('menuitem', { name: entry }).click();
      await dialog(page).waitFor();
    };
    await page.getByRole('region', { name: 'Backup reminder' }).waitFor();
    await camera.shoot(page, 'a0-keys-backup-due');

    await openKey('Staging');
    await press(page, 'Rotate');
    await inDialog(page, 'Rotate');
    await dialog(page).getByRole('button', { name: 'Open the new key' }).waitFor();
    await camera.shoot(page, 'a1-rotated-in-grace');
    await inDialog(page, 'Undo');
    await page.getByRole('dialog', { name: /^Undo the rotation/ }).waitFor();
    await camera.shoot(page, 'a2-undo');
    await inDialog(page, 'Undo');
    await dialog(page).getByText('have the old key again').waitFor();
    await camera.shoot(page, 'a3-undone');
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();

    await openKey('Fraud rules');
    await more('Leaked: replace now');
    await camera.shoot(page, 'a4-leaked');
    await dialog(page).getByText('Revoke at once').click();
    await dialog(page)
      .getByLabel(/to confirm/)
      .fill('Fraud rules');
    await camera.shoot(page, 'a5-leaked-revoke-first');
    await inDialog(page, 'Replace now');
    await page.getByRole('dialog', { name: 'Replaced Fraud rules' }).waitFor();
    await camera.shoot(page, 'a6-leaked-replaced');
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await goTo(page, 'Rotation');
    await press(page, 'Leaked: replace now');
    await dialog(page).getByLabel('Leaked key').fill('sk_live_found_in_a_log_of_somebody_else');
    await inDialog(page, 'Find key');
    await dialog(page).getByText('It is not in this vault').waitFor();
    await camera.shoot(page, 'a7-leaked-not-here');
    await inDialog(page, 'Cancel');

    await test.fault({ operation: 'create', fault: 'delay', ms: 4_000 });
    await press(page, 'Rotate all due');
    await dialog(page).getByText('7 days', { exact: true }).click();
    await camera.shoot(page, 'a8-rotate-all');
    await inDialog(page, 'Rotate');
    await dialog(page).getByRole('progressbar').waitFor();
    await camera.shoot(page, 'a9-rotate-all-running');
    await dialog(page)
      .getByText(/keys? rotated/)
      .waitFor();
    await camera.shoot(page, 'aa-rotate-all-over');
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await camera.shoot(page, 'ab-rotation-after-all');

    await openKey('Partner export');
    await more('Delete from vault…');
    await camera.shoot(page, 'b0-delete-live');
    await inDialog(page, 'Keep it');

    await goTo(page, 'Settings');
    await press(page, 'Make a backup');
    await dialog(page).getByLabel('File', { exact: true }).fill(backup);
    await dialog(page).getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await dialog(page).getByLabel('Repeat passphrase').fill(passphrase);
    await camera.shoot(page, 'b1-make-backup');
    await inDialog(page, 'Make backup');
    await page.getByRole('dialog', { name: 'Backup made' }).waitFor();
    await camera.shoot(page, 'b2-backup-made');
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await openKey('Conference demo');
    await press(page, 'Rotate');
    await dialog(page).getByText('Now', { exact: true }).click();
    await inDialog(page, 'Rotate');
    await page.getByRole('dialog', { name: 'Rotated Conference demo' }).waitFor();
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await goTo(page, 'Settings');
    await press(page, 'Restore from a backup');
    await dialog(page).getByLabel('File', { exact: true }).fill(backup);
    await dialog(page).getByLabel('Passphrase').fill('something else entirely');
    await inDialog(page, 'Open backup');
    await dialog(page).getByText('That is not the passphrase').waitFor();
    await camera.shoot(page, 'b3-restore-wrong-passphrase');
    await dialog(page).getByLabel('Passphrase').fill(passphrase);
    await inDialog(page, 'Open backup');
    await dialog(page).getByText('How to restore').waitFor();
    await camera.shoot(page, 'b4-restore');
    await dialog(page).getByText('Makes this vault what the backup is').click();
    await inDialog(page, 'Restore');
    await camera.shoot(page, 'b5-restore-replace');
    await inDialog(page, 'Cancel');
    await camera.shoot(page, 'b6-settings-backup');
  } finally {
    await stop();
  }
}

/** Keys that stand in files already, and keys that stand where they should not. */
async function everySearch({ page, keyring, folders, open }: Story, camera: Camera): Promise<void> {
  const { test, stop } = await fillVault(folders, keyring);
  try {
    await scatterKeys(folders.projects, test);
    const origin = await open();
    await page.getByRole('region', { name: 'Files out of step' }).waitFor();
    await camera.shoot(page, 'c0-keys-out-of-step');
    await press(page, 'Show files out of step');
    await camera.shoot(page, 'c1-keys-only-out-of-step');
    await press(page, 'Clear filters');
    await press(page, 'More for all keys');
    await camera.shoot(page, 'c2-keys-menu');
    await page.getByRole('menuitem', { name: 'Find keys in a folder' }).click();
    await page.getByLabel('Folder').fill(path.join(folders.projects, 'nowhere'));
    await camera.shoot(page, 'c3-find-keys');
    await press(page, 'Find keys');
    await page.getByRole('alert').waitFor();
    await camera.shoot(page, 'c4-find-keys-no-folder');
    await page.getByLabel('Folder').fill(path.join(folders.projects, 'status'));
    await press(page, 'Find keys');
    await page.getByText('No keys found').waitFor();
    await camera.shoot(page, 'c5-find-keys-none');
    await press(page, 'Search another folder');
    await page.getByLabel('Folder').fill(folders.projects);
    await press(page, 'Find keys');
    const finds = page.getByRole('grid', { name: 'Found keys' });
    await finds.waitFor();
    await camera.shoot(page, 'c6-found');
    const findOf = (words: RegExp) => finds.getByRole('row', { name: words });
    await findOf(/OPENROUTER_API_KEY/).click();
    await page.getByRole('article').waitFor();
    await camera.shoot(page, 'c7-found-one');
    await findOf(/VERCEL_TOKEN/).click();
    await camera.shoot(page, 'c8-found-tracked');
    await findOf(/As Staging/).click();
    await camera.shoot(page, 'c9-found-known');
    await findOf(/SANDBOX_API_KEY.*Ready/)
      .first()
      .click();
    await page.getByLabel('Name', { exact: true }).fill('Label printer');
    await camera.shoot(page, 'ca-found-several-providers');
    await page.getByRole('article').getByRole('button', { name: 'Close' }).click();
    for (const turn of [0, 1])
      await findOf(/SANDBOX_API_KEY.*(Ready|To be adopted)/)
        .nth(turn)
        .locator('label')
        .click();
    await test.fault({ operation: 'check', fault: 'delay', ms: 3_000 });
    await page.getByRole('button', { name: /^Adopt 2 keys/ }).click();
    await page.getByRole('progressbar').waitFor();
    await camera.shoot(page, 'cb-adopting');
    await page.getByText(/keys? adopted/).waitFor();
    await camera.shoot(page, 'cc-adopted');
    await finds.getByRole('row').nth(2).click();
    await camera.shoot(page, 'cd-not-adopted');

    await page.goto(`${origin}/#/check-for-leaks`);
    await page.getByLabel('Folder').fill(path.join(folders.projects, 'site'));
    await page.getByText('There is no pre-commit hook yet').waitFor();
    await camera.shoot(page, 'd0-leaks');
    await press(page, 'Install the pre-commit hook');
    await page.getByText('The pre-commit hook is installed').waitFor();
    await camera.shoot(page, 'd1-leaks-hook-installed');
    await press(page, 'Remove the hook');
    await page.getByText('There is no pre-commit hook yet').waitFor();
    await writeFile(path.join(folders.projects, 'site/.git/hooks/pre-commit'), '#!/bin/sh\nmake lint\n');
    await page.getByLabel('Folder').fill(folders.projects);
    await page.getByText('This folder is in no Git repository').waitFor();
    await camera.shoot(page, 'd2-leaks-no-repository');
    await page.getByLabel('Folder').fill(path.join(folders.projects, 'site'));
    await page.getByText('There is another pre-commit hook').waitFor();
    await camera.shoot(page, 'd3-leaks-hook-of-another');
    await press(page, 'Check for leaks');
    await page.getByRole('grid', { name: 'Leaks' }).waitFor();
    await camera.shoot(page, 'd4-leaks-found');
    await press(page, 'Pre-commit hook');
    await dialog(page).getByText('There is another pre-commit hook').waitFor();
    await camera.shoot(page, 'd5-leaks-hook-dialog');
    await dialog(page).getByRole('button', { name: 'Close' }).click();
    await page
      .getByRole('row', { name: /Staging/ })
      .getByText('Leaked: replace now')
      .click();
    await dialog(page).waitFor();
    await camera.shoot(page, 'd6-leaks-replace');
    await inDialog(page, 'Replace now');
    await page.getByRole('dialog', { name: 'Replaced Staging' }).waitFor();
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await page.getByText(/nobody can use it any more/).waitFor();
    await camera.shoot(page, 'd7-leaks-one-replaced');
    await press(page, 'Search again');
    await page.getByLabel('Folder').fill(path.join(folders.projects, 'newsletter'));
    await press(page, 'Check for leaks');
    await page.getByText('No value of the vault was found').waitFor();
    await camera.shoot(page, 'd8-leaks-none');
    await press(page, 'Search again');
    await page.getByLabel('Folder').fill(path.join(root, 'node_modules'));
    await press(page, 'Check for leaks');
    await page.getByText('Searching files').waitFor();
    await camera.shoot(page, 'd9-leaks-searching');
  } finally {
    await stop();
  }
}

/** What is due in a vault of so many keys, and how it is told. */
const reminders =
  (count: number, prefix: string) =>
  async ({ page, open, folders, keyring }: Story, camera: Camera): Promise<void> => {
    await fillLargeVault(folders.data, keyring, count);
    await open();
    await shootReminders(page, camera, prefix, count);
    if (count === 30) await shootReminderSettings(page, camera, folders.projects);
  };

const stories: readonly {
  readonly name: string;
  readonly keyring: KeyringOptions;
  readonly act: (story: Story, camera: Camera) => Promise<void>;
}[] = [
  { name: 'without-keychain', keyring: { unlock: false, provider: false }, act: withoutKeychain },
  { name: 'first-key', keyring: { unlock: true }, act: firstKey },
  { name: 'by-hand', keyring: { unlock: true }, act: byHand },
  { name: 'every-day', keyring: { unlock: true }, act: everyDay },
  { name: 'every-end', keyring: { unlock: true }, act: everyEnd },
  { name: 'every-search', keyring: { unlock: true }, act: everySearch },
  { name: 'reminders-1', keyring: { unlock: true }, act: reminders(1, 'e1') },
  { name: 'reminders-30', keyring: { unlock: true }, act: reminders(30, 'e2') },
  { name: 'reminders-3000', keyring: { unlock: true }, act: reminders(3_000, 'e3') },
];

async function main(): Promise<void> {
  buildIfNeeded(root);
  const folder = path.join(root, 'screenshots');
  const wanted = process.argv.slice(2);
  if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
  const camera = await createCamera(folder);
  const browser = await launchChromium();
  try {
    for (const { name, keyring, act } of stories) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const story = await startStory(browser, keyring);
      try {
        await act(story, camera);
      } finally {
        await story.end();
      }
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(`${camera.taken()} pictures in screenshots/\n`);
}

await main();
