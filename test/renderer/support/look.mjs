// Takes pictures of the page and checks them with axe: node test/renderer/support/look.mjs DIR [name…]
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from '@playwright/test';
import { serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const { AxeBuilder } = require('@axe-core/playwright');
const [folder = 'pictures', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const key = (index) => `key_${index.toString(36).padStart(20, '0')}`;
const press = (name) => (page) => page.getByRole('button', { name, exact: true }).click();

const pictures = [
  { name: 'keys-empty', keys: 0 },
  { name: 'keys-12', keys: 12 },
  { name: 'keys-500', keys: 500 },
  { name: 'keys-500-narrow', keys: 500, size: [900, 600] },
  { name: 'keys-500-wide', keys: 500, size: [1920, 1080] },
  { name: 'key-open', keys: 500, hash: `#/keys/${key(2)}` },
  { name: 'key-attention', keys: 500, hash: `#/keys/${key(5)}` },
  { name: 'key-unsealed', keys: 500, hash: `#/keys/${key(3)}`, size: [1920, 1080] },
  { name: 'key-narrow', keys: 500, hash: `#/keys/${key(2)}`, size: [900, 600] },
  {
    name: 'key-scrolled',
    keys: 500,
    hash: `#/keys/${key(2)}`,
    act: (page) =>
      page
        .locator('article > div')
        .last()
        .evaluate((body) => body.scrollTo(0, 9999)),
  },
  { name: 'write', keys: 12, hash: `#/keys/${key(2)}`, act: press('Write to .env') },
  { name: 'palette', keys: 500, act: (page) => page.keyboard.press('Control+k') },
  {
    name: 'palette-search',
    keys: 500,
    hash: `#/keys/${key(2)}`,
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('web');
    },
  },
  { name: 'no-match', keys: 500, act: (page) => page.getByRole('searchbox').fill('nothing like this') },
];

const { url, stop } = await serve();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
});
let problems = 0;
for (const appearance of ['light', 'dark']) {
  for (const { name, keys, hash = '#/keys', size = [1280, 800], act } of pictures) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const context = await browser.newContext({
      viewport: { width: size[0], height: size[1] },
      colorScheme: appearance,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => process.stdout.write(`${name}: ${error}\n`));
    page.on('console', (message) => {
      if (message.type() === 'error') process.stdout.write(`${name}: ${message.text().slice(0, 400)}\n`);
    });
    await page.goto(`${url}?keys=${keys}${hash}`);
    await page.getByRole('navigation').waitFor();
    await page
      .getByRole('grid')
      .or(page.getByRole('heading', { name: 'No keys yet' }))
      .first()
      .waitFor();
    await page.waitForTimeout(300);
    await act?.(page);
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${folder}/${name}-${appearance}.png` });
    const { violations } = await new AxeBuilder({ page }).analyze();
    problems += violations.length;
    for (const { id, help, nodes } of violations) {
      process.stdout.write(`${name} ${appearance}: ${id}: ${help}\n`);
      for (const node of nodes.slice(0, 3)) {
        process.stdout.write(
          `   ${node.target.join(' ')}: ${node.failureSummary.replaceAll('\n', ' ').slice(0, 240)}\n`,
        );
      }
    }
    await context.close();
  }
}
await browser.close();
await stop();
process.stdout.write(`${problems} problems\n`);
