import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { keyShardOf } from '../../../main/storage/shard-names.ts';
import { eventually } from '../../support/eventually.ts';
import { hashesIn, passphrase, type SealedApp, startSealed, wish } from './damage-world.ts';

let template = '';
let connectionId = '';
let retiring = '';

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'keyturn-kept-template-'));
  const app = await startSealed(join(template, 'data'));
  await app.ask('vault.usePassphrase', { passphrase });
  await app.call('settings.set', { rotationDays: 30 });
  const connection = await app.call('connections.addSandbox', {});
  connectionId = connection.id;
  const issue = (name: string) =>
    app.call('keys.issue', { ...wish, connectionId: connection.id, name, targets: [] });
  for (const name of ['one', 'two']) await issue(name);
  retiring = (await issue('three')).keyId;
  const { workId } = await app.call('keys.rotate', {
    id: (await issue('three b')).keyId,
    grace: '7-days',
    answers: {},
  });
  await eventually(async () => {
    const work = (await app.call('work.list', {})).works.find(({ id }) => id === workId);
    expect(work?.graceUntil ?? null).not.toBeNull();
    retiring = work?.keyId ?? '';
  });
  await app.stop();
});

afterAll(() => rm(template, { recursive: true, force: true }));

async function freshCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-kept-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(join(template, 'data'), folder, { recursive: true });
  return folder;
}

async function open(folder: string): Promise<SealedApp> {
  const app = await startSealed(folder);
  onTestFinished(() => app.stop());
  expect(await app.ask('vault.unlock', { passphrase })).toMatchObject({ ok: true });
  return app;
}

/** Sets a file aside as an earlier start of the app would have, without anything in its place. */
async function takeAway(folder: string, name: string): Promise<string> {
  const [place, was] = name.includes('/') ? name.split('/') : ['', name];
  const aside = join(folder, place ?? '', 'set-aside');
  await mkdir(aside, { recursive: true });
  const file = `2026-01-02T03-04-05.678Z unreadable ${was}`;
  await rename(join(folder, name), join(aside, file));
  await rm(join(folder, `${name}.bak`), { force: true });
  return file;
}

const everyShard = async (folder: string) =>
  (await readdir(join(folder, 'records'))).filter((name) => /^keys-..\.json$/.test(name));

test('keys that were set aside come back, once, and the file stays', async () => {
  const folder = await freshCopy();
  const shards = await everyShard(folder);
  const files = await Promise.all(shards.map((name) => takeAway(folder, `records/${name}`)));
  const before = await hashesIn(folder);
  const app = await open(folder);
  expect(await app.keyNames()).toEqual([]);
  const { files: found } = await app.call('vault.setAside', {});
  expect(found.map(({ file }) => file).sort()).toEqual([...files].sort());
  expect(found[0]).toMatchObject({
    kind: 'keys',
    reason: 'unreadable',
    at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  });
  let back = 0;
  for (const { file, readable, missing } of found) {
    expect(missing).toBe(readable);
    const answer = await app.call('vault.putBack', { file });
    expect(answer).toEqual({ cameBack: readable, couldNot: 0, atNextOpening: false });
    back += answer.cameBack;
    expect(await app.call('vault.putBack', { file })).toMatchObject({ cameBack: 0 });
  }
  expect(back).toBe(5);
  expect(await app.keyNames()).toEqual(['one', 'three', 'three b', 'three b', 'two']);
  expect((await app.call('keys.get', { id: retiring as never })).status).toBe('retiring');
  for (const hash of before) expect(await hashesIn(folder)).toContain(hash);
  await app.stop();
  expect(await (await open(folder)).keyNames()).toHaveLength(5);
});

test('a record that is present is never replaced by an older one', async () => {
  const folder = await freshCopy();
  const app = await open(folder);
  const key = (await app.call('keys.list', {})).keys.find(({ name }) => name === 'one');
  const shard = `records/${keyShardOf(key?.id ?? '')}.json`;
  const old = await readFile(join(folder, shard));
  await app.call('keys.setPolicy', { ids: [key?.id ?? ('' as never)], policy: { everyDays: 7 } });
  const due = (await app.call('keys.list', {})).keys.find(({ id }) => id === key?.id)?.dueAt;
  expect(due).not.toBe(key?.dueAt);
  await mkdir(join(folder, 'records/set-aside'));
  const file = `2026-01-02T03-04-05.678Z altered ${shard.split('/')[1]}`;
  await writeFile(join(folder, 'records/set-aside', file), old);
  expect((await app.call('vault.setAside', {})).files).toMatchObject([{ file, missing: 0 }]);
  expect(await app.call('vault.putBack', { file })).toMatchObject({ cameBack: 0, couldNot: 0 });
  expect((await app.call('keys.list', {})).keys.find(({ id }) => id === key?.id)?.dueAt).toBe(due);
});

test('what someone else has changed does not come back, and is counted', async () => {
  const folder = await freshCopy();
  const file = await takeAway(folder, 'records/connections.json');
  const path = join(folder, 'records/set-aside', file);
  await writeFile(path, (await readFile(path, 'utf8')).replace(/127\.0\.0\.1/g, '127.0.0.9'));
  const app = await open(folder);
  expect((await app.call('vault.setAside', {})).files).toMatchObject([{ kind: 'connections', readable: 0 }]);
  expect(await app.call('vault.putBack', { file })).toEqual({
    cameBack: 0,
    couldNot: 1,
    atNextOpening: false,
  });
  expect((await app.call('connections.list', {})).connections).toEqual([]);
});

