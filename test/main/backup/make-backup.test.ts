import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArchive } from '../../../main/backup/archive.ts';
import { passphraseSealingInPlace } from '../../../main/secrets/passphrase-sealing.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { fail } from '../../../shared/result.ts';
import { filesWith } from '../../support/files-with.ts';
import { keyRecord } from '../storage/records-for-tests.ts';
import { unwrap } from '../storage/support.ts';
import { createBackupWorld, passphrase, start } from './backup-world.ts';
import { canary, fill, secretOf } from './filled-vault.ts';

async function aFilledVault(secretsIn: 'sealed-files' | 'memory' = 'memory') {
  const world = await createBackupWorld(secretsIn);
  const run = await world.open();
  await fill(world, run);
  const { file } = world;
  return { world, run, make: (more = {}) => run.make({ file, passphrase, replace: false, ...more }) };
}

async function archiveIn(file: string) {
  return unwrap(readArchive(unwrap(await passphraseSealingInPlace.open(await readFile(file), passphrase))));
}

describe('a backup', () => {
  it.each(['sealed-files', 'memory'] as const)('holds everything of the vault (%s)', async (kind) => {
    const { world, run, make } = await aFilledVault(kind);
    const made = unwrap(await make());
    expect(made).toEqual({
      file: world.file,
      holds: { definitions: 1, connections: 2, keys: 6 },
      withoutValue: [],
      bytes: (await stat(world.file)).size,
    });
    const archive = await archiveIn(world.file);
    expect(archive.keys.map(({ record }) => record)).toEqual(run.vault.records.keys.all());
    expect(archive.keys.map(({ fields }) => fields?.API_KEY?.reveal()).sort()).toEqual(
      [1, 2, 3, 4, 5, 6].map(secretOf),
    );
    expect(archive.connections.map(({ credential }) => credential?.token?.reveal())).toEqual([
      `${canary}_management_1`,
      `${canary}_management_2`,
    ]);
    expect(archive.settings.rotationDays).toBe(30);
  });

  it('can be read by its owner only, and is in the activity and the settings when it is answered', async () => {
    const { world, run, make } = await aFilledVault();
    unwrap(await make());
    expect((await stat(world.file)).mode & 0o777).toBe(0o600);
    const { entries } = await run.vault.activity.page(null, 5);
    expect(entries).toMatchObject([{ event: 'backup-made', detail: world.file, at: start }]);
    expect(run.settings.get().lastBackupAt).toBe(start);
  });

  it('shows nothing of a secret in any file', async () => {
    const { world, make } = await aFilledVault('sealed-files');
    unwrap(await make());
    expect(await filesWith(world.root, canary)).toEqual([]);
  });

  it('leaves out a value that is gone or damaged, and names it; a revoked key’s is not missed', async () => {
    const { world, make } = await aFilledVault();
    world.keychain.items.delete(`key/${keyRecord(2).id}`);
    world.keychain.items.set(`key/${keyRecord(3).id}`, 'not what Keyturn wrote');
    world.keychain.items.delete(`key/${keyRecord(6).id}`);
    expect(unwrap(await make()).withoutValue).toEqual(['payments 2', 'payments 3']);
    const archive = await archiveIn(world.file);
    expect(archive.keys.filter(({ fields }) => fields === null)).toHaveLength(3);
  });

  it.each([
    failure('keychain-locked'),
    failure('keychain-absent', { detail: 'gone' }),
    failure('storage-failed', { file: 'f', reason: 'EIO' }),
  ])('is not made where the store does not answer ($code), and no file is left', async (trouble) => {
    const { world, run, make } = await aFilledVault();
    world.keychain.failWith(trouble);
    expect(await make()).toEqual(fail(trouble));
    expect(await readdir(world.root)).toEqual(['data']);
    expect(run.settings.get().lastBackupAt).toBeNull();
  });

  it('is not reported where the activity cannot say so', async () => {
    const { run, make } = await aFilledVault();
    const full = failure('storage-failed', { file: 'activity', reason: 'ENOSPC' });
    Object.assign(run.vault.activity, { add: async () => fail(full) });
    expect(await make()).toEqual(fail(full));
  });

  it('says how far it has come, and at its end that nothing is being done', async () => {
    const { run, make } = await aFilledVault();
    unwrap(await make());
    expect(run.progress).toEqual([
      { doing: 'making', done: 0, total: 0 },
      { doing: 'making', done: 8, total: 8 },
      null,
    ]);
  });

  it('stops between two values when it is cancelled; the next one is made', async () => {
    const { world, run, make } = await aFilledVault();
    const { get } = run.vault.secrets;
    let reads = 0;
    Object.assign(run.vault.secrets, {
      get: (name: Parameters<typeof get>[0]) => {
        reads += 1;
        if (reads === 3) run.cancel();
        return get(name);
      },
    });
    expect(await make()).toEqual(fail(failure('backup-cancelled')));
    expect(await readdir(world.root)).toEqual(['data']);
    expect((await make()).ok).toBe(true);
  });
});

describe('the place of a backup', () => {
  it('keeps a file that is there, unless it may be replaced', async () => {
    const { world, make } = await aFilledVault();
    await writeFile(world.file, 'precious');
    expect(await make()).toEqual(fail(failure('file-exists', { file: world.file })));
    expect(await readFile(world.file, 'utf8')).toBe('precious');
    unwrap(await make({ replace: true }));
    expect((await archiveIn(world.file)).keys).toHaveLength(6);
    expect((await stat(world.file)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a relative path', () => 'vault.age', 'path-not-absolute'],
    ['a folder', (root: string) => join(root, 'folder'), 'file-is-folder'],
    ['a link to a folder', (root: string) => join(root, 'link'), 'file-is-folder'],
    ['a folder that is not there', (root: string) => join(root, 'none', 'vault.age'), 'folder-gone'],
    ['a file for a folder', (root: string) => join(root, 'file', 'vault.age'), 'folder-gone'],
    ['no ordinary file', () => '/dev/null', 'file-unwritable'],
  ])('is refused before a secret is read: %s', async (_, fileIn, code) => {
    const { world, make } = await aFilledVault();
    await mkdir(join(world.root, 'folder'));
    await symlink(join(world.root, 'folder'), join(world.root, 'link'));
    await writeFile(join(world.root, 'file'), '');
    const calls = world.keychain.calls.length;
    expect(await make({ file: fileIn(world.root), replace: true })).toMatchObject({ error: { code } });
    expect(world.keychain.calls.length).toBe(calls);
  });

  it('is not looked at with a passphrase that is too short', async () => {
    const { make } = await aFilledVault();
    expect(await make({ passphrase: 'elevenchars' })).toEqual(
      fail(failure('passphrase-too-short', { minLength: 12 })),
    );
  });
});
