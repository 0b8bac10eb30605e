import { expect, it } from 'vitest';
import { vaultHandlers } from '../../../main/vault/vault.handlers.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createVaultWorld, passphrase } from './vault-world.ts';

it('lets the page set up, lock, unlock and follow a vault', async () => {
  const world = createVaultWorld();
  world.keychain.trouble.now = failure('keychain-absent', { detail: 'no bus' });
  const handlers = vaultHandlers(world.run());
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
