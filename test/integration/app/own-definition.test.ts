import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnLinux } from '../secrets/keychain.ts';
import { type AcmeServer, acmeDefinition, acmeToken, startAcme } from './acme-server.ts';
import { wish } from './app-world.ts';
import { runTheApp } from './running-app.ts';

describeOnLinux('a definition from a file, in the whole app', () => {
  const running = runTheApp();
  let acme: AcmeServer;
  let file: string;

  beforeEach(async () => {
    acme = await startAcme();
    file = join(running.folder, 'acme.json');
    await writeFile(file, JSON.stringify(acmeDefinition(), null, 2));
  });
  afterEach(() => acme.stop());

  async function restart(meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    await running.app.stop();
    await meanwhile();
    await running.start();
  }

  async function add() {
    const { digest } = await running.app.call('providers.preview', { file });
    return running.app.call('providers.addFromFile', { file, digest });
  }

  const facts = () => ({
    providerId: 'acme',
    environment: 'test' as const,
    settings: { url: acme.url },
    credential: { token: acmeToken },
  });
  const connect = () => running.app.call('connections.add', { ...facts(), name: 'Acme account' });

  async function issue(connectionId: Awaited<ReturnType<typeof connect>>['id']) {
    const env = join(running.folder, '.env');
    const targets = [{ file: env, variables: { API_KEY: 'ACME_API_KEY' } }];
    const { keyId } = await running.app.call('keys.issue', { ...wish, connectionId, name: 'shop', targets });
    return { keyId, value: parseEnv(await readFile(env, 'utf8')).ACME_API_KEY ?? '' };
  }

  it('is seen, added and connected to; a key is made with it, and all is there after a restart', async () => {
    expect(await running.app.call('providers.preview', { file })).toMatchObject({
      id: 'acme',
      replaces: null,
    });
    expect(acme.requests).toEqual([]);
    expect(await add()).toMatchObject({ id: 'acme', source: 'file' });
    const suggested = await running.app.call('connections.suggest', { ...facts(), setting: 'region' });
    expect(suggested).toEqual({ options: [{ value: 'eu', label: 'Europe' }] });
    const connection = await connect();
    expect(connection).toMatchObject({
      health: 'well',
      origin: acme.url,
      dashboardUrl: `${acme.url}/dashboard/keys`,
    });
    const { keyId, value } = await issue(connection.id);
    expect(acme.keys.get('k1')?.value).toBe(value);

    await restart();
    expect(await running.app.call('providers.catalog', {})).toMatchObject({
      providers: expect.arrayContaining([expect.objectContaining({ id: 'acme', source: 'file' })]),
    });
    expect(await running.app.call('connections.check', { id: connection.id })).toMatchObject({
      health: 'well',
    });
    expect(await running.app.call('keys.check', { id: keyId })).toEqual({ outcome: 'valid' });
    acme.keys.set('k9', { name: 'by hand', value: 'acme_value_of_k9' });
    const { keys } = await running.app.call('connections.compare', { id: connection.id });
    expect(keys.map(({ standing, name }) => `${standing} ${name}`)).toEqual([
      'stray by hand',
      'in-step shop',
      'own management',
    ]);
    const stray = { id: connection.id, providerKeyId: 'k9', confirmName: 'by hand' };
    await running.app.call('connections.revokeStray', stray);
    expect([...acme.keys.keys()]).toEqual(['k0', 'k1']);
    const page = { providerId: 'acme', url: `${acme.url}/dashboard/keys` };
    expect(await running.app.call('providers.open', page)).toEqual({ by: 'main' });
    expect(running.app.desktop.opened).toEqual([page.url]);
    const events = (await running.app.call('activity.page', { before: null, limit: 100 })).entries;
    expect(events.map(({ event }) => event)).toContain('definition-added');
    expect(running.app.log.failures).toEqual([]);
    const said = JSON.stringify([running.app.answers, running.app.feeds, running.app.log]);
    expect(said).not.toContain(acmeToken);
    expect(said).not.toContain(value);
  });

  it('tells the page of providers as they come and go', async () => {
    const told = () =>
      running.app.feeds
        .filter(({ feed }) => feed === 'providers.changed')
        .map(({ state }) => JSON.stringify(state).includes('"acme"'));
    await add();
    expect(told().at(-1)).toBe(true);
    await running.app.call('vault.lock', {});
    expect(told().at(-1)).toBe(false);
    await running.app.call('vault.retry', {});
    expect(told().at(-1)).toBe(true);
    await running.app.call('providers.remove', { providerId: 'acme' });
    expect(told().at(-1)).toBe(false);
    expect(await running.app.ask('providers.remove', { providerId: 'acme' })).toMatchObject({
      error: { code: 'definition-unknown' },
    });
  });

  it('that replaces another under a new name gives that name to its connections and keys at once', async () => {
    await add();
    const { keyId } = await issue((await connect()).id);
    await writeFile(file, JSON.stringify(acmeDefinition({ name: 'Acme Payments' })));
    await add();
    const last = (feed: string) => running.app.feeds.filter((message) => message.feed === feed).at(-1)?.state;
    expect(last('keys.changed')).toMatchObject({ changed: [{ id: keyId, provider: 'Acme Payments' }] });
    expect(last('connections.changed')).toMatchObject({
      connections: [{ provider: { name: 'Acme Payments' } }],
    });
  });

  it('that was altered behind the app’s back is set aside; nobody gets the credential, and the connection can be removed', async () => {
    await add();
    const connection = await connect();
    const store = join(running.folder, 'data', 'records', 'definitions.json');
    const other = await startAcme();
    await restart(async () => {
      const text = await readFile(store, 'utf8');
      const moved = text.replace('/whoami', '/elsewhere');
      expect(moved).not.toBe(text);
      await writeFile(store, moved);
      await rm(`${store}.bak`, { force: true });
    });
    acme.requests.length = 0;
    const { connections } = await running.app.call('connections.list', {});
    expect(connections).toMatchObject([{ id: connection.id, provider: { id: 'acme', fields: [] } }]);
    for (const ask of [
      () => running.app.ask('connections.check', { id: connection.id }),
      () => running.app.ask('connections.compare', { id: connection.id }),
      () => running.app.ask('keys.issue', { ...wish, connectionId: connection.id, name: 'x', targets: [] }),
    ]) {
      expect(await ask()).toMatchObject({ ok: false, error: { code: 'definition-unknown' } });
    }
    expect([...acme.requests, ...other.requests]).toEqual([]);
    await other.stop();
    // Added again from the file, it describes the connection as before.
    await add();
    expect(await running.app.call('connections.check', { id: connection.id })).toMatchObject({
      health: 'well',
    });
    await running.app.call('connections.remove', { id: connection.id });
    await running.app.call('providers.remove', { providerId: 'acme' });
  });

  it('that replaces another cannot move a connection to another host', async () => {
    await add();
    const connection = await connect();
    const other = await startAcme();
    const moved = acmeDefinition({ hosts: { api: { kind: 'fixed', url: other.url } } });
    await writeFile(file, JSON.stringify(moved));
    expect(await running.app.call('providers.preview', { file })).toMatchObject({ replaces: 'Acme' });
    await add();
    // The finding is told as health; nothing was sent there.
    expect(await running.app.call('connections.check', { id: connection.id })).toMatchObject({
      health: 'unreachable',
    });
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  it('for a provider without any call: a connection is added without a trial, and stays over a restart', async () => {
    const assisted = acmeDefinition({
      settings: [],
      hosts: { api: { kind: 'fixed', url: 'https://api.acme.example' } },
      dashboard: {
        url: 'https://acme.example/keys',
        create: ['Click Create key.'],
        revoke: ['Click Delete.'],
      },
      credential: [],
      authentication: { kind: 'none' },
      operations: {},
    });
    await writeFile(file, JSON.stringify(assisted));
    expect(await add()).toMatchObject({ operations: [], replacement: 'by-hand' });
    const connection = await running.app.call('connections.add', {
      providerId: 'acme',
      name: 'Acme account',
      environment: 'test',
      settings: {},
      credential: {},
    });
    expect(connection).toMatchObject({ health: 'unknown', checkedAt: null });
    await restart();
    expect(await running.app.call('connections.check', { id: connection.id })).toEqual(connection);
    await running.app.call('connections.remove', { id: connection.id });
    expect(await running.app.call('connections.list', {})).toEqual({ connections: [] });
  });
});
