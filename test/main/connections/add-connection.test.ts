import { describe, expect, it } from 'vitest';
import { addConnection } from '../../../main/connections/add-connection.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { connectionViewSchema } from '../../../shared/ipc/connections.contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import { start } from '../../support/key-world.ts';
import { createConnectionWorld, mailInput } from './connection-world.ts';

const rejected = failure('credential-rejected', { host: 'api.example.com', message: 'No such token' });
const diskFull = failure('storage-failed', { file: 'connections.json', reason: 'ENOSPC' });

function aWorld() {
  const world = createConnectionWorld();
  const before = { credentials: world.credentials(), connections: world.connections() };
  const add = () => world.handlers['connections.add'](mailInput);
  return {
    ...world,
    add,
    expectNothingLeft() {
      expect(world.credentials()).toEqual(before.credentials);
      expect(world.connections()).toEqual(before.connections);
    },
  };
}

describe('adding a connection', () => {
  it('tries the credential, keeps it in the secret store, and records the connection without it', async () => {
    const world = aWorld();
    const added = await world.add();
    expect(added).toMatchObject({
      ok: true,
      value: { name: 'Mail', health: 'well', checkedAt: start, keys: 0, sandbox: false },
    });
    const record = world.connections().find((one) => one.name === 'Mail');
    expect(JSON.stringify([added, record, world.activity.entries])).not.toContain('mail token');
    expect(world.items.get(`connection/${record?.id as typeof world.id}`)).toBe('{"token":"mail token"}');
    expect(world.activity.entries).toMatchObject([{ event: 'connection-added', subject: 'Mail' }]);
  });

  it('pins the connection to the origin that its answers name, and calls nothing else', async () => {
    const world = aWorld();
    await world.add();
    expect(world.connections().at(-1)?.origin).toBe('https://api.example.com');
    expect(world.catalog.opened).toEqual([{ origin: 'https://api.example.com', token: 'mail token' }]);
  });

  it('records the origins of all its hosts, tries the credential at them, and keeps them from the page', async () => {
    const world = aWorld();
    const origins = { login: 'https://login.example.com' };
    const tried: unknown[] = [];
    const catalog = {
      ...world.catalog,
      originsOf: () => ok({ origin: 'https://api.example.com', origins }),
      connect: (...[connection, credential]: Parameters<typeof world.catalog.connect>) => {
        tried.push(connection.origins);
        return world.catalog.connect(connection, credential);
      },
    };
    const added = await addConnection(
      { ...world.ports(), catalog },
      { ...mailInput, credential: { token: new Secret('mail token') } },
    );
    expect(added).toMatchObject({ ok: true, value: { origins } });
    expect(world.connections().at(-1)?.origins).toEqual(origins);
    expect(tried).toEqual([origins]);
    expect(Object.keys(connectionViewSchema.shape)).not.toContain('origins');
  });

  it('leaves nothing behind when the provider refuses the credential', async () => {
    const world = aWorld();
    world.catalog.refuseCredential(rejected);
    expect(await world.add()).toEqual({ ok: false, error: rejected });
    world.expectNothingLeft();
    expect(world.activity.entries).toEqual([]);
  });

  it('leaves nothing behind when an answer is missing or the provider is not known', async () => {
    const world = aWorld();
    const add = world.handlers['connections.add'];
    expect(await add({ ...mailInput, settings: {} })).toMatchObject({ error: { code: 'answer-needed' } });
    expect(await add({ ...mailInput, providerId: 'other' })).toMatchObject({
      error: { code: 'definition-unknown' },
    });
    world.expectNothingLeft();
    expect(world.catalog.opened).toEqual([]);
  });

  it('is added without a trial where there is no call to try it with, and says that its health is not known', async () => {
    const world = aWorld();
    world.catalog.refuseCredential(failure('operation-missing', { provider: 'Example', operation: 'list' }));
    const added = await world.handlers['connections.add']({ ...mailInput, credential: {} });
    expect(added).toMatchObject({ ok: true, value: { health: 'unknown', checkedAt: null } });
    const id = world.connections().at(-1)?.id as typeof world.id;
    expect(world.items.get(`connection/${id}`)).toBe('{}');
    world.clock.advance(1000);
    expect(await world.handlers['connections.check']({ id })).toEqual(added);
    expect(await world.handlers['connections.remove']({ id })).toEqual({ ok: true, value: {} });
    world.expectNothingLeft();
  });

  it('shows the page for keys of this very account', async () => {
    const world = aWorld();
    const settings = { ...mailInput.settings, account: 'acme' };
    const added = await world.handlers['connections.add']({ ...mailInput, settings });
    expect(added).toMatchObject({ value: { dashboardUrl: 'https://example.com/acme/keys' } });
  });

  it('stores the credential before the connection counts', async () => {
    const world = aWorld();
    await world.add();
    const { effects } = world.keys.power;
    expect(effects.indexOf('secrets.put')).toBeGreaterThan(-1);
    expect(effects.indexOf('secrets.put')).toBeLessThan(effects.indexOf('connections.put'));
  });

  it('records no connection whose credential cannot be stored, and takes back what was stored without an answer', async () => {
    const world = aWorld();
    const unanswered = failure('keychain-unanswered', { seconds: 30 });
    const ports = world.ports();
    const added = await addConnection(
      {
        ...ports,
        secrets: {
          ...ports.secrets,
          async put(name, value) {
            await ports.secrets.put(name, value);
            return fail(unanswered);
          },
        },
      },
      { ...mailInput, credential: { token: new Secret('mail token') } },
    );
    expect(added).toEqual({ ok: false, error: unanswered });
    world.expectNothingLeft();
  });

  it.each(['connections.put', 'activity.add'] as const)(
    'takes the credential back when it cannot be recorded (%s)',
    async (effect) => {
      const world = aWorld();
      world.fails(effect, diskFull);
      expect(await world.add()).toEqual({ ok: false, error: diskFull });
      world.expectNothingLeft();
      expect(await world.add()).toMatchObject({ ok: true });
    },
  );

  it('keeps the credential of a connection that could not be taken back', async () => {
    const world = aWorld();
    world.fails('activity.add', diskFull);
    world.fails('connections.remove', diskFull);
    await world.add();
    expect(world.connections()).toHaveLength(2);
    expect(world.credentials()).toHaveLength(2);
  });

  it('asks no provider where the name is taken', async () => {
    const world = aWorld();
    expect(await world.handlers['connections.add']({ ...mailInput, name: 'Shop' })).toEqual({
      ok: false,
      error: failure('name-taken', { name: 'Shop' }),
    });
    expect(world.catalog.opened).toEqual([]);
  });

  it('gives a name to the first of two who want it at once', async () => {
    const world = aWorld();
    const answers = await Promise.all([world.add(), world.add()]);
    expect(answers.map((answer) => answer.ok)).toEqual([true, false]);
    expect(world.credentials()).toHaveLength(2);
  });
});

