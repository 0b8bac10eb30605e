import { describe, expect, it } from 'vitest';
import { providersHandlers } from '../../../main/connections/providers.handlers.ts';
import { createProviderCatalog } from '../../../main/providers/provider-catalog.ts';
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

describe('the dashboard of a provider whose page begins with the user’s own address', () => {
  /** The catalogue of the app itself, and the connection "Shop" at the GitLab of `url`. */
  async function atGitLab(url: string) {
    const world = createConnectionWorld();
    const shop = world.records.connections.get(world.id);
    if (shop === undefined) throw new Error('No connection');
    const origin = 'https://git.example:8443';
    await world.records.connections.put({ ...shop, providerId: 'gitlab', settings: { url }, origin });
    const catalog = createProviderCatalog({
      clock: world.clock,
      own: () => world.records.definitions,
      fetch: async () => {
        throw new Error('Nobody is asked');
      },
    });
    const handlers = providersHandlers({
      ports: world.ports,
      catalog,
      desktop: world.desktop,
      inTurn: (task) => task(),
    });
    return {
      ...world,
      catalog,
      shown: () => world.connections().map((connection) => catalog.dashboardUrl(connection)),
      open: (page: string, providerId = 'gitlab') => handlers['providers.open']({ providerId, url: page }),
    };
  }
  const page = 'https://git.example:8443/sub/-/user_settings/personal_access_tokens';

  it('is opened as the connection shows it', async () => {
    const { shown, open, desktop, catalog } = await atGitLab(' https://Git.Example:8443/sub/ ');
    expect(shown()).toEqual([page]);
    // No definition alone names it.
    expect(catalog.namesPage('gitlab', page)).toBe(false);
    expect(await open(page)).toEqual({ ok: true, value: { by: 'main' } });
    expect(desktop.opened).toEqual([page]);
  });

  it.each([
    'https://gitlab.com/-/user_settings/personal_access_tokens',
    'https://git.example/sub/-/user_settings/personal_access_tokens',
    'https://git.example:8443/sub/',
    `${page}/`,
    `${page}?x`,
    `${page}#x`,
    '{setting.url}/-/user_settings/personal_access_tokens',
  ])('is opened at no other address: %s', async (other) => {
    const { open, desktop } = await atGitLab('https://git.example:8443/sub');
    await expect(open(other)).rejects.toThrow('Only a page');
    expect(desktop.opened).toEqual([]);
  });

  it('is not opened for another provider, nor when the connection is gone', async () => {
    const { open, records, id, desktop } = await atGitLab('https://git.example:8443/sub');
    await expect(open(page, 'npm-registry')).rejects.toThrow('Only a page');
    await records.connections.remove(id);
    await expect(open(page)).rejects.toThrow('Only a page');
    expect(desktop.opened).toEqual([]);
  });

  it.each(['http://git.example', 'javascript:alert(1)//', 'https://user:pass@git.example', ''])(
    'is none where the address is %j',
    async (url) => {
      const { shown } = await atGitLab(url);
      expect(shown()).toEqual([null]);
    },
  );
});
