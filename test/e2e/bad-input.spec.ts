import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { callMain } from './support/call-main.ts';
import { browserHostOnly, isElectron } from './support/host.ts';
import { deadAddress, emptySite, startOddServer, webSite } from './support/odd-servers.ts';
import { readWithDotenv } from './support/read-env.ts';
import type { SandboxServer } from './support/sandbox-server.ts';
import { beginKeyAt, chooseProvider, generateKeyAt, goTo } from './support/screens.ts';
import { test } from './support/with-sandbox.ts';

test.skip(isElectron, browserHostOnly);

type Fault = Parameters<SandboxServer['fault']>[0];

/** What a person reads: what happened, and what to do now. */
type Said = readonly [title: string, next: string];

async function expectSaid(within: Page | Locator, [title, next]: Said): Promise<void> {
  const alert = within.getByRole('alert').filter({ hasText: title });
  await expect(alert).toContainText(next);
}

const keysIn = async (page: Page) => (await callMain(page, 'keys.list', {})).keys;

test('a provider that cannot be connected is refused in words, and the form keeps what was typed', async ({
  page,
  world,
  sandbox,
}) => {
  const site = await startOddServer(webSite);
  const nothing = await startOddServer(emptySite);
  const right = { url: sandbox.origin, token: sandbox.token };
  const rows: [Partial<typeof right>, Fault | null, Said][] = [
    [{ url: site.origin }, null, ['answered something that Keyturn cannot read', 'one of its API']],
    [{ url: nothing.origin }, null, ['does not know what was asked for', 'Check the address']],
    [{ url: await deadAddress() }, null, ['cannot be reached', 'Check the network and try again']],
    [{ url: 'http://keys.example' }, null, ['called without encryption', 'begins with https']],
    [{ token: 'mgmt_test_wrong' }, null, ['does not accept the credential', 'enter it again']],
    [{}, { operation: 'list', fault: '403' }, ['does not allow this', 'Give the credential the permission']],
    [
      {},
      { operation: 'list', fault: '429', retryAfterSeconds: 30 },
      ['asks to wait 30 seconds', 'Try again then'],
    ],
    [
      {},
      { operation: 'list', fault: '500', times: 3 },
      ['has a problem of its own', 'It answered with status 500'],
    ],
    [{}, { operation: 'list', fault: 'not-json' }, ['cannot read', 'The answer is not JSON']],
    [{}, { operation: 'list', fault: 'huge' }, ['cannot read', 'The answer is far too big']],
    [{}, { operation: 'list', fault: 'redirect', to: site.origin }, ['was led from', 'new address']],
  ];
  await world.open();
  const form = await chooseProvider(page, 'Sandbox');
  await form.getByLabel('Connection name').fill('Ours');
  for (const [wrong, fault, said] of rows) {
    await test.step(said[0], async () => {
      if (fault !== null) await sandbox.fault(fault);
      const { url, token } = { ...right, ...wrong };
      await form.getByLabel('Address').fill(url);
      await form.getByLabel('Management token').fill(token);
      await form.getByRole('button', { name: 'Add provider' }).click();
      await expectSaid(form, said);
      await expect(form.getByLabel('Connection name')).toHaveValue('Ours');
      await expect(form.getByLabel('Address')).toHaveValue(url);
      await expect(form.getByLabel('Management token')).toHaveValue(token);
      expect((await callMain(page, 'connections.list', {})).connections).toEqual([]);
    });
  }
  await form.getByLabel('Address').fill(right.url);
  await form.getByLabel('Management token').fill(right.token);
  await form.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('dialog')).toContainText('Ours is connected');
  await Promise.all([site.stop(), nothing.stop()]);
});

