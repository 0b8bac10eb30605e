import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { passphrase, type SealedApp, startSealed, wish } from './damage-world.ts';

const full = { ok: false, error: { code: 'storage-failed', reason: 'ENOSPC' } };

let disk: string;
let elsewhere: string;
let isMounted: boolean;
let running: SealedApp[];

beforeEach(async () => {
  running = [];
  disk = await mkdtemp(join(tmpdir(), 'keyturn-full-'));
  isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'keyturn-test', disk]).status === 0;
  // The provider has a disk of its own.
  elsewhere = await mkdtemp(join(tmpdir(), 'keyturn-elsewhere-'));
  await mkdir(join(disk, 'data'));
  await symlink(elsewhere, join(disk, 'data', 'sandbox'));
});
afterEach(async () => {
  for (const app of running) await app.stop();
  if (isMounted) spawnSync('umount', ['-l', disk]);
  await rm(disk, { recursive: true, force: true });
  await rm(elsewhere, { recursive: true, force: true });
});

const filler = () => join(disk, 'filler');

/** Writes until nothing fits any more. */
async function fill(): Promise<void> {
  const handle = await open(filler(), 'a');
  try {
    for (const size of [65_536, 4_096, 1]) {
      const block = Buffer.alloc(size, 1);
      for (let isFull = false; !isFull; ) {
        isFull = await handle.appendFile(block).then(
          () => false,
          () => true,
        );
      }
    }
  } finally {
    await handle.close();
  }
}

const makeRoom = () => rm(filler());

async function start(
  onAnswer: (request: string) => Promise<void> = async () => undefined,
): Promise<SealedApp> {
  const app = await startSealed(join(disk, 'data'), {
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      await onAnswer(`${init?.method ?? 'GET'}`);
      return answer;
    },
  });
  running.push(app);
  await app.ask('vault.usePassphrase', { passphrase });
  await app.ask('vault.unlock', { passphrase });
  return app;
}

const posts = (app: SealedApp) => app.asked.filter((one) => one.startsWith('POST')).length;

async function withKey(app: SealedApp) {
  const { id: connectionId } = await app.call('connections.addSandbox', {});
  const file = join(disk, '.env');
  await writeFile(file, '');
  const targets = [{ file, variables: { API_KEY: 'API_KEY' } }];
  const { keyId } = await app.call('keys.issue', { ...wish, connectionId, name: 'one', targets });
  const value = async () => parseEnv(await readFile(file, 'utf8')).API_KEY ?? '';
  return { connectionId, keyId, value };
}

test('a full disk refuses a new key and a rotation before the provider hears of them', async ({ skip }) => {
  skip(!isMounted, 'no right to mount');
  const app = await start();
  const { connectionId, keyId, value } = await withKey(app);
  const before = { value: await value(), keys: await app.call('keys.list', {}), posts: posts(app) };
  await fill();
  const another = { ...wish, connectionId, name: 'two', targets: [] };
  expect(await app.ask('keys.issue', another)).toMatchObject(full);
  expect(await app.ask('keys.rotate', { id: keyId, grace: 'now', answers: {} })).toMatchObject(full);
  expect(await app.ask('keys.setPolicy', { ids: [keyId], policy: { everyDays: 7 } })).toMatchObject({
    ok: false,
  });
  expect(await app.ask('settings.set', { rotationDays: 7 })).toMatchObject({ ok: false });
  expect({ value: await value(), keys: await app.call('keys.list', {}), posts: posts(app) }).toEqual(before);
  expect((await app.call('work.list', {})).works.filter(({ finished }) => finished === null)).toEqual([]);
  expect(app.log.failures).toEqual([]);

  await makeRoom();
  await app.call('keys.issue', another);
  await app.stop();
  const again = await start();
  expect(await again.keyNames()).toEqual(['one', 'two']);
  expect((await again.call('vault.setAside', {})).files).toEqual([]);
});

test('an app that starts on a full disk shows what is there', async ({ skip }) => {
  skip(!isMounted, 'no right to mount');
  const first = await start();
  const { keyId } = await withKey(first);
  await first.stop();
  await fill();
  const app = await start();
  expect(await app.keyNames()).toEqual(['one']);
  expect(await app.ask('keys.rotate', { id: keyId, grace: 'now', answers: {} })).toMatchObject(full);
});

/** A rotation on a disk that fills up when the provider has answered `count` requests of it. */
async function rotateWhileFilling(count: number) {
  let left = Infinity;
  const app = await start(async () => {
    left -= 1;
    if (left === 0) await fill();
  });
  const made = await withKey(app);
  const old = await made.value();
  const before = posts(app);
  left = count;
  const { workId } = await app.call('keys.rotate', { id: made.keyId, grace: 'now', answers: {} });
  const work = async () => (await app.call('work.list', {})).works.find(({ id }) => id === workId);
  await eventually(async () => {
    const now = await work();
    expect(now?.blocked ?? now?.reason ?? null).not.toBeNull();
  });
  const standings = async () =>
    (await app.call('connections.compare', { id: made.connectionId })).keys.map(({ standing }) => standing);
  return { app, ...made, old, workId, work, standings, created: () => posts(app) - before };
}

test('a key that the disk has no room for is given back, and the old one stays', async ({ skip }) => {
  skip(!isMounted, 'no right to mount');
  const { app, keyId, value, old, work, standings, created } = await rotateWhileFilling(1);
  expect(await work()).toMatchObject({ finished: 'failed', reason: full.error });
  expect(await value()).toBe(old);
  expect(await app.call('keys.check', { id: keyId })).toEqual({ outcome: 'valid' });
  expect(await standings()).not.toContain('stray');
  expect(created()).toBe(1);

  await makeRoom();
  await app.call('keys.rotate', { id: keyId, grace: 'now', answers: {} });
  await eventually(async () => expect(await value()).not.toBe(old));
});

test('a disk that is full once the new key is stored stops the work, which goes on when there is room', async ({
  skip,
}) => {
  skip(!isMounted, 'no right to mount');
  const { app, workId, value, old, work, standings, created } = await rotateWhileFilling(2);
  expect((await work())?.finished).toBeNull();
  expect((await work())?.blocked?.code).toMatch(/storage-failed|file-unwritable/);
  expect(await value()).toBe(old);

  await makeRoom();
  // It says that it is stopped a moment before it can be asked to go on.
  await eventually(() => app.call('work.continue', { id: workId, answers: {} }));
  await eventually(async () => expect((await work())?.finished).toBe('done'));
  expect(await value()).not.toBe(old);
  expect(created()).toBe(1);
  expect(await standings()).not.toContain('stray');
  expect((await app.call('keys.list', {})).keys.map(({ status }) => status).sort()).toEqual([
    'active',
    'revoked',
  ]);
  await app.stop();
  const again = await start();
  expect((await again.call('vault.setAside', {})).files).toEqual([]);
  expect(await again.keyNames()).toEqual(['one', 'one']);
});
