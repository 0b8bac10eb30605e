import { expect, it } from 'vitest';
import type { KeptDamage } from '../../../main/vault/kept-damage.ts';
import { vaultHandlers } from '../../../main/vault/vault.handlers.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { ok } from '../../../shared/result.ts';
import { createVaultWorld, passphrase } from './vault-world.ts';

const damage: KeptDamage = {
  list: async () => ok([]),
  putBack: async () => ok({ cameBack: 1, couldNot: 0, atNextOpening: false }),
};

it('tells of kept damage while the vault is open, and only then', async () => {
  const world = createVaultWorld();
  const keeper = world.run();
  const handlers = vaultHandlers(keeper, () => damage);
  const closed = { ok: false, error: failure('vault-closed') };
  expect(await handlers['vault.setAside']({})).toEqual(closed);
  expect(await handlers['vault.putBack']({ file: 'one' })).toEqual(closed);
  await keeper.open();
  expect(await handlers['vault.setAside']({})).toEqual(ok({ files: [] }));
  expect(await handlers['vault.putBack']({ file: 'one' })).toMatchObject(ok({ cameBack: 1 }));
});

it('lets the page set up, lock, unlock and follow a vault', async () => {
  const world = createVaultWorld();
  world.keychain.trouble.now = failure('keychain-absent', { detail: 'no bus' });
  const handlers = vaultHandlers(world.run(), () => damage);
  const state = async () => {
    const status = await handlers['vault.status']({});
    return status.ok && status.value.vault.state;
  };
  expect(await state()).toBe('opening');
  await handlers['vault.retry']({});
  expect(await state()).toBe('unset');
  await handlers['vault.usePassphrase']({ passphrase });
  expect(await state()).toBe('open');
  expect(await handlers['vault.lock']({})).toMatchObject({ ok: true, value: { vault: { state: 'locked' } } });
  await handlers['vault.useKeychain']({});
  expect(await state()).toBe('locked');
  expect(await handlers['vault.unlock']({ passphrase: 'not this one' })).toEqual({
    ok: false,
    error: failure('passphrase-wrong'),
  });
  await handlers['vault.unlock']({ passphrase });
  expect(await state()).toBe('open');
});
