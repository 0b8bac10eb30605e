import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ageDecrypt } from '../../support/age-tool.ts';
import { filesWith } from '../../support/files-with.ts';
import { type AppWorld, startWorld, wish } from '../app/app-world.ts';

const vaultPassphrase = 'the passphrase of the vault';
const passphrase = 'the passphrase of the backup';

/** The app in a folder of its own, on a machine without a keychain. */
async function anApp(root: string, name: string): Promise<AppWorld> {
  const app = await startWorld(path.join(root, name), { PATH: process.env.PATH, HOME: root });
  onTestFinished(() => app.stop());
  await app.until('unset');
  await app.call('vault.usePassphrase', { passphrase: vaultPassphrase });
  return app;
}

async function newRoot(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'keyturn-backup-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

async function aKey(app: AppWorld) {
  const connection = await app.call('connections.addSandbox', {});
  const { keyId } = await app.call('keys.issue', {
    ...wish,
    connectionId: connection.id,
    name: 'mail',
    targets: [],
  });
  const { fields } = await app.call('keys.reveal', { id: keyId, purpose: 'show', field: null });
  return { connection, keyId, value: fields[0]?.value ?? '' };
}

it('opens with `age -d`, and holds what the manual says', async () => {
  const root = await newRoot();
  const app = await anApp(root, 'data');
  const { connection, keyId, value } = await aKey(app);
  const file = path.join(root, 'vault.age');
  await app.call('backup.make', { file, passphrase, replace: false });

  const text = await ageDecrypt(file, passphrase, root);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines[0]).toEqual({ keyturn: 'backup', format: 1, createdAt: expect.any(Number) });
  expect(lines[1]).toMatchObject({ settings: { rotationDays: 90 } });
  expect(lines.find((line) => 'connection' in line)).toMatchObject({
    connection: { id: connection.id, name: connection.name },
    credential: expect.any(Object),
  });
  const key = lines.find((line) => 'key' in line);
  expect(key).toMatchObject({ key: { id: keyId, name: 'mail' } });
  expect(Object.values(key?.fields as Record<string, string>)).toContain(value);
  expect(lines.at(-1)).toEqual({ end: lines.length - 1 });

  await expect(ageDecrypt(file, 'another passphrase', root)).rejects.toThrow(/incorrect passphrase/);
});

it('brings a key to another machine, tells the page once, and is there after a restart', async () => {
  const root = await newRoot();
  const app = await anApp(root, 'data');
  const { keyId, value } = await aKey(app);
  const file = path.join(root, 'vault.age');
  const made = await app.call('backup.make', { file, passphrase, replace: false });
  expect(made).toMatchObject({ holds: { connections: 1, keys: 1 }, withoutValue: [] });
  expect((await app.call('settings.get', {})).lastBackupAt).not.toBeNull();

  const other = await anApp(root, 'other');
  expect(await other.ask('backup.open', { file, passphrase: 'another passphrase' })).toEqual({
    ok: false,
    error: { code: 'passphrase-wrong' },
  });
  const { token, added } = await other.call('backup.open', { file, passphrase });
  expect(added).toEqual({ definitions: 0, connections: 1, keys: 1 });
  const before = other.feeds.length;
  const restored = await other.call('backup.restore', { token, mode: 'merge', takeBackup: [] });
  expect(restored).toEqual({ added, changed: 0, removed: 0 });
  const told = other.feeds.slice(before).filter(({ feed }) => feed === 'keys.changed');
  expect(told).toMatchObject([{ state: { changed: [{ id: keyId, name: 'mail' }], removed: [] } }]);
  expect(other.feeds.at(-1)).toEqual({ feed: 'backup.progress', state: null });
  expect(await filesWith(root, value)).toEqual([]);
  expect(other.log.failures).toEqual([]);

  await other.call('vault.lock', {});
  await other.call('vault.unlock', { passphrase: vaultPassphrase });
  expect((await other.call('keys.list', {})).keys).toMatchObject([{ id: keyId, unsealed: false }]);
  const again = path.join(root, 'again.age');
  await other.call('backup.make', { file: again, passphrase, replace: false });
  expect(await ageDecrypt(again, passphrase, root)).toContain(value);
});
