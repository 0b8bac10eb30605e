import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { keyShardOf } from '../../../main/storage/shard-names.ts';
import type { SetAsideView } from '../../../shared/domain/vault.ts';
import { acmeDefinition } from '../../integration/app/acme-server.ts';
import { eventually } from '../../support/eventually.ts';
import { hashesIn, hashOf, passphrase, type SealedApp, startSealed, wish } from './damage-world.ts';

const names = ['one', 'three', 'two', 'two'];

let template = '';
let damagedKey = '';

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'keyturn-damage-template-'));
  const app = await startSealed(join(template, 'data'));
  await app.ask('vault.usePassphrase', { passphrase });
  const file = join(template, 'acme.json');
  await writeFile(file, JSON.stringify(acmeDefinition()));
  const { digest } = await app.call('providers.preview', { file });
  await app.call('providers.addFromFile', { file, digest });
  await app.call('settings.set', { rotationDays: 30 });
  await app.call('settings.set', { appearance: 'dark' });
  const { id: connectionId } = await app.call('connections.addSandbox', {});
  const issue = (name: string) => app.call('keys.issue', { ...wish, connectionId, name, targets: [] });
  damagedKey = (await issue('one')).keyId;
  const { keyId: rotated } = await issue('two');
  let { keyId: elsewhere } = await issue('three');
  // Ids are random, and this key is the one that another store than the damaged one has.
  while (keyShardOf(elsewhere) === keyShardOf(damagedKey)) {
    await app.call('keys.delete', { id: elsewhere, atProvider: 'revoke', answers: {} });
    elsewhere = (await issue('three')).keyId;
  }
  // One rotation waits for the end of its grace, so that the journal has work.
  const { workId } = await app.call('keys.rotate', { id: rotated, grace: '7-days', answers: {} });
  await eventually(async () => {
    const work = (await app.call('work.list', {})).works.find(({ id }) => id === workId);
    expect(work?.steps.find(({ name }) => name === 'deliver')?.state).toBe('done');
  });
  await app.stop();
});

afterAll(() => rm(template, { recursive: true, force: true }));

async function freshCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-damage-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(join(template, 'data'), folder, { recursive: true });
  return folder;
}

const files: Readonly<Record<string, () => string>> = {
  keys: () => `records/${keyShardOf(damagedKey)}.json`,
  connections: () => 'records/connections.json',
  definitions: () => 'records/definitions.json',
  journal: () => 'journal.jsonl',
  activity: () => 'activity/activity-000001.jsonl',
  settings: () => 'settings.json',
  vault: () => 'vault.json',
};

/** Damages the file, and answers the bytes that must still be somewhere afterwards. */
type Damage = (file: string) => Promise<Buffer>;

const damages: Record<string, Damage> = {
  async truncated(file) {
    await truncate(file, Math.floor((await readFile(file)).length / 2));
    return readFile(file);
  },
  async 'bit-flipped'(file) {
    const bytes = await readFile(file);
    const at = bytes.lastIndexOf('{', Math.floor(bytes.length / 2));
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(file, bytes);
    return bytes;
  },
  async emptied(file) {
    await truncate(file, 0);
    return Buffer.alloc(0);
  },
  async 'half-written'(file) {
    // What some file systems leave of a write after a power cut: the right length, and zeros at the end.
    const bytes = await readFile(file);
    bytes.fill(0, Math.floor(bytes.length * 0.7));
    await writeFile(file, bytes);
    return bytes;
  },
  async 'replaced by a folder'(file) {
    const bytes = await readFile(file);
    await rename(file, `${file}.was`);
    await mkdir(file);
    await rename(`${file}.was`, join(file, 'inside'));
    return bytes;
  },
};

const cases = Object.keys(files).flatMap((kind) =>
  Object.keys(damages).map((damage) => [kind, damage] as const),
);

async function open(folder: string): Promise<SealedApp> {
  const app = await startSealed(folder);
  onTestFinished(() => app.stop());
  const opened = await app.ask('vault.unlock', { passphrase });
  expect(opened).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
  return app;
}

