import { describe, expect, it } from 'vitest';
import { failure, type SecretStoreFailure } from '../../../shared/domain/failure.ts';
import type { VaultState } from '../../../shared/domain/vault.ts';
import { createVaultWorld, passphrase } from './vault-world.ts';

const dataKey = (fill: number): string => Buffer.from(new Uint8Array(32).fill(fill)).toString('base64');

/** A machine on which a vault was set up in the keychain by an earlier run. */
async function withKeychainVault() {
  const world = createVaultWorld();
  const first = world.run();
  await first.open();
  await first.lock();
  world.told.length = 0;
  return world;
}

/** A machine without a keychain, on which a vault was set up under a passphrase by an earlier run. */
async function withPassphraseVault() {
  const world = createVaultWorld();
  world.keychain.trouble.now = failure('keychain-absent', { detail: 'no bus' });
  const { usePassphrase: choosePassphrase, lock } = world.run();
  await choosePassphrase(passphrase);
  await lock();
  world.told.length = 0;
  return world;
}

describe('the first start', () => {
  it('sets the vault up in the keychain by itself and says which keychain it is', async () => {
    const world = createVaultWorld();
    const keeper = world.run();
    expect(keeper.status().vault).toEqual({ state: 'opening' });
    const open = { store: 'keychain', lockedBy: null, backend: 'memory keychain', vault: { state: 'open' } };
    expect(await keeper.open()).toEqual({ ok: true, value: open });
    expect(world.told).toEqual([open]);
    expect(keeper.current()).not.toBeNull();
    expect(world.keychain.items.get('vault')).toBe(dataKey(1));
    expect(world.disk.file).toMatchObject({ store: 'keychain', lockedBy: null });
  });

  const closed: [SecretStoreFailure, string, string][] = [
    [failure('keychain-absent', { detail: 'no bus' }), 'absent', 'keychain-absent'],
    [failure('keychain-locked'), 'locked', ''],
    [failure('keychain-denied'), 'denied', ''],
    [failure('keychain-unanswered', { seconds: 30 }), 'locked', ''],
  ];
  it.each(closed)('creates nothing and asks where to keep secrets: %o', async (trouble, keychain, detail) => {
    const world = createVaultWorld();
    world.keychain.trouble.now = trouble;
    const keeper = world.run();
    expect(await keeper.open()).toMatchObject({
      ok: true,
      value: { store: null, vault: { state: 'unset', keychain, detail } },
    });
    expect(keeper.current()).toBeNull();
    expect(world.disk.file).toBeNull();
    expect(world.keychain.items.size + world.sealed.items.size).toBe(0);
  });

  it('goes on with the keychain as soon as there is one', async () => {
    const world = createVaultWorld();
    world.keychain.trouble.now = failure('keychain-locked');
    const keeper = world.run();
    await keeper.open();
    world.keychain.trouble.now = null;
    expect(await keeper.useKeychain()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
  });

  it('sets up one vault when it is asked for two at once', async () => {
    const world = createVaultWorld();
    const keeper = world.run();
    await Promise.all([keeper.open(), keeper.useKeychain(), keeper.usePassphrase(passphrase), keeper.open()]);
    expect(world.opened).toEqual([{ dataKey: dataKey(1), kind: 'keychain' }]);
    expect(world.sealed.items.size).toBe(0);
  });

  it('says that a passphrase is too short, and still waits for the choice', async () => {
    const world = createVaultWorld();
    world.keychain.trouble.now = failure('keychain-absent', { detail: 'no bus' });
    const keeper = world.run();
    await keeper.open();
    expect(await keeper.usePassphrase('short')).toEqual({
      ok: false,
      error: failure('passphrase-too-short', { minLength: 12 }),
    });
    expect(keeper.status().vault.state).toBe('unset');
    expect(world.disk.file).toBeNull();
  });

  it('finishes what a crash between the data key and vault.json left half done', async () => {
    const world = createVaultWorld();
    world.disk.writeFails = true;
    const first = world.run();
    expect(await first.open()).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(first.status().vault).toEqual({ state: 'damaged', detail: 'vault.json: ENOSPC' });
    expect(first.current()).toBeNull();
    world.disk.writeFails = false;
    expect(await world.run().open()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
    expect(world.opened).toEqual([{ dataKey: dataKey(1), kind: 'keychain' }]);
  });

  it('finishes what a crash in the middle of setting up sealed files left half done', async () => {
    const world = createVaultWorld();
    world.keychain.trouble.now = failure('keychain-absent', { detail: 'no bus' });
    world.disk.writeFails = true;
    await world.run().usePassphrase(passphrase);
    world.disk.writeFails = false;
    const next = world.run();
    expect(await next.open()).toMatchObject({ ok: true, value: { vault: { state: 'locked' } } });
    expect(await next.unlock(passphrase)).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
    expect(world.disk.file).toMatchObject({ store: 'sealed-files', lockedBy: 'passphrase' });
    expect(world.opened).toEqual([{ dataKey: dataKey(1), kind: 'sealed-files' }]);
  });
});

describe('a vault that exists', () => {
  it('was created once, as its activity says, however often it is opened', async () => {
    const world = await withKeychainVault();
    await world.run().open();
    expect(world.keys.activity.entries).toMatchObject([
      { event: 'vault-created', subject: 'Vault', detail: 'memory keychain' },
    ]);
  });

  it('opens with the same data key at every start', async () => {
    const world = await withKeychainVault();
    await world.run().open();
    expect(world.opened.map((open) => open.dataKey)).toEqual([dataKey(1), dataKey(1)]);
  });

  it('is opened, not replaced, when a passphrase or the keychain is chosen again', async () => {
    const world = await withKeychainVault();
    const before = world.disk.file;
    expect(await world.run().usePassphrase(passphrase)).toMatchObject({
      ok: true,
      value: { store: 'keychain', vault: { state: 'open' } },
    });
    expect(world.disk.file).toBe(before);
    expect(world.sealed.items.size).toBe(0);

    const other = await withPassphraseVault();
    other.keychain.trouble.now = null;
    expect(await other.run().useKeychain()).toMatchObject({
      ok: true,
      value: { store: 'sealed-files', vault: { state: 'locked' } },
    });
    expect(other.keychain.items.size).toBe(0);
  });

  it('is left alone by the choice while it is open', async () => {
    const world = createVaultWorld();
    const keeper = world.run();
    await keeper.open();
    const opened = keeper.current();
    await keeper.usePassphrase(passphrase);
    await keeper.unlock(passphrase);
    expect(keeper.current()).toBe(opened);
  });

  it('says that the keychain is another one where its item is gone, and writes nothing there', async () => {
    const world = await withKeychainVault();
    world.keychain.items.clear();
    const keeper = world.run();
    expect(await keeper.open()).toEqual({ ok: false, error: failure('keychain-foreign') });
    expect(keeper.status()).toMatchObject({ store: 'keychain', vault: { state: 'foreign' } });
    expect(keeper.current()).toBeNull();
    expect(world.keychain.items.size).toBe(0);
  });

  it('is taken over with its data key when only vault.json is gone', async () => {
    const world = await withKeychainVault();
    world.disk.file = null;
    expect(await world.run().open()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
    expect(world.opened.at(-1)?.dataKey).toBe(dataKey(1));
    expect(world.disk.file).toMatchObject({ store: 'keychain' });
  });

  it.each(['open', 'useKeychain'] as const)(
    'under a passphrase is not replaced by one in the keychain when vault.json is gone (%s)',
    async (way) => {
      const world = await withPassphraseVault();
      world.disk.file = null;
      world.keychain.trouble.now = null;
      const keeper = world.run();
      expect(await keeper[way]()).toMatchObject({
        ok: true,
        value: { store: 'sealed-files', lockedBy: 'passphrase', vault: { state: 'locked' } },
      });
      expect(world.keychain.items.size).toBe(0);
      expect(await keeper.unlock(passphrase)).toMatchObject({
        ok: true,
        value: { vault: { state: 'open' } },
      });
      expect(world.opened.map((open) => open.dataKey)).toEqual([dataKey(1), dataKey(1)]);
      expect(world.disk.file).toMatchObject({ store: 'sealed-files' });
    },
  );

  it('is not overwritten where vault.json is newer, whatever is chosen', async () => {
    const world = await withKeychainVault();
    world.disk.newer = true;
    const keeper = world.run();
    const items = new Map(world.keychain.items);
    for (const attempt of [
      () => keeper.open(),
      () => keeper.useKeychain(),
      () => keeper.usePassphrase(passphrase),
      () => keeper.unlock(passphrase),
    ]) {
      expect(await attempt()).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
      expect(keeper.status().vault).toEqual({ state: 'damaged', detail: 'vault.json: it is newer' });
    }
    expect(world.keychain.items).toEqual(items);
    expect(world.sealed.items.size).toBe(0);
    world.disk.newer = false;
    expect(await keeper.open()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
  });

  it('is found again by its key in the keychain where vault.json is damaged, which is kept aside', async () => {
    const world = await withKeychainVault();
    world.disk.damaged = true;
    const keeper = world.run();
    expect(await keeper.open()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
    expect(world.opened.map((open) => open.dataKey)).toEqual([dataKey(1), dataKey(1)]);
    expect(world.disk).toMatchObject({ damaged: false, movedAside: 1, file: { store: 'keychain' } });
  });

  it('is found again by its passphrase where vault.json is damaged', async () => {
    const world = await withPassphraseVault();
    world.disk.damaged = true;
    const keeper = world.run();
    expect(await keeper.open()).toMatchObject({
      value: { store: 'sealed-files', vault: { state: 'locked' } },
    });
    expect(await keeper.unlock(passphrase)).toMatchObject({ value: { vault: { state: 'open' } } });
    expect(world.disk).toMatchObject({ damaged: false, movedAside: 1, file: { store: 'sealed-files' } });
  });

  it('is not replaced where vault.json is damaged and its key is nowhere, whatever is chosen', async () => {
    const world = await withKeychainVault();
    world.disk.damaged = true;
    world.keychain.items.clear();
    const keeper = world.run();
    for (const attempt of [
      () => keeper.open(),
      () => keeper.useKeychain(),
      () => keeper.usePassphrase(passphrase),
      () => keeper.unlock(passphrase),
    ]) {
      expect(await attempt()).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
      expect(keeper.status().vault).toMatchObject({
        state: 'damaged',
        detail: expect.stringContaining(
          'the file is damaged, and the key of the vault is not in this keychain',
        ),
      });
    }
    expect(world.keychain.items.size + world.sealed.items.size).toBe(0);
    expect(world.disk).toMatchObject({ damaged: true, movedAside: 0 });
  });

  it('keeps a damaged vault.json in its place where the records are of another vault', async () => {
    const world = await withKeychainVault();
    world.disk.damaged = true;
    world.records.refused = failure('storage-failed', { file: 'records', reason: 'of another vault' });
    expect(await world.run().open()).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(world.disk).toMatchObject({ damaged: true, movedAside: 0 });
  });

  it('seals nothing with an item that is not a data key', async () => {
    const world = createVaultWorld();
    world.keychain.items.set('vault', 'c2hvcnQ=');
    const keeper = world.run();
    expect(await keeper.open()).toMatchObject({ ok: false, error: { code: 'secret-unreadable' } });
    expect(keeper.status().vault.state).toBe('damaged');
    expect(world.keychain.items.get('vault')).toBe('c2hvcnQ=');
    expect(world.opened).toEqual([]);
    expect(world.disk.file).toBeNull();
  });
});

describe('a keychain in trouble', () => {
  const troubles: [SecretStoreFailure, VaultState][] = [
    [failure('keychain-absent', { detail: 'no bus' }), { state: 'absent', detail: 'no bus' }],
    [failure('keychain-locked'), { state: 'locked' }],
    [failure('keychain-denied'), { state: 'denied' }],
    [failure('keychain-foreign'), { state: 'foreign' }],
    [failure('keychain-unanswered', { seconds: 30 }), { state: 'unanswered', seconds: 30 }],
    [
      failure('secret-unreadable', { name: 'vault', reason: 'parts are missing' }),
      { state: 'damaged', detail: 'parts are missing' },
    ],
    [
      failure('storage-failed', { file: 'vault.age', reason: 'EACCES' }),
      { state: 'damaged', detail: 'vault.age: EACCES' },
    ],
    [failure('secret-gone', { name: 'vault' }), { state: 'foreign' }],
  ];
  it.each(troubles)(
    'is told apart from every other, and a later try recovers: %o',
    async (trouble, state) => {
      const world = await withKeychainVault();
      const keeper = world.run();
      world.keychain.trouble.now = trouble;
      expect((await keeper.open()).ok).toBe(false);
      expect(keeper.status()).toEqual({
        store: 'keychain',
        lockedBy: null,
        backend: 'memory keychain',
        vault: state,
      });
      expect(keeper.current()).toBeNull();
      expect(world.told).toEqual([keeper.status()]);
      world.keychain.trouble.now = null;
      expect(await keeper.open()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
      expect(world.opened.at(-1)?.dataKey).toBe(dataKey(1));
    },
  );
});

describe('a passphrase', () => {
  it('is asked for at every start, and opens the vault', async () => {
    const world = await withPassphraseVault();
    const keeper = world.run();
    expect(await keeper.open()).toMatchObject({
      ok: true,
      value: { store: 'sealed-files', lockedBy: 'passphrase', vault: { state: 'locked' } },
    });
    expect(keeper.current()).toBeNull();
    expect(await keeper.unlock(passphrase)).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
    expect(keeper.current()?.secrets.kind).toBe('sealed-files');
  });

  it('that is wrong leaves the vault locked and says so', async () => {
    const world = await withPassphraseVault();
    const keeper = world.run();
    await keeper.open();
    expect(await keeper.unlock('another passphrase')).toEqual({
      ok: false,
      error: failure('passphrase-wrong'),
    });
    expect(keeper.status().vault).toEqual({ state: 'locked' });
    expect(keeper.current()).toBeNull();
    expect(await keeper.unlock(passphrase)).toMatchObject({ ok: true });
  });
});

describe('records that cannot be opened', () => {
  const refused = failure('storage-failed', { file: 'records', reason: 'written by a newer version' });

  it('leave no half-open vault: it says why, and its secrets are closed', async () => {
    const world = await withKeychainVault();
    world.records.refused = refused;
    const keeper = world.run();
    expect(await keeper.open()).toEqual({ ok: false, error: refused });
    expect(keeper.status().vault).toEqual({
      state: 'damaged',
      detail: 'records: written by a newer version',
    });
    expect(keeper.current()).toBeNull();
    expect(world.keychain.inUse()).toBe(0);
    world.records.refused = null;
    expect(await keeper.open()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
  });

  const machines = { usePassphrase: async () => createVaultWorld(), unlock: withPassphraseVault };
  it.each(['usePassphrase', 'unlock'] as const)('close sealed files again (%s)', async (way) => {
    const world = await machines[way]();
    world.keychain.trouble.now = failure('keychain-absent', { detail: 'no bus' });
    world.records.refused = refused;
    const keeper = world.run();
    await keeper.open();
    expect(await keeper[way](passphrase)).toEqual({ ok: false, error: refused });
    expect(keeper.status().vault).toEqual({
      state: 'damaged',
      detail: 'records: written by a newer version',
    });
    expect(world.sealed.inUse()).toBe(0);
    world.records.refused = null;
    await keeper.open();
    expect(await keeper.unlock(passphrase)).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
  });
});

describe('locking', () => {
  it('closes the secrets, says so, and opening opens them again', async () => {
    const world = createVaultWorld();
    const keeper = world.run();
    await keeper.open();
    expect((await keeper.lock()).vault).toEqual({ state: 'locked' });
    expect(world.told.at(-1)?.vault).toEqual({ state: 'locked' });
    expect(keeper.current()).toBeNull();
    expect(world.keychain.inUse()).toBe(0);
    expect(await keeper.open()).toMatchObject({ ok: true, value: { vault: { state: 'open' } } });
    const stored = await keeper.current()?.secrets.get('vault');
    expect(stored?.ok).toBe(true);
  });

  it('waits for running work before it closes the secrets, and lets nothing new begin', async () => {
    const world = createVaultWorld();
    const keeper = world.run();
    await keeper.open();
    const answer = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    world.keys.delays('provider.create', () => {
      asked.resolve();
      return answer.promise;
    });
    const issuing = world.keys.issue();
    await asked.promise;
    const locking = keeper.lock();
    await new Promise(setImmediate);
    expect(keeper.current()).toBeNull();
    expect(world.keychain.inUse()).toBe(1);
    expect(keeper.status().vault).toEqual({ state: 'open' });
    answer.resolve();
    await locking;
    expect(world.keychain.inUse()).toBe(0);
    expect(await issuing).toMatchObject({ ok: true, value: { state: { step: 'finished' } } });
  });

  it('changes nothing where the vault is not open', async () => {
    const world = createVaultWorld();
    world.keychain.trouble.now = failure('keychain-locked');
    const keeper = world.run();
    await keeper.open();
    const before = keeper.status();
    expect(await keeper.lock()).toBe(before);
    expect(world.told).toHaveLength(1);
  });

  it('comes after an opening that is under way, and leaves the vault locked', async () => {
    const world = createVaultWorld();
    const keeper = world.run();
    const opening = keeper.open();
    await keeper.lock();
    await opening;
    expect(keeper.status().vault).toEqual({ state: 'locked' });
    expect(keeper.current()).toBeNull();
  });
});
