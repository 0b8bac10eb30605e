import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Decrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type IdentityLock, identityLockInPlace } from '../../../main/secrets/identity-lock.ts';
import { getMany, putMany } from '../../../main/secrets/many-secrets.ts';
import {
  createSealedFiles,
  openSealedFiles,
  type SealedFilesLock,
} from '../../../main/secrets/sealed-file-secret-store.ts';
import { sealedFilesLockedBy } from '../../../main/secrets/sealed-folder.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { SecretName, SecretStore } from '../../../main/secrets/secret-store.ts';
import { threadedSealedBatches } from '../../../main/secrets/threaded-sealed-batches.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createMemorySecretStore } from '../../fakes/memory-secret-store.ts';
import { keyName, secretStoreContract } from '../../support/secret-store-contract.ts';

const phrase = 'correct horse battery';
/** As little work as scrypt can be asked for, so that the tests are quick. */
const workFactor = 4;

const underPassphrase = (passphrase = phrase): SealedFilesLock => ({
  by: 'passphrase',
  passphrase: new Secret(passphrase),
  identityLock: identityLockInPlace,
});

function opened<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const newFolder = () => mkdtemp(join(tmpdir(), 'keyturn-sealed-'));

async function contractPlace(lock: SealedFilesLock) {
  const root = await newFolder();
  const folder = join(root, 'secrets');
  return {
    store: opened(await createSealedFiles({ folder, lock, workFactor })),
    reopen: async () => opened(await openSealedFiles({ folder, lock })),
    dispose: () => rm(root, { recursive: true }),
  };
}

secretStoreContract('Sealed files under a passphrase', () => contractPlace(underPassphrase()));
secretStoreContract('Sealed files under the keychain', () =>
  contractPlace({ by: 'keychain', keychain: createMemorySecretStore() }),
);