test('connections come back to the keys that were made with them', async () => {
  const folder = await freshCopy();
  const file = await takeAway(folder, 'records/connections.json');
  const app = await open(folder);
  expect((await app.call('keys.list', {})).keys).toHaveLength(5);
  expect(await app.call('vault.putBack', { file })).toMatchObject({ cameBack: 1, couldNot: 0 });
  expect((await app.call('connections.list', {})).connections.map(({ id }) => id)).toEqual([connectionId]);
  expect((await app.call('keys.list', {})).keys.every(({ provider }) => provider !== '')).toBe(true);
});

test('a torn file gives back the records in it that are whole', async () => {
  const folder = await freshCopy();
  const app = await open(folder);
  const issue = (name: string) =>
    app.call('keys.issue', { ...wish, connectionId: connectionId as never, name, targets: [] });
  // Until two keys are in one store.
  for (let count = 0; count < 60; count += 1) await issue(`more ${count}`);
  await app.stop();
  const sizes = await Promise.all(
    (await everyShard(folder)).map(async (name) => ({
      name,
      text: await readFile(join(folder, 'records', name), 'utf8'),
    })),
  );
  const shared = sizes.find(({ text }) => (text.match(/"key_\w+":"/g) ?? []).length >= 2);
  const all = (shared?.text.match(/"key_\w+":"/g) ?? []).length;
  const file = await takeAway(folder, `records/${shared?.name}`);
  const path = join(folder, 'records/set-aside', file);
  await truncate(path, (await readFile(path)).length - 40);
  const again = await open(folder);
  expect(await again.keyNames()).toHaveLength(65 - all);
  expect(await again.call('vault.putBack', { file })).toMatchObject({ cameBack: all - 1, couldNot: 1 });
  expect(await again.keyNames()).toHaveLength(64);
});

test('work that nothing has ended since goes on at the next opening', async () => {
  const folder = await freshCopy();
  const file = await takeAway(folder, 'journal.jsonl');
  const app = await open(folder);
  // Nobody would revoke it any more: that is for the user to see.
  await eventually(async () => {
    const row = (await app.call('keys.list', {})).keys.find(({ id }) => id === retiring);
    expect(row).toMatchObject({ status: 'needs-attention', attention: 'not-revoked' });
  });
  expect((await app.call('work.list', {})).works).toEqual([]);
  expect(await app.call('vault.putBack', { file })).toEqual({
    cameBack: 1,
    couldNot: 0,
    atNextOpening: true,
  });
  await app.stop();
  const again = await open(folder);
  expect((await again.call('work.list', {})).works).toMatchObject([{ keyId: retiring, kind: 'rotate' }]);
  expect((await again.call('vault.setAside', {})).files).toMatchObject([{ kind: 'journal', missing: 0 }]);
});

test('work that came to its end since stays ended', async () => {
  const folder = await freshCopy();
  const file = await takeAway(folder, 'journal.jsonl');
  const app = await open(folder);
  await app.call('keys.revoke', { id: retiring as never, confirmName: 'three b', answers: {} });
  expect((await app.call('vault.setAside', {})).files).toMatchObject([{ kind: 'journal', missing: 0 }]);
  expect(await app.call('vault.putBack', { file })).toMatchObject({ cameBack: 0 });
});

test('the activity comes back to its places, each line once', async () => {
  const folder = await freshCopy();
  const before = await open(folder);
  const { entries: all } = await before.call('activity.page', { before: null, limit: 100 });
  await before.stop();
  const file = await takeAway(folder, 'activity/activity-000001.jsonl');
  const app = await open(folder);
  await app.call('keys.check', { id: retiring as never });
  const { entries: fresh } = await app.call('activity.page', { before: null, limit: 100 });
  expect(fresh.length).toBeLessThan(all.length);
  expect(await app.call('vault.putBack', { file })).toMatchObject({ cameBack: all.length, couldNot: 0 });
  expect(await app.call('vault.putBack', { file })).toMatchObject({ cameBack: 0 });
  const { entries } = await app.call('activity.page', { before: null, limit: 100 });
  expect(entries.slice(-all.length)).toEqual(all);
});

test('settings come back where nothing else was chosen since', async () => {
  const folder = await freshCopy();
  const file = await takeAway(folder, 'settings.json');
  const app = await open(folder);
  await app.call('settings.set', { appearance: 'dark' });
  expect(await app.call('vault.putBack', { file })).toMatchObject({ cameBack: 1 });
  expect(await app.call('settings.get', {})).toMatchObject({ rotationDays: 30, appearance: 'dark' });
});

test('only what was set aside can be put back', async () => {
  const folder = await freshCopy();
  const app = await open(folder);
  for (const file of ['vault.json', '../vault.json', '', '..'])
    expect(await app.ask('vault.putBack', { file })).toEqual({
      ok: false,
      error: { code: 'file-gone', file },
    });
});
