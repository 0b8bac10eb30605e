import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { backupLimitBytes } from '../../../main/backup/backup-file.ts';
import { openForMs } from '../../../main/backup/backups.ts';
import { freshRun } from '../../../main/keys/works.ts';
import { passphraseSealingInPlace } from '../../../main/secrets/passphrase-sealing.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { restorePreviewSchema } from '../../../shared/ipc/backup.contract.ts';
import { fail } from '../../../shared/result.ts';
import { filesWith } from '../../support/files-with.ts';
import { keyRecord, work } from '../storage/records-for-tests.ts';
import { unwrap } from '../storage/support.ts';
import { type BackupRun, createBackupWorld, passphrase } from './backup-world.ts';
import { canary, change, fill, putKey } from './filled-vault.ts';

const replacing = { mode: 'replace', takeBackup: [], forgetLiving: true } as const;
const merging = { mode: 'merge', takeBackup: [], forgetLiving: false } as const;
const idOf = (number: number) => keyRecord(number).id;

/** A vault with a backup, which was changed since. */
async function aChangedVault(secretsIn: 'sealed-files' | 'memory' = 'memory') {
  const world = await createBackupWorld(secretsIn);
  const run = await world.open();
  await fill(world, run);
  const saved = await run.content();
  unwrap(await run.make({ file: world.file, passphrase, replace: false }));
  await change(world, run);
  return { world, run, saved, open: async () => unwrap(await run.open(world.file, passphrase)) };
}

const valuesOf = async (run: BackupRun) => new Map((await run.content()).values);

describe('opening a backup', () => {
  it('says what it would bring, and changes nothing', async () => {
    const { run, open } = await aChangedVault();
    const before = await run.content();
    const preview = await open();
    expect(preview).toMatchObject({
      holds: { definitions: 1, connections: 2, keys: 6 },
      added: { definitions: 1, connections: 0, keys: 2 },
      alike: 4,
      conflicts: [
        { kind: 'key', id: idOf(1), differs: ['name'] },
        { kind: 'key', id: idOf(2), differs: ['fields'] },
      ],
      withoutValue: [],
    });
    expect(preview.onlyHere.map(({ kind, name, alive }) => [kind, name, alive])).toEqual([
      ['definition', 'newer', false],
      ['connection', 'Account 3', false],
      ['key', 'payments 7', true],
      ['key', 'payments 8', false],
    ]);
    expect(JSON.stringify(preview)).not.toContain(canary);
    expect(restorePreviewSchema.parse(preview)).toEqual(preview);
    expect(await run.content()).toEqual(before);
  });

  it('tells a wrong passphrase, damage, another’s file and a newer one apart', async () => {
    const { world, run } = await aChangedVault();
    const bytes = await readFile(world.file);
    const codeOf = async (content: Uint8Array, phrase = passphrase) => {
      const file = join(world.root, 'other.age');
      await writeFile(file, content);
      const opened = await run.open(file, phrase);
      return opened.ok ? 'opened' : opened.error.code;
    };
    const sealed = (text: string) => passphraseSealingInPlace.seal(Buffer.from(text), passphrase, 4);
    const toSomebody = new Encrypter();
    toSomebody.addRecipient(await identityToRecipient(await generateX25519Identity()));
    const flipped = Uint8Array.from(bytes);
    flipped[bytes.length - 100] = (flipped[bytes.length - 100] ?? 0) ^ 1;

    expect(await codeOf(bytes)).toBe('opened');
    expect(await codeOf(bytes, 'another passphrase')).toBe('passphrase-wrong');
    expect(await codeOf(flipped)).toBe('backup-damaged');
    expect(await codeOf(bytes.subarray(0, bytes.length - 1))).toBe('backup-damaged');
    expect(await codeOf(bytes.subarray(0, 40))).toBe('backup-damaged');
    expect(await codeOf(Buffer.from('PORT=3000\n'))).toBe('backup-foreign');
    expect(await codeOf(new Uint8Array())).toBe('backup-foreign');
    expect(await codeOf(await toSomebody.encrypt('hello'))).toBe('backup-foreign');
    expect(await codeOf(await sealed('PORT=3000\n'))).toBe('backup-foreign');
    expect(await codeOf(await sealed('{"keyturn":"backup","format":2,"createdAt":1}\n'))).toBe(
      'backup-newer',
    );
    expect(await codeOf(await sealed('{"keyturn":"backup","format":1,"createdAt":1}\n'))).toBe(
      'backup-damaged',
    );
  });

  it('says what is in the way of reading the file', async () => {
    const { world, run } = await aChangedVault();
    const codeOf = async (file: string) => {
      const opened = await run.open(file, passphrase);
      return opened.ok ? 'opened' : opened.error;
    };
    await mkdir(join(world.root, 'folder'));
    const big = join(world.root, 'big.age');
    await writeFile(big, '');
    await truncate(big, backupLimitBytes + 1);
    expect(await codeOf('vault.age')).toMatchObject({ code: 'path-not-absolute' });
    expect(await codeOf(join(world.root, 'none.age'))).toMatchObject({ code: 'file-gone' });
    expect(await codeOf(join(world.root, 'folder'))).toMatchObject({ code: 'file-is-folder' });
    expect(await codeOf('/dev/zero')).toMatchObject({ code: 'file-unreadable' });
    expect(await codeOf(big)).toEqual(failure('file-too-big', { file: big, limitBytes: backupLimitBytes }));
  });

  it.each([
    ['after ten minutes', ({ world }) => world.clock.advance(openForMs)],
    ['when it is cancelled', ({ run }) => run.cancel()],
    ['when another one is opened', ({ run, world }) => run.open(world.file, passphrase)],
  ] satisfies [string, (all: Awaited<ReturnType<typeof aChangedVault>>) => unknown][])(
    'is forgotten %s',
    async (_, forget) => {
      const all = await aChangedVault();
      const { token } = await all.open();
      await forget(all);
      expect(await all.run.restore({ token, ...merging })).toEqual(fail(failure('backup-not-open')));
    },
  );

  it('is forgotten when the vault is locked', async () => {
    const { run, open } = await aChangedVault();
    const { token } = await open();
    run.closeVault();
    expect(await run.restore({ token, ...merging })).toEqual(fail(failure('vault-closed')));
  });

  it('is cancelled while its passphrase is tried', async () => {
    const { world, run } = await aChangedVault();
    const opening = run.open(world.file, passphrase);
    run.cancel();
    expect(await opening).toEqual(fail(failure('backup-cancelled')));
  });
});