test('a provider that makes no key is asked once, said in words, and the form keeps what was typed', async ({
  page,
  world,
  sandbox,
}) => {
  const rows: [Fault, Said][] = [
    [{ operation: 'create', fault: '401' }, ['does not accept the credential', 'Check the credential']],
    [{ operation: 'create', fault: '403' }, ['does not allow this', 'Give the credential the permission']],
    [{ operation: 'create', fault: '404' }, ['does not know what was asked for', 'Check the address']],
    [
      { operation: 'create', fault: '429', retryAfterSeconds: 90 },
      ['asks to wait 90 seconds', 'Try again then'],
    ],
    [{ operation: 'create', fault: '500' }, ['has a problem of its own', 'Try again later']],
    [{ operation: 'create', fault: 'drop' }, ['cannot be reached', 'Check the network and try again']],
  ];
  const file = path.join(world.project, '.env');
  await world.open();
  const form = await beginKeyAt(page, sandbox);
  await form.getByLabel('Name', { exact: true }).fill('Shop checkout');
  await form.getByLabel('File', { exact: true }).fill(file);
  await form.getByLabel('Expires after (days)').fill('30');
  for (const [index, [fault, said]] of rows.entries()) {
    await test.step(said[0], async () => {
      await sandbox.fault(fault);
      await form.getByRole('button', { name: 'Generate key' }).click();
      await expectSaid(form, said);
      await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Shop checkout');
      await expect(form.getByLabel('File', { exact: true })).toHaveValue(file);
      await expect(form.getByLabel('Expires after (days)')).toHaveValue('30');
      expect(await sandbox.calls('create')).toBe(index + 1);
      expect(await sandbox.alive()).toEqual([]);
      expect(await keysIn(page)).toEqual([]);
    });
  }
  await form.getByRole('button', { name: 'Generate key' }).click();
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
  expect(await sandbox.statusOf(readWithDotenv(file, 'SANDBOX_API_KEY') ?? '')).toBe(200);
});