describe('the sandbox', () => {
  it('is connected once, however often it is asked for, also at the same time', async () => {
    const world = aWorld();
    const addSandbox = () => world.handlers['connections.addSandbox']({});
    const answers = [...(await Promise.all([addSandbox(), addSandbox()])), await addSandbox()];
    const ids = answers.map((answer) => answer.ok && answer.value.id);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).not.toBe(false);
    // Another token would end the first one.
    expect(world.sandboxCalls).toEqual(['connect', 'start', 'start']);
    expect(answers[0]).toMatchObject({ value: { name: 'Sandbox', sandbox: true } });
  });

  it('is connected beside what else it plays, each with a token of its own and nothing left to answer', async () => {
    const world = aWorld();
    const addSandbox = world.handlers['connections.addSandbox'];
    const [sandbox, played] = [await addSandbox({}), await addSandbox({ providerId: 'sandbox-example' })];
    expect(await addSandbox({ providerId: 'sandbox-example' })).toEqual(played);
    expect(world.sandboxCalls).toEqual(['connect', 'connect for sandbox-example', 'start']);
    expect(played).toMatchObject({
      value: {
        name: 'Example (sandbox)',
        providerId: 'sandbox-example',
        sandbox: true,
        settings: { url: 'http://127.0.0.1:4000', time: '0' },
      },
    });
    expect(sandbox.ok && played.ok && sandbox.value.id !== played.value.id).toBe(true);
  });

  it('says so when it does not play what is asked for, and makes no token', async () => {
    const world = aWorld();
    const answer = await world.handlers['connections.addSandbox']({ providerId: 'sandbox-nobody' });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'definition-unknown', provider: 'sandbox-nobody' },
    });
    expect(world.sandboxCalls).toEqual([]);
  });
});