async function setAsideIn(app: SealedApp): Promise<SetAsideView[]> {
  return (await app.call('vault.setAside', {})).files;
}

/** A key is issued and the rest is there: all that a person does on a day. */
async function expectTheRestWorks(app: SealedApp, kind: string): Promise<void> {
  const kept = await app.keyNames();
  for (const name of kind === 'keys' ? ['three'] : names) expect(kept).toContain(name);
  const connection = await app.call('connections.addSandbox', {});
  await app.call('keys.issue', { ...wish, connectionId: connection.id, name: 'new', targets: [] });
  await app.call('settings.set', { clipboardSeconds: 20 });
  const { entries } = await app.call('activity.page', { before: null, limit: 10 });
  expect(entries[0]).toMatchObject({ event: 'key-issued', subject: 'new' });
  expect(app.log.failures).toEqual([]);
}

describe.each(cases)('%s that is %s', (kind, damage) => {
  test('is kept and told, the app opens, and all the rest works', async () => {
    const folder = await freshCopy();
    const bytes = (await damages[damage]?.(join(folder, files[kind]?.() ?? ''))) ?? Buffer.alloc(0);
    const app = await open(folder);
    const found = await setAsideIn(app);
    expect(new Set(found.map((each) => each.kind))).toEqual(new Set([kind]));
    expect(await hashesIn(folder)).toContain(hashOf(bytes));
    await expectTheRestWorks(app, kind);
    expect(await hashesIn(folder)).toContain(hashOf(bytes));
    await app.stop();

    const again = await open(folder);
    expect(await setAsideIn(again)).toHaveLength(found.length);
    expect(await again.keyNames()).toContain('new');
    expect(await hashesIn(folder)).toContain(hashOf(bytes));
  });
});

/** Only root may start a process as another user, who then has to be able to read the program. */
const nobody = 65534;
const asNobody = ['--reuid', `${nobody}`, '--regid', `${nobody}`, '--clear-groups', process.execPath];
const program = join(import.meta.dirname, 'damaged-start.ts');
const canChangeUser =
  process.getuid?.() === 0 &&
  spawnSync('setpriv', [...asNobody, '-e', `fs.accessSync(${JSON.stringify(program)})`]).status === 0;
const isUser = process.platform !== 'win32' && process.getuid?.() !== 0;

/** Starts the app as somebody whom file modes bind, does what a person does, and ends it. */
async function startAsUser(
  folder: string,
  name: string,
): Promise<{ found: SetAsideView[]; names: string[] }> {
  const command: [string, string[]] = canChangeUser
    ? ['setpriv', [...asNobody, program, folder, name]]
    : [process.execPath, [program, folder, name]];
  const { stdout, stderr } = spawnSync(...command, {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { HOME: folder },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe.runIf(canChangeUser || isUser).each(Object.keys(files))('%s that nobody may read', (kind) => {
  test('is kept and told, the app opens, and all the rest works', async () => {
    const folder = await freshCopy();
    const file = join(folder, files[kind]?.() ?? '');
    const bytes = await readFile(file);
    if (canChangeUser) spawnSync('chown', ['-R', `${nobody}:${nobody}`, folder]);
    await chmod(file, 0o000);
    const { found, names: kept } = await startAsUser(folder, 'new');
    expect(found).toMatchObject([{ kind, reason: 'unreadable', readable: null }]);
    for (const name of kind === 'keys' ? ['three', 'new'] : [...names, 'new']) expect(kept).toContain(name);
    // Where the user gives the permission back, everything in it is there.
    const { folder: place, file: name } = found[0] ?? { folder: '', file: '' };
    expect((await stat(join(place, name))).mode & 0o777).toBe(0);
    await chmod(join(place, name), 0o600);
    expect(await readFile(join(place, name))).toEqual(bytes);
    const again = await startAsUser(folder, 'newer');
    expect(again.found).toMatchObject([{ kind, reason: 'unreadable' }]);
    expect(again.found[0]?.readable).not.toBeNull();
    expect(again.names).toEqual([...names, 'new', 'newer'].sort());
  });
});