describe('restoring a backup', () => {
  it.each(['memory', 'sealed-files'] as const)(
    'that replaces makes the vault what it was (%s)',
    async (kind) => {
      const { world, run, saved, open } = await aChangedVault(kind);
      const { token } = await open();
      expect(await run.restore({ token, ...replacing })).toEqual({
        ok: true,
        value: { added: { definitions: 1, connections: 0, keys: 2 }, changed: 2, removed: 4 },
      });
      expect(await run.content()).toEqual(saved);
      expect(await (await world.open()).content()).toEqual(saved);
      expect(await run.vault.secrets.get(`key/${idOf(7)}`)).toMatchObject({ error: { code: 'secret-gone' } });
    },
  );

  it('leaves the calendar file of this machine where it is', async () => {
    const { run, open } = await aChangedVault();
    unwrap(await run.settings.set({ calendarFile: '/home/someone/keys.ics' }));
    const { token } = await open();
    unwrap(await run.restore({ token, ...replacing }));
    expect(run.settings.get()).toMatchObject({
      calendarFile: '/home/someone/keys.ics',
      rotationDays: 30,
      quietHours: { from: '22:00', to: '07:00' },
      providerPolicies: { payments: { everyDays: 60 } },
    });
  });

  it('that merges adds what is missing and takes the backup’s side only where told to', async () => {
    const { run, open } = await aChangedVault();
    const { token } = await open();
    expect(await run.restore({ token, ...merging, takeBackup: [idOf(2)] })).toMatchObject({
      value: { added: { keys: 2 }, changed: 1, removed: 0 },
    });
    const { keys } = run.vault.records;
    expect(keys.get(idOf(1))?.name).toBe('renamed here');
    expect(keys.all()).toHaveLength(8);
    const values = await valuesOf(run);
    expect(values.get(`key/${idOf(2)}`)).toContain(`${canary}_2`);
    expect(values.get(`key/${idOf(3)}`)).toContain(`${canary}_3`);
    expect(run.settings.get().rotationDays).toBe(60);
  });

  it('brings a whole vault to a new machine, with fingerprints of its own', async () => {
    const { world, saved } = await aChangedVault();
    const other = await createBackupWorld('sealed-files');
    const run = await other.open();
    const { token } = unwrap(await run.open(world.file, passphrase));
    unwrap(await run.restore({ token, ...merging }));
    const content = await run.content();
    expect(content.values).toEqual(saved.values);
    const [key] = content.keys;
    expect(key?.fields).toEqual(other.describeHere(other.fields(`${canary}_1`)));
    expect(key?.fields).not.toEqual(saved.keys[0]?.fields);
  });

  it('does not forget living keys that only the vault has, unless that is said', async () => {
    const { run, open } = await aChangedVault();
    const { token } = await open();
    const before = await run.content();
    expect(await run.restore({ token, ...replacing, forgetLiving: false })).toEqual(
      fail(failure('key-still-alive')),
    );
    expect(await run.content()).toEqual(before);
    expect((await run.restore({ token, ...replacing })).ok).toBe(true);
  });

  it('is refused while work is unfinished, and begins none while it runs', async () => {
    const { world, run, open } = await aChangedVault();
    await world.keys.journal.write(work(1));
    world.keys.restart();
    const withWork = await world.open();
    const opened = unwrap(await withWork.open(world.file, passphrase));
    expect(await withWork.restore({ token: opened.token, ...merging })).toEqual(
      fail(failure('work-running')),
    );

    const { token } = await open();
    const { putAll } = run.vault.records.keys;
    const meanwhile: unknown[] = [];
    Object.assign(run.vault.records.keys, {
      putAll: async (records: Parameters<typeof putAll>[0]) => {
        meanwhile.push(await run.vault.works.start(work(2), freshRun({})));
        return putAll(records);
      },
    });
    expect((await run.restore({ token, ...merging })).ok).toBe(true);
    expect(meanwhile).toEqual([fail(failure('work-running'))]);
  });

  it('is in the activity, shows no secret in any file, and leaves no list behind', async () => {
    const { world, run, open } = await aChangedVault('sealed-files');
    const { token } = await open();
    const found: string[][] = [];
    const { putAll } = run.vault.records.keys;
    Object.assign(run.vault.records.keys, {
      putAll: async (records: Parameters<typeof putAll>[0]) => {
        // In the middle, while the list is on the disk.
        found.push(await filesWith(world.root, canary));
        return putAll(records);
      },
    });
    unwrap(await run.restore({ token, ...replacing }));
    expect([...found, await filesWith(world.root, canary)]).toEqual([[], []]);
    const { entries } = await run.vault.activity.page(null, 5);
    expect(entries.map(({ event }) => event)).toEqual(['backup-restored', 'backup-made']);
    expect(unwrap(await run.vault.pendingRestore.read())).toBeNull();
  });

  it('is not begun where its list cannot be written', async () => {
    const { run, open } = await aChangedVault();
    const { token } = await open();
    const before = await run.content();
    const full = failure('storage-failed', { file: 'pending-restore', reason: 'ENOSPC' });
    Object.assign(run.vault.pendingRestore, { write: async () => fail(full) });
    expect(await run.restore({ token, ...replacing })).toEqual(fail(full));
    expect(await run.content()).toEqual(before);
  });

  it('that stops in the middle says why, has the vault closed, and is brought to its end at the next opening', async () => {
    const { world, run, saved, open } = await aChangedVault();
    const { token } = await open();
    const put = run.vault.secrets.put;
    let puts = 0;
    Object.assign(run.vault.secrets, {
      put: (...given: Parameters<typeof put>) => {
        puts += 1;
        return puts > 2 ? Promise.resolve(fail(failure('keychain-locked'))) : put(...given);
      },
    });
    expect(await run.restore({ token, ...replacing })).toEqual(fail(failure('keychain-locked')));
    expect(run.stopped).toEqual(['stopped']);
    expect(await (await world.open()).content()).toEqual(saved);
  });

  it('goes on without a value that this keychain can never hold, and says which key lacks it', async () => {
    const { run, open } = await aChangedVault();
    const { token } = await open();
    const put = run.vault.secrets.put;
    Object.assign(run.vault.secrets, {
      put: (...given: Parameters<typeof put>) =>
        given[0] === `key/${idOf(3)}`
          ? Promise.resolve(fail(failure('secret-too-big', { bytes: 300_000, limitBytes: 262_144 })))
          : put(...given),
    });
    unwrap(await run.restore({ token, ...replacing }));
    expect(run.vault.records.keys.get(idOf(3))).toMatchObject({
      status: 'needs-attention',
      attention: 'secret-missing',
    });
    expect(run.vault.records.keys.get(idOf(4))?.status).toBe('active');
  });

  it('whose list is damaged is set aside, and the vault opens', async () => {
    const { world, run } = await aChangedVault();
    await putKey(world, run, 9);
    const file = join(world.folder, 'pending-restore');
    await writeFile(file, 'keyturn pending restore 1\nnot encrypted at all, and long enough to be something');
    const again = await world.open();
    expect(again.ended).toEqual({ ok: true, value: undefined });
    const [kept] = again.vault.pendingRestore.setAside;
    expect(kept?.reason).toBe('unreadable');
    expect(await readFile(kept?.file ?? '', 'utf8')).toContain('not encrypted at all');
    await writeFile(file, 'keyturn pending restore 2\nof a newer version');
    expect((await world.open()).ended).toMatchObject({ error: { code: 'storage-failed' } });
    expect(await readFile(file, 'utf8')).toContain('of a newer version');
  });
});