describe('A folder of sealed files', () => {
  let root: string;
  let folder: string;
  let store: SecretStore;

  beforeEach(async () => {
    root = await newFolder();
    folder = join(root, 'secrets');
    store = opened(await createSealedFiles({ folder, lock: underPassphrase(), workFactor }));
    await store.put('vault', new Secret('data key'));
    await store.put(keyName('a'), new Secret('canary-value'));
  });
  afterEach(async () => {
    await store.close();
    await rm(root, { recursive: true });
  });

  const open = (passphrase = phrase) => openSealedFiles({ folder, lock: underPassphrase(passphrase) });
  const codeOf = async (name: Parameters<SecretStore['get']>[0]) => {
    const got = await store.get(name);
    return got.ok ? 'ok' : got.error.code;
  };
  const keyFile = () => join(folder, `key-key_${'a'.repeat(20)}.age`);

  test('refuses a wrong passphrase, in whatever way it is wrong', async () => {
    for (const wrong of ['correct horse batterY', `${phrase} `, '']) {
      expect(await open(wrong)).toEqual({ ok: false, error: { code: 'passphrase-wrong' } });
    }
    expect((await open()).ok).toBe(true);
  });

  test('asks for a passphrase of at least 12 characters, whatever they are', async () => {
    for (const [passphrase, code] of [
      ['elevenchars', 'passphrase-too-short'],
      ['🔑'.repeat(11), 'passphrase-too-short'],
    ]) {
      const made = await createSealedFiles({
        folder: join(root, 'b'),
        lock: underPassphrase(passphrase),
        workFactor,
      });
      expect(made).toEqual({ ok: false, error: { code, minLength: 12 } });
    }
    expect(
      (
        await createSealedFiles({
          folder: join(root, 'b'),
          lock: underPassphrase('twelve chars'),
          workFactor,
        })
      ).ok,
    ).toBe(true);
  });

  test('costs one computation of scrypt when it is made, and one when it is opened', async () => {
    const done: string[] = [];
    const counting: IdentityLock = {
      lock(...given) {
        done.push('lock');
        return identityLockInPlace.lock(...given);
      },
      unlock(...given) {
        done.push('unlock');
        return identityLockInPlace.unlock(...given);
      },
    };
    const made = { folder: join(root, 'b'), lock: { ...underPassphrase(), identityLock: counting } };
    opened(await createSealedFiles({ ...made, workFactor }));
    expect(done).toEqual(['lock']);
    opened(await openSealedFiles(made));
    expect(done).toEqual(['lock', 'unlock']);
  });

  test('is readable by its owner only, and holds no secret in the open', async () => {
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const files = await readdir(folder);
    expect(files.sort()).toEqual([
      'identity.age',
      `key-key_${'a'.repeat(20)}.age`,
      'recipient.txt',
      'vault.age',
    ]);
    for (const file of files) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
      const bytes = await readFile(join(folder, file), 'latin1');
      expect(bytes).not.toContain('canary-value');
      expect(bytes).not.toContain('AGE-SECRET-KEY');
    }
  });

  test('opens without Keyturn: standard age files, an identity that the passphrase decrypts', async () => {
    const identity = new Decrypter();
    identity.addPassphrase(phrase);
    const line = await identity.decrypt(await readFile(join(folder, 'identity.age')), 'text');
    expect(line).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}\n$/);
    const decrypter = new Decrypter();
    decrypter.addIdentity(line.trim());
    expect(await decrypter.decrypt(await readFile(keyFile()), 'text')).toBe('canary-value');
  });

  test('tells a damaged secret from one that is not there, and keeps both as they are', async () => {
    const whole = await readFile(keyFile());
    for (const damaged of [
      Buffer.alloc(0),
      whole.subarray(0, 40),
      whole.subarray(0, -1),
      flip(whole, whole.length - 3),
    ]) {
      await writeFile(keyFile(), damaged);
      expect(await codeOf(keyName('a'))).toBe('secret-unreadable');
      expect(await readFile(keyFile())).toEqual(damaged);
    }
    expect(await codeOf(keyName('b'))).toBe('secret-gone');
    expect(await codeOf('vault')).toBe('ok');
  });

  test('says that the storage failed when the folder is gone, never that the secrets are', async () => {
    await rename(folder, `${folder}-elsewhere`);
    expect(await codeOf(keyName('a'))).toBe('storage-failed');
    expect(await codeOf('vault')).toBe('storage-failed');
    expect(await store.drop('vault')).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(await store.put(keyName('b'), new Secret('v'))).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
    expect(await open()).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    await rename(`${folder}-elsewhere`, folder);
    expect(await codeOf(keyName('a'))).toBe('ok');
  });

  test('says that the storage failed when a file cannot be read, not that it is gone or damaged', async () => {
    await rm(keyFile());
    // A folder in its place: nobody can read it as a file, not even root.
    await mkdir(keyFile());
    expect(await codeOf(keyName('a'))).toBe('storage-failed');
  });

  test('keeps the old value when the new one cannot be written', async () => {
    const asRoot = process.getuid?.() === 0;
    if (asRoot) await rename(join(folder, 'recipient.txt'), join(folder, 'hidden'));
    else await chmod(folder, 0o500);
    expect(await store.put(keyName('a'), new Secret('new'))).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
    if (asRoot) await rename(join(folder, 'hidden'), join(folder, 'recipient.txt'));
    else await chmod(folder, 0o700);
    const got = await store.get(keyName('a'));
    expect(got.ok && got.value.reveal()).toBe('canary-value');
  });

  test('is never made anew over a folder with secrets in it', async () => {
    const before = await readFile(join(folder, 'identity.age'));
    const made = await createSealedFiles({ folder, lock: underPassphrase('another passphrase'), workFactor });
    expect(made).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(await readFile(join(folder, 'identity.age'))).toEqual(before);
    expect((await open()).ok).toBe(true);
  });

  test('tells a damaged identity from a wrong passphrase', async () => {
    const whole = await readFile(join(folder, 'identity.age'));
    for (const damaged of [
      Buffer.alloc(0),
      Buffer.from('not age'),
      whole.subarray(0, 90),
      flip(whole, whole.length - 3),
    ]) {
      await writeFile(join(folder, 'identity.age'), damaged);
      expect(await open()).toMatchObject({
        ok: false,
        error: { code: 'secret-unreadable', name: 'identity.age' },
      });
    }
  });

  test('refuses an identity of another folder', async () => {
    const other = join(root, 'other');
    await createSealedFiles({ folder: other, lock: underPassphrase(), workFactor });
    await writeFile(join(folder, 'identity.age'), await readFile(join(other, 'identity.age')));
    expect(await open()).toMatchObject({ ok: false, error: { code: 'secret-unreadable' } });
  });

  test('knows how it is locked', async () => {
    expect(await sealedFilesLockedBy(folder)).toEqual({ ok: true, value: 'passphrase' });
    expect(await sealedFilesLockedBy(root)).toEqual({ ok: true, value: null });
    const second = join(root, 'second');
    await createSealedFiles({
      folder: second,
      lock: { by: 'keychain', keychain: createMemorySecretStore() },
    });
    expect(await sealedFilesLockedBy(second)).toEqual({ ok: true, value: 'keychain' });
  });
});

