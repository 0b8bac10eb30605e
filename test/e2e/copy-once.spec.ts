import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { KeyId } from '../../shared/domain/ids.ts';
import { askMain, callMain, exposeSocket } from './support/call-main.ts';
import { browserHostOnly, isElectron } from './support/host.ts';
import { readWithDotenv } from './support/read-env.ts';
import { generateKeyAt } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

test.skip(isElectron, browserHostOnly);

const field = 'API_KEY';

async function onlyKey(page: Page): Promise<KeyId> {
  const [key] = (await callMain(page, 'keys.list', {})).keys;
  if (key === undefined) throw new Error('There is no key');
  return key.id;
}

/** The code that main refuses with, or the values where it does not. */
async function reveal(page: Page, id: KeyId, purpose: 'show' | 'copy'): Promise<unknown> {
  const answer = (await askMain(page, 'keys.reveal', {
    id,
    purpose,
    field: purpose === 'copy' ? field : null,
  })) as { ok: boolean; value?: unknown; error?: { code: string } };
  return answer.ok ? answer.value : answer.error?.code;
}

test('a key that was shown is never shown again: not after a reload, in a second window, or after a restart', async ({
  page,
  context,
  world,
  sandbox,
}) => {
  const file = path.join(world.project, '.env');
  await world.open();
  const dialog = await generateKeyAt(page, sandbox, { file });
  const value = readWithDotenv(file, 'SANDBOX_API_KEY') ?? '';
  const id = await onlyKey(page);
  await expect(dialog.getByRole('button', { name: 'Show' })).toBeEnabled();
  expect(await page.content()).not.toContain(value);
  await dialog.getByRole('button', { name: 'Show' }).click();
  await expect(dialog).toContainText('Hides itself');
  expect((await dialog.textContent())?.replace(/\s/g, '')).toContain(value);
  await dialog.getByRole('button', { name: 'Hide' }).click();
  await expect(dialog).toContainText('Already shown');
  expect(await page.content()).not.toContain(value);
  expect(world.answers.count(value)).toBe(1);

  await page.reload();
  await page.getByRole('button', { name: 'Copy once' }).click();
  await expect(dialog.getByRole('button', { name: 'Show' })).toBeDisabled();
  expect(await reveal(page, id, 'show')).toBe('already-shown');

  const second = await context.newPage();
  const heard: string[] = [];
  second.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => heard.push(String(payload))),
  );
  await exposeSocket(second);
  await second.goto(world.app.url);
  await expect(second.getByRole('alert')).toContainText('Keyturn is open in another page.');
  expect(heard.join()).not.toContain('Shop checkout');
  await second.getByRole('button', { name: 'Use it here' }).click();
  await expect(page.getByRole('alert')).toContainText('Keyturn is open in another page.');
  await second.getByRole('row', { name: /Shop checkout/ }).click();
  await second.getByRole('button', { name: 'Copy once' }).click();
  await expect(second.getByRole('dialog').getByRole('button', { name: 'Show' })).toBeDisabled();
  expect(await reveal(second, id, 'show')).toBe('already-shown');
  await second.close();

  await world.restart('stop');
  await expect(page.getByRole('row', { name: /Shop checkout/ })).toBeVisible();
  expect(await reveal(page, id, 'show')).toBe('already-shown');
  expect(world.answers.count(value)).toBe(1);
  expect(heard.join()).not.toContain(value);
});

test('Escape, a click outside and a killed app lose nothing: the key can still be shown, once', async ({
  page,
  world,
  sandbox,
}) => {
  const file = path.join(world.project, '.env');
  await world.open();
  const dialog = await generateKeyAt(page, sandbox, { file });
  const value = readWithDotenv(file, 'SANDBOX_API_KEY') ?? '';
  await page.keyboard.press('Escape');
  await expect(dialog).toContainText('Nothing is lost. Press Done');
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.mouse.click(5, 5);
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeVisible();
  await page.goBack();
  await page.goForward();

  await world.restart('kill');
  await page.getByRole('row', { name: /Shop checkout/ }).click();
  await page.getByRole('button', { name: 'Copy once' }).click();
  await dialog.getByRole('button', { name: 'Show' }).click();
  await expect(dialog).toContainText('Hides itself');
  expect((await dialog.textContent())?.replace(/\s/g, '')).toContain(value);
  expect(await reveal(page, await onlyKey(page), 'show')).toBe('already-shown');
});

test('Done seals a key for good, whoever asks and however', async ({ page, world, sandbox }) => {
  await world.open();
  const dialog = await generateKeyAt(page, sandbox);
  const id = await onlyKey(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Copy once' })).toHaveCount(0);
  const expectSealed = async () => {
    await page.getByRole('navigation').waitFor();
    expect(await reveal(page, id, 'show')).toBe('already-sealed');
    expect(await reveal(page, id, 'copy')).toBe('already-sealed');
    expect(await askMain(page, 'keys.copy', { id, field })).toMatchObject({
      ok: false,
      error: { code: 'already-sealed' },
    });
  };
  await expectSealed();
  await world.restart('kill');
  await expectSealed();
});

test('Copy puts exactly the value on the clipboard, once', async ({ page, context, world, sandbox }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const file = path.join(world.project, '.env');
  await world.open();
  const dialog = await generateKeyAt(page, sandbox, { file });
  const value = readWithDotenv(file, 'SANDBOX_API_KEY') ?? '';
  const id = await onlyKey(page);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog).toContainText('API key is on the clipboard');
  await expect(dialog).toContainText(/clear.{0,10} after 45 seconds/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  expect(await page.content()).not.toContain(value);
  await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toBeDisabled();
  expect(await reveal(page, id, 'copy')).toBe('already-copied');
  expect(await askMain(page, 'keys.copy', { id, field })).toMatchObject({
    ok: false,
    error: { code: 'already-copied' },
  });
  expect(world.answers.count(value)).toBe(1);
});

test('the clipboard forgets a copied key after its seconds', async ({ page, context, world, sandbox }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  await world.open();
  const dialog = await generateKeyAt(page, sandbox);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog).toContainText(/clear.{0,10} after 45 seconds/);
  const held = () => page.evaluate(() => navigator.clipboard.readText());
  await page.clock.fastForward('00:40');
  expect(await held()).toMatch(/^sk_test_/);
  await page.clock.fastForward('00:06');
  await expect.poll(held).toBe('');
});

test('a clipboard that the user has used since is left alone', async ({ page, context, world, sandbox }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  await world.open();
  const dialog = await generateKeyAt(page, sandbox);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog).toContainText(/clear.{0,10} after 45 seconds/);
  // Looked at through a hand in the page, so that it is known when the app has looked and what it did.
  await page.evaluate(async () => {
    const looks: string[] = [];
    const read = navigator.clipboard.readText.bind(navigator.clipboard);
    const write = navigator.clipboard.writeText.bind(navigator.clipboard);
    await write('a line of my own');
    navigator.clipboard.readText = async () => {
      looks.push('looked');
      return read();
    };
    navigator.clipboard.writeText = async (text) => {
      looks.push(`wrote ${text}`);
      return write(text);
    };
    Object.assign(window, { looks });
  });
  const looks = () => page.evaluate(() => (window as unknown as { looks: string[] }).looks);
  await page.clock.fastForward('01:00');
  await expect.poll(looks).toEqual(['looked']);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('a line of my own');
  expect(await looks()).toEqual(['looked', 'looked']);
});
