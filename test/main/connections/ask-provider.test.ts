import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { createConnectionWorld, mailInput } from './connection-world.ts';

const europe = { value: 'eu', label: 'Europe' };

function aWorld() {
  const world = createConnectionWorld();
  world.catalog.options.push(europe);
  const { name: _, ...wanted } = mailInput;
  return {
    ...world,
    suggest: (changes: object = {}) =>
      world.handlers['connections.suggest']({ ...wanted, setting: 'region', ...changes }),
  };
}

describe('what may be chosen for a new connection', () => {
  it('is asked with the credential that was typed, at the origin that the connection would have', async () => {
    const world = aWorld();
    expect(await world.suggest()).toEqual({ ok: true, value: { options: [europe] } });
    expect(world.catalog.opened).toEqual([{ origin: 'https://api.example.com', token: 'mail token' }]);
  });

  it('leaves nothing behind: no connection, no credential, no record of it', async () => {
    const world = aWorld();
    const before = new Map(world.items);
    await world.suggest();
    expect(world.items).toEqual(before);
    expect(world.power.effects).toEqual([]);
    expect(world.connections()).toHaveLength(1);
    expect(world.activity.entries).toEqual([]);
  });

  it('is not asked where it is not known whom, nor while the vault is closed', async () => {
    const world = aWorld();
    expect(await world.suggest({ settings: {} })).toMatchObject({ error: { code: 'answer-needed' } });
    expect(await world.suggest({ providerId: 'nobody' })).toEqual({
      ok: false,
      error: failure('definition-unknown', { provider: 'nobody' }),
    });
    world.closeVault();
    expect(await world.suggest()).toEqual({ ok: false, error: failure('vault-closed') });
    expect(world.catalog.opened).toEqual([]);
  });
});

it('lists the scopes of a connection with its stored credential', async () => {
  const world = aWorld();
  expect(await world.handlers['connections.scopes']({ id: world.id })).toEqual({
    ok: true,
    value: { options: [europe] },
  });
  expect(world.catalog.opened).toEqual([{ origin: 'https://keys.example.com', token: 'shop token' }]);
  world.fails('secrets.get', failure('keychain-locked'));
  expect(await world.handlers['connections.scopes']({ id: world.id })).toEqual({
    ok: false,
    error: failure('keychain-locked'),
  });
});