describe('Sealed files that the keychain opens', () => {
  let root: string;
  let folder: string;

  beforeEach(async () => {
    root = await newFolder();
    folder = join(root, 'secrets');
  });
  afterEach(() => rm(root, { recursive: true }));

  test('write nothing when the keychain is locked', async () => {
    const keychain = createMemorySecretStore();
    keychain.failWith(failure('keychain-locked'));
    const made = await createSealedFiles({ folder, lock: { by: 'keychain', keychain } });
    expect(made).toEqual({ ok: false, error: { code: 'keychain-locked' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('say that the keychain is another one when it has no identity, or another', async () => {
    await createSealedFiles({ folder, lock: { by: 'keychain', keychain: createMemorySecretStore() } });
    const empty = createMemorySecretStore();
    const foreign = { ok: false, error: { code: 'keychain-foreign' } };
    expect(await openSealedFiles({ folder, lock: { by: 'keychain', keychain: empty } })).toEqual(foreign);
    await createSealedFiles({ folder: join(root, 'other'), lock: { by: 'keychain', keychain: empty } });
    expect(await openSealedFiles({ folder, lock: { by: 'keychain', keychain: empty } })).toEqual(foreign);
    const broken = createMemorySecretStore({ items: [['identity', 'nonsense']] });
    expect(await openSealedFiles({ folder, lock: { by: 'keychain', keychain: broken } })).toEqual(foreign);
  });

  test('leave an identity that the keychain already has, so that other sealed files still open', async () => {
    const keychain = createMemorySecretStore();
    const lock = { by: 'keychain', keychain } as const;
    await createSealedFiles({ folder, lock });
    await createSealedFiles({ folder: join(root, 'second'), lock });
    expect((await openSealedFiles({ folder, lock })).ok).toBe(true);
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

describe('Many sealed files at once', () => {
  const names = Array.from({ length: 300 }, (_, index) =>
    keyName('a').replace(/a{3}$/, String(index).padStart(3, '0')),
  );
  const secrets = names.map((name, index) => [name as SecretName, new Secret(`value ${index} 🔑`)] as const);
  const worker = fileURLToPath(new URL('../../../main/secrets/sealed-files-worker.ts', import.meta.url));
  const nowhere = join(tmpdir(), 'keyturn-no-such-worker.js');

  async function all<T>(outcomes: AsyncIterable<T>): Promise<T[]> {
    const found: T[] = [];
    for await (const each of outcomes) found.push(each);
    return found;
  }
  async function aPlace(file: string | null) {
    const root = await newFolder();
    onTestFinished(() => rm(root, { recursive: true }));
    const folder = join(root, 'secrets');
    const lock = underPassphrase();
    const batches = file === null ? null : threadedSealedBatches(file);
    return { folder, store: opened(await createSealedFiles({ folder, lock, workFactor, batches })) };
  }

  test.each([
    ['in threads', worker],
    ['in one thread', null],
    ['where threads cannot be had', nowhere],
  ])('come back as they were put, in their order: %s', async (_, file) => {
    const { store, folder } = await aPlace(file);
    expect((await all(putMany(store, secrets))).every(({ ok }) => ok)).toBe(true);
    const read = await all(
      getMany(
        store,
        secrets.map(([name]) => name),
      ),
    );
    expect(read.map((each) => each.ok && each.value.reveal())).toEqual(
      secrets.map(([, secret]) => secret.reveal()),
    );
    const files = await readdir(folder);
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect((await stat(join(folder, files.find((name) => name.startsWith('key')) ?? ''))).mode & 0o777).toBe(
      0o600,
    );
  });

  test('say of each which is gone, which is damaged and which cannot be stored, and lose none beside it', async () => {
    const { store, folder } = await aPlace(worker);
    await all(putMany(store, secrets));
    await rm(join(folder, `${names[10]?.replace('/', '-')}.age`));
    await writeFile(join(folder, `${names[20]?.replace('/', '-')}.age`), 'not age');
    const read = await all(
      getMany(
        store,
        secrets.map(([name]) => name),
      ),
    );
    const codes = read.map((each) => (each.ok ? 'read' : each.error.code));
    expect(codes[10]).toBe('secret-gone');
    expect(codes[20]).toBe('secret-unreadable');
    expect(codes.filter((code) => code === 'read')).toHaveLength(298);
    const put = await all(
      putMany(store, [
        ...secrets.slice(0, 3),
        [names[3] as SecretName, new Secret('')],
        ...secrets.slice(4, 9),
      ]),
    );
    expect(put.map((each) => each.ok)).toEqual([true, true, true, false, true, true, true, true, true]);
  });

  test('are locked once the store is closed, also in the middle', async () => {
    const { store } = await aPlace(worker);
    await all(putMany(store, secrets));
    const codes: string[] = [];
    for await (const each of getMany(
      store,
      secrets.map(([name]) => name),
    )) {
      codes.push(each.ok ? 'read' : each.error.code);
      if (codes.length === 100) await store.close();
    }
    expect(codes.slice(0, 100).every((code) => code === 'read')).toBe(true);
    expect(codes.slice(100).every((code) => code === 'keychain-locked')).toBe(true);
  });
});