/** How much memory the process takes now, in MB. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const lost: Record<string, Fault> = {
  'is dropped after the provider has acted': { operation: 'create', fault: 'drop-after-acting' },
  'is an error although the provider has acted': { operation: 'create', fault: '500-after-acting' },
  'is not JSON': { operation: 'create', fault: 'not-json' },
  'is 100 MB long': { operation: 'create', fault: 'huge' },
};
for (const [what, fault] of Object.entries(lost)) {
  test(`a create whose answer ${what} is not repeated, and its stray alone is revoked`, async ({
    page,
    world,
    sandbox,
  }) => {
    const other = await sandbox.makeKey('Made elsewhere');
    await world.open();
    const form = await beginKeyAt(page, sandbox);
    await form.getByLabel('Name', { exact: true }).fill('Shop checkout');
    await sandbox.fault(fault);
    const memoryBefore = await memoryOf(world.app.pid);
    await form.getByRole('button', { name: 'Generate key' }).click();

    const unknown = page.getByRole('dialog', { name: 'Outcome unknown' });
    await expectSaid(unknown, [
      'It is not known whether the provider made the key',
      'revoke what was left there',
    ]);
    expect((await memoryOf(world.app.pid)) - memoryBefore).toBeLessThan(40);
    expect(await sandbox.calls('create')).toBe(1);
    expect(await sandbox.alive()).toHaveLength(2);

    await unknown.getByRole('button', { name: 'Open Rotation' }).click();
    await page.getByRole('button', { name: 'Revoke the stray', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Revoke the stray' })).toHaveCount(0);
    expect((await sandbox.alive()).map((key) => key.id)).toEqual([other.id]);
    expect(await sandbox.statusOf(other.key)).toBe(200);
    expect(await sandbox.calls('revoke')).toBe(1);
    expect(await sandbox.calls('create')).toBe(1);
    expect(await keysIn(page)).toEqual([]);
    expect((await callMain(page, 'work.list', {})).works.filter((work) => work.finished === null)).toEqual(
      [],
    );
  });
}

test('a file that cannot be written is said at its field, and the provider is not asked', async ({
  page,
  world,
  sandbox,
}) => {
  const readOnly = path.join(world.project, 'read-only.env');
  await writeFile(readOnly, 'PORT=3000\n');
  await chmod(readOnly, 0o444);
  const closed = path.join(world.project, 'closed');
  await mkdir(closed);
  await chmod(closed, 0o555);
  const binary = path.join(world.project, 'binary.env');
  await writeFile(binary, Buffer.from([0x50, 0xff, 0xfe, 0x0a]));
  const rows: [file: string, said: RegExp][] = [
    [world.project, /That is a folder.*Add the name of the file|That is a folder/],
    [readOnly, /The file cannot be written.*marked read-only/],
    [path.join(closed, '.env'), /The file cannot be written/],
    [path.join(world.project, 'gone', '.env'), /The folder does not exist/],
    [binary, /That is not a text file/],
    ['.env', /The path is not complete/],
  ];
  await world.open();
  const form = await beginKeyAt(page, sandbox);
  const fileField = form.getByLabel('File', { exact: true });
  await form.getByLabel('Name', { exact: true }).fill('Shop checkout');
  for (const [file, said] of rows) {
    await test.step(file, async () => {
      await fileField.fill(file);
      await form.getByRole('button', { name: 'Generate key' }).click();
      await expect(fileField).toHaveAccessibleDescription(said);
      await expect(fileField).toHaveValue(file);
      await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Shop checkout');
    });
  }
  expect(await sandbox.calls('create')).toBe(0);
  expect(await keysIn(page)).toEqual([]);
  expect(await readFile(readOnly, 'utf8')).toBe('PORT=3000\n');
});

test('a file that is gone stops a rotation before the provider hears of it, and the old key stays', async ({
  page,
  world,
  sandbox,
}) => {
  const folder = path.join(world.project, 'api');
  await mkdir(folder);
  const file = path.join(folder, '.env');
  await world.open();
  const copyOnce = await generateKeyAt(page, sandbox, { file });
  const value = readWithDotenv(file, 'SANDBOX_API_KEY') ?? '';
  await copyOnce.getByRole('button', { name: 'Done' }).click();
  await rm(folder, { recursive: true });

  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  const rotate = page.getByRole('dialog', { name: /Rotate/ });
  await rotate.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expectSaid(rotate, ['The folder does not exist', 'Make the folder or correct the path']);
  expect(await sandbox.calls('create')).toBe(1);
  expect(await sandbox.statusOf(value)).toBe(200);
  expect(await keysIn(page)).toMatchObject([{ status: 'active', attention: null }]);
});

test('a keyring that is locked or dies in between stops nothing for good: unlocked, the same form goes on', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const form = await beginKeyAt(page, sandbox);
  await form.getByLabel('Name', { exact: true }).fill('Shop checkout');
  const ways: Record<string, () => Promise<void>> = {
    locked: () => world.keyring.lock(),
    'dead, and started again locked': () => world.keyring.killDaemon(),
  };
  for (const [how, harm] of Object.entries(ways)) {
    await test.step(how, async () => {
      await harm();
      await form.getByRole('button', { name: 'Generate key' }).click();
      await expectSaid(form, ['The keychain is locked', 'Unlock the keychain and try again']);
      await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Shop checkout');
      expect(await sandbox.calls('create')).toBe(0);
      await world.keyring.restartDaemon({ unlock: true });
    });
  }
  await form.getByRole('button', { name: 'Generate key' }).click();
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
  expect(await sandbox.alive()).toHaveLength(1);
});

test('a keyring that does not answer is said in words, and the rest of the app goes on meanwhile', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  await (await generateKeyAt(page, sandbox)).getByRole('button', { name: 'Done' }).click();
  await world.keyring.pause();
  await page.getByRole('button', { name: 'Check key' }).click();
  await goTo(page, 'Activity');
  await expect(page.getByRole('main')).toContainText('Shop checkout');
  await goTo(page, 'Settings');
  await goTo(page, 'Providers');
  await expect(page.getByRole('article', { name: 'Sandbox' })).toBeVisible();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(
    page.getByRole('alert').filter({ hasText: 'The keychain did not answer within' }),
  ).toContainText('Answer the keychain’s question, then try again', { timeout: 50_000 });
  await world.keyring.resume();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('article', { name: 'Sandbox' })).toContainText('Sandbox works');
});

test('an app that has died is said in words, and a form neither pretends nor forgets', async ({
  page,
  world,
  sandbox,
}) => {
  await world.open();
  const form = await beginKeyAt(page, sandbox);
  await form.getByLabel('Name', { exact: true }).fill('Shop checkout');
  await world.app.kill();
  await expect(page.getByText('Keyturn does not answer.')).toBeVisible();
  await form.getByRole('button', { name: 'Generate key' }).click();
  await expectSaid(form, ['The connection to Keyturn is lost', 'Check that Keyturn is still running']);
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Shop checkout');
  expect(await sandbox.calls('create')).toBe(0);
});
