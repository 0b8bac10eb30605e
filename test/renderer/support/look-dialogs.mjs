// Takes pictures of the dialogs and the screens beside the keys, and checks them with axe:
// node test/renderer/support/look-dialogs.mjs DIR [name…]
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from '@playwright/test';
import { serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const { AxeBuilder } = require('@axe-core/playwright');
const [folder = 'pictures', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const key = (index) => `key_${index.toString(36).padStart(20, '0')}`;
const press = (name) => (page) => page.getByRole('button', { name, exact: true }).first().click();
const generate = async (page) => {
  await press('Generate key')(page);
  await page.getByLabel('Name', { exact: true }).fill('Shop checkout');
};
const write = async (page) => {
  await page.getByLabel('File', { exact: true }).fill('/home/mira/code/shop/.env');
  await page.getByText('Everything else in it stays as it is.').waitFor();
};

const pictures = [
  { name: 'generate', hash: '#/providers', act: press('Generate key') },
  {
    name: 'generate-filled',
    hash: '#/providers',
    act: async (page) => {
      await generate(page);
      await write(page);
    },
  },
  {
    name: 'generate-scrolled',
    hash: '#/providers',
    act: async (page) => {
      await generate(page);
      await write(page);
      await page.getByLabel('Account password').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'generate-wrong',
    scenario: 'throttled',
    hash: '#/providers',
    act: async (page) => {
      await press('Generate key')(page);
      await page.locator('form').evaluate((form) => form.requestSubmit());
    },
  },
  {
    name: 'generate-throttled',
    scenario: 'throttled',
    hash: '#/providers',
    act: async (page) => {
      await generate(page);
      await page.locator('form').evaluate((form) => form.requestSubmit());
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'copy-once', scenario: 'copy-once', hash: `#/keys/${key(3)}`, act: press('Copy once') },
  {
    name: 'copy-once-shown',
    scenario: 'copy-once',
    hash: `#/keys/${key(3)}`,
    act: async (page) => {
      await press('Copy once')(page);
      await press('Show')(page);
    },
  },
  {
    name: 'copy-once-hint',
    scenario: 'copy-once',
    hash: `#/keys/${key(3)}`,
    act: async (page) => {
      await press('Copy once')(page);
      await page.getByRole('button', { name: 'Copy', exact: true }).last().click();
      await page.getByRole('status').filter({ hasText: 'clipboard' }).waitFor();
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'copy-once-write',
    scenario: 'copy-once',
    hash: `#/keys/${key(3)}`,
    act: async (page) => {
      await press('Copy once')(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Write to .env' }).click();
      await write(page);
    },
  },
  { name: 'copy-once-spent', scenario: 'copy-once-spent', hash: `#/keys/${key(3)}`, act: press('Copy once') },
  { name: 'rotate', scenario: 'calm', hash: `#/keys/${key(2)}`, act: press('Rotate') },
  {
    name: 'rotate-done',
    scenario: 'rotated-in-grace',
    hash: `#/keys/${key(2)}`,
    act: async (page) => {
      await press('Rotate')(page);
      await page.locator('form').evaluate((form) => form.requestSubmit());
      await page.getByRole('button', { name: 'Open the new key' }).waitFor();
    },
  },
  { name: 'rotation', hash: '#/rotation' },
  { name: 'rotation-calm', scenario: 'calm', hash: '#/rotation' },
  { name: 'rotation-narrow', scenario: 'calm', hash: '#/rotation', size: [820, 600] },
  { name: 'rotate-all', scenario: 'calm', hash: '#/rotation', act: press('Rotate all due') },
  { name: 'rotation-empty', scenario: 'nothing', hash: '#/rotation' },
  { name: 'revoke', scenario: 'revoke-live', hash: `#/keys/${key(3)}`, act: press('Revoke') },
  { name: 'providers', hash: '#/providers' },
  {
    name: 'providers-compared',
    hash: '#/providers',
    act: (page) => page.getByRole('button', { name: 'Compare with the provider' }).nth(1).click(),
  },
  {
    name: 'providers-compared-many',
    scenario: 'many-strays',
    hash: '#/providers',
    act: async (page) => {
      await page.getByRole('button', { name: 'Compare with the provider' }).nth(1).click();
      await press('Show 100 more')(page);
    },
  },
  {
    name: 'providers-compare-asks',
    hash: '#/providers',
    act: press('Compare with the provider'),
  },
  {
    name: 'revoke-stray',
    hash: '#/providers',
    act: async (page) => {
      await page.getByRole('button', { name: 'Compare with the provider' }).nth(1).click();
      await page.getByRole('row').getByRole('button', { name: 'Revoke' }).first().click();
    },
  },
  { name: 'providers-empty', scenario: 'nothing', hash: '#/providers' },
  { name: 'add-provider', hash: '#/providers', act: press('Add provider') },
  {
    name: 'add-provider-refused',
    hash: '#/providers',
    act: async (page) => {
      await press('Add provider')(page);
      await page.getByLabel('Search providers').fill('pack');
      await page.getByRole('dialog').getByRole('button').filter({ hasText: 'Package registry' }).click();
      await page.getByLabel('Base URL').fill('https://registry.example.com');
      await page.getByLabel('Management token').fill('something');
      await page.locator('form').evaluate((form) => form.requestSubmit());
      await page.getByRole('alert').waitFor();
    },
  },
  ...['everything', 'definition-faulty'].map((scenario) => ({
    name: scenario === 'everything' ? 'add-from-file' : 'add-from-file-faulty',
    scenario,
    hash: '#/providers',
    act: async (page) => {
      await press('Add provider')(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Add from a file' }).click();
      await page
        .getByRole('dialog', { name: 'Add from a file' })
        .getByLabel('File')
        .fill('/home/mira/parcelway.json');
      await press('Check file')(page);
    },
  })),
  ...[
    ['handmade', 'Handmade'],
    ['suggested', 'Model host'],
  ].map(([name, provider]) => ({
    name: `add-provider-${name}`,
    hash: '#/providers',
    act: async (page) => {
      await press('Add provider')(page);
      await page.getByRole('dialog').getByRole('button').filter({ hasText: provider }).last().click();
      if (name !== 'suggested') return;
      await page.getByLabel('Admin key').fill('something');
      await page.getByRole('combobox').click();
      await page.getByRole('button', { name: 'Show what Project can be' }).click();
    },
  })),
  { name: 'keys-reminder', scenario: 'replacing' },
  { name: 'key-in-grace', scenario: 'replacing', hash: `#/keys/${key(3)}` },
  { name: 'rotation-ends', scenario: 'replacing', hash: '#/rotation' },
  {
    name: 'rotation-finished',
    scenario: 'replacing',
    hash: '#/rotation',
    act: (page) => page.getByRole('heading', { name: 'Finished' }).scrollIntoViewIfNeeded(),
  },
  { name: 'undo', scenario: 'replacing', hash: '#/rotation', act: press('Undo') },
  {
    name: 'leaked',
    scenario: 'replacing',
    hash: `#/keys/${key(2)}`,
    act: async (page) => {
      await press('More')(page);
      await page.getByRole('menuitem', { name: 'Leaked: replace now' }).click();
    },
  },
  {
    name: 'leaked-revoke-first',
    scenario: 'replacing',
    hash: `#/keys/${key(2)}`,
    act: async (page) => {
      await press('More')(page);
      await page.getByRole('menuitem', { name: 'Leaked: replace now' }).click();
      await page.getByText('Revoke at once').click();
    },
  },
  {
    name: 'find-leaked',
    scenario: 'by-hand',
    hash: '#/rotation',
    act: async (page) => {
      await press('Leaked: replace now')(page);
      await page.getByLabel('Leaked key').fill('pw_unknown');
      await press('Find key')(page);
      await page.getByLabel('Name, provider or last four').fill('mail');
    },
  },
  { name: 'batch-choosing', scenario: 'calm', hash: '#/rotation', act: press('Rotate all due') },
  { name: 'batch-running', scenario: 'batch-running', hash: '#/rotation' },
  { name: 'batch-over', scenario: 'batch-over', hash: '#/rotation' },
  {
    name: 'forget',
    scenario: 'replacing',
    hash: `#/keys/${key(2)}`,
    act: async (page) => {
      await press('More')(page);
      await page.getByRole('menuitem', { name: 'Delete from vault…' }).click();
    },
  },
  {
    name: 'forget-by-hand',
    scenario: 'by-hand',
    hash: `#/keys/${key(2)}`,
    act: async (page) => {
      await press('More')(page);
      await page.getByRole('menuitem', { name: 'Delete from vault…' }).click();
    },
  },
  ...['make-backup', 'make-backup-running', 'make-backup-exists', 'make-backup-made'].map((name) => ({
    name,
    scenario: name === 'make-backup-running' ? 'making-backup' : 'replacing',
    hash: '#/settings',
    act: async (page) => {
      await press('Make a backup')(page);
      if (name === 'make-backup') return;
      await page.getByLabel('File').fill('/media/stick/keyturn.age');
      await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
      await page.getByLabel('Repeat passphrase').fill('correct horse battery');
      await press('Make backup')(page);
      if (name !== 'make-backup-made') return;
      await page.getByText('Replace the file that is there').click();
      await press('Make backup')(page);
    },
  })),
  ...['restore-open', 'restore-merge', 'restore-replace', 'restored'].map((name) => ({
    name,
    scenario: 'replacing',
    hash: '#/settings',
    act: async (page) => {
      await press('Restore from a backup')(page);
      if (name === 'restore-open') return;
      await page.getByLabel('File').fill('/media/stick/keyturn.age');
      await page.getByLabel('Passphrase').fill('correct horse battery');
      await press('Open backup')(page);
      await page.getByText('Merge').waitFor();
      if (name === 'restore-replace') {
        await page.getByText('Makes this vault what').click();
        await press('Restore')(page);
      }
      if (name === 'restored') await press('Restore')(page);
    },
  })),
  { name: 'activity', hash: '#/activity' },
  { name: 'activity-empty', scenario: 'nothing', hash: '#/activity' },
  { name: 'settings', hash: '#/settings' },
  ...[
    'unset-absent',
    'unset-present',
    'locked-passphrase',
    'locked-keychain',
    'foreign',
    'damaged',
    'opening',
  ].map((scenario) => ({ name: scenario, scenario })),
  {
    name: 'locked-passphrase-wrong',
    scenario: 'locked-passphrase',
    act: async (page) => {
      await page.getByLabel('Passphrase').fill('not this one');
      await press('Unlock')(page);
    },
  },
];

const { url, stop } = await serve(0, './install-scenario.ts');
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
});
let problems = 0;
for (const appearance of ['light', 'dark']) {
  for (const { name, scenario = 'everything', hash = '#/keys', size = [1280, 800], act } of pictures) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const context = await browser.newContext({
      viewport: { width: size[0], height: size[1] },
      colorScheme: appearance,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(5000);
    page.setDefaultNavigationTimeout(30_000);
    const say = (text) => process.stdout.write(`${name} ${appearance}: ${text}\n`);
    page.on('pageerror', (error) => say(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') say(message.text().slice(0, 300));
    });
    await page.goto(`${url}?scenario=${scenario}${hash}`);
    await page.getByRole('main').waitFor();
    await page.waitForTimeout(300);
    try {
      await act?.(page);
    } catch (error) {
      problems += 1;
      say(String(error).slice(0, 500));
    }
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${folder}/${name}-${appearance}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    problems += violations.length;
    for (const { id, help, nodes } of violations) {
      say(`${id}: ${help}`);
      for (const node of nodes.slice(0, 3)) say(`   ${node.target.join(' ')}`);
    }
    await context.close();
  }
}
await browser.close();
await stop();
process.stdout.write(`${problems} problems\n`);
