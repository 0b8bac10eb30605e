import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { createConnectionWorld } from './connection-world.ts';

const plans = 'https://example.com/plans';

function aWorld() {
  const world = createConnectionWorld();
  return {
    ...world,
    open: (url: string, providerId = 'example') => world.handlers['providers.open']({ providerId, url }),
  };
}

describe('opening a page of a provider', () => {
  it('opens one that the definition names', async () => {
    const world = aWorld();
    expect(await world.open(plans)).toEqual({ ok: true, value: { by: 'main' } });
    expect(world.desktop.opened).toEqual([plans]);
  });

  it('leaves it to the page where the host is shown in a browser', async () => {
    const world = aWorld();
    world.desktop.behaviour.opens = 'page';
    expect(await world.open(plans)).toEqual({ ok: true, value: { by: 'page' } });
    expect(world.desktop.opened).toEqual([]);
  });

  it('opens the dashboard of a connection, and of no account that there is none of', async () => {
    const world = aWorld();
    const shop = world.records.connections.get(world.id);
    if (shop === undefined) throw new Error('No connection');
    await world.records.connections.put({ ...shop, settings: { account: 'acme' } });
    expect(await world.open('https://example.com/acme/keys')).toMatchObject({ ok: true });
    await expect(world.open('https://example.com/other/keys')).rejects.toThrow('Only a page');
    await expect(world.open('https://example.com/acme/keys', 'sandbox')).rejects.toThrow('Only a page');
  });

  it.each([
    'https://elsewhere.example/',
    `${plans}/../admin`,
    `${plans}?next=https://elsewhere.example`,
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
  ])('opens nothing else: %j', async (url) => {
    const world = aWorld();
    await expect(world.open(url)).rejects.toThrow('Only a page that the definition names is opened');
    expect(world.desktop.opened).toEqual([]);
  });

  it('says that it does not know the provider', async () => {
    const world = aWorld();
    expect(await world.open(plans, 'nobody')).toEqual({
      ok: false,
      error: failure('definition-unknown', { provider: 'nobody' }),
    });
  });

  it('opens pages of what came with the app while the vault is closed', async () => {
    const world = aWorld();
    world.closeVault();
    expect(await world.open(plans)).toMatchObject({ ok: true });
  });
});
