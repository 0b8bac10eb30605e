import { describe, expect, it } from 'vitest';
import { failure, type ProviderFailure } from '../../../shared/domain/failure.ts';
import { connectionIdSchema } from '../../../shared/domain/ids.ts';
import { hourMs, start, workOf } from '../../support/key-world.ts';
import { createConnectionWorld } from './connection-world.ts';

const host = 'api.example.com';
const stranger = connectionIdSchema.parse(`con_${'z'.repeat(20)}`);

describe('checking a connection', () => {
  const findings: [ProviderFailure | null, string][] = [
    [null, 'well'],
    [failure('credential-rejected', { host, message: '' }), 'refused'],
    [failure('permission-lacking', { host, message: '' }), 'refused'],
    [failure('provider-unreachable', { host, reason: 'timed-out' }), 'unreachable'],
    [failure('provider-failed', { host, status: 500, message: '' }), 'unreachable'],
    [failure('provider-throttled', { host, retryAfterSeconds: null }), 'unreachable'],
  ];
  it.each(findings)('remembers how it went and when: %o', async (trouble, health) => {
    const world = createConnectionWorld();
    world.clock.advance(hourMs);
    world.catalog.refuseCredential(trouble);
    const checked = await world.handlers['connections.check']({ id: world.id });
    expect(checked).toMatchObject({ ok: true, value: { health, checkedAt: start + hourMs } });
    expect(world.records.connections.get(world.id)).toMatchObject({ health, checkedAt: start + hourMs });
  });

  it('uses the stored credential, at the pinned origin, whatever its answers say now', async () => {
    const world = createConnectionWorld();
    const shop = world.records.connections.get(world.id);
    if (shop === undefined) throw new Error('No connection');
    await world.records.connections.put({ ...shop, settings: { url: 'https://elsewhere.example' } });
    await world.handlers['connections.check']({ id: world.id });
    expect(world.catalog.opened).toEqual([{ origin: 'https://keys.example.com', token: 'shop token' }]);
  });

  it('waits for what the provider runs on, before it is called', async () => {
    const world = createConnectionWorld();
    await world.handlers['connections.check']({ id: world.id });
    expect(world.readied).toEqual([{ providerId: 'example', opened: 0 }]);
    expect(world.catalog.opened).toHaveLength(1);
  });

  it('says what is wrong with the credential in the keychain, and keeps what was known', async () => {
    const world = createConnectionWorld();
    const before = world.records.connections.get(world.id);
    world.fails('secrets.get', failure('keychain-locked'));
    expect(await world.handlers['connections.check']({ id: world.id })).toEqual({
      ok: false,
      error: failure('keychain-locked'),
    });
    world.items.set(`connection/${world.id}`, 'not ours');
    expect(await world.handlers['connections.check']({ id: world.id })).toMatchObject({
      error: { code: 'secret-unreadable' },
    });
    expect(world.records.connections.get(world.id)).toEqual(before);
  });

  it('does not bring back a connection that was removed meanwhile', async () => {
    const world = createConnectionWorld();
    const { promise, resolve } = Promise.withResolvers<void>();
    world.catalog.delayTrial(promise);
    const checking = world.handlers['connections.check']({ id: world.id });
    expect(await world.handlers['connections.remove']({ id: world.id })).toEqual({ ok: true, value: {} });
    resolve();
    expect(await checking).toEqual({ ok: false, error: failure('connection-unknown') });
    expect(world.connections()).toEqual([]);
  });
});

describe('removing a connection', () => {
  it('forgets it and its credential, and says so in the activity', async () => {
    const world = createConnectionWorld();
    expect(await world.handlers['connections.remove']({ id: world.id })).toEqual({ ok: true, value: {} });
    expect(world.connections()).toEqual([]);
    expect(world.credentials()).toEqual([]);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'connection-removed', subject: 'Shop' });
  });

  it('is refused while the vault lists keys of it, revoked ones too', async () => {
    const world = createConnectionWorld();
    const key = await world.aKey();
    const refused = { ok: false, error: failure('connection-in-use', { keys: 1 }) };
    expect(await world.handlers['connections.remove']({ id: world.id })).toEqual(refused);
    await world.revoke(key);
    expect(world.key(key.id).revokedAt).not.toBeNull();
    expect(await world.handlers['connections.remove']({ id: world.id })).toEqual(refused);
    expect(world.credentials()).toHaveLength(1);
  });

  it('is refused while a key of it is being made, or may have been made', async () => {
    const world = createConnectionWorld();
    world.server.loseNextAnswer();
    expect(workOf(await world.issue()).state.step).toBe('outcome-unknown');
    expect(world.records.keys.all()).toEqual([]);
    expect(await world.handlers['connections.remove']({ id: world.id })).toEqual({
      ok: false,
      error: failure('connection-in-use', { keys: 1 }),
    });
    expect(world.credentials()).toHaveLength(1);
  });

  it('keeps the connection when its credential cannot be removed, and can be tried again', async () => {
    const world = createConnectionWorld();
    const remove = () => world.handlers['connections.remove']({ id: world.id });
    world.fails('secrets.drop', failure('keychain-locked'));
    expect(await remove()).toEqual({ ok: false, error: failure('keychain-locked') });
    expect(world.connections()).toHaveLength(1);
    world.fails('connections.remove', failure('storage-failed', { file: 'c', reason: 'ENOSPC' }));
    expect(await remove()).toMatchObject({ error: { code: 'storage-failed' } });
    expect(await remove()).toEqual({ ok: true, value: {} });
  });
});

it('says of a connection that is not there that it is not known', async () => {
  const { handlers } = createConnectionWorld();
  const unknown = { ok: false, error: failure('connection-unknown') };
  expect(await handlers['connections.check']({ id: stranger })).toEqual(unknown);
  expect(await handlers['connections.remove']({ id: stranger })).toEqual(unknown);
  expect(await handlers['connections.compare']({ id: stranger, answers: {} })).toEqual(unknown);
  expect(await handlers['connections.scopes']({ id: stranger })).toEqual(unknown);
});

it('lists connections with their provider and all keys that need them, revoked ones too, and never a credential', async () => {
  const world = createConnectionWorld();
  const key = await world.aKey();
  const keysShown = async () => {
    const list = await world.handlers['connections.list']({});
    expect(JSON.stringify(list)).not.toContain('shop token');
    return list.ok && list.value.connections.map((one) => `${one.provider.name}: ${one.keys}`);
  };
  expect(await keysShown()).toEqual(['Example: 1']);
  await world.revoke(key);
  expect(await keysShown()).toEqual(['Example: 1']);
});
