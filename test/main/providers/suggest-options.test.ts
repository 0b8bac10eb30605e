import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { connect, definitionOf, json, managementToken, startServer, type TestServer } from './world.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** A provider that lists the projects of an organisation. */
async function world(act: (response: ServerResponse) => void) {
  const server = await startServer((_request, response) => act(response));
  servers.push(server);
  const definition = definitionOf({
    settings: [
      { name: 'url', label: 'Address', kind: 'url' },
      { name: 'organisation', label: 'Organisation' },
      {
        name: 'project',
        label: 'Project',
        optionsFrom: {
          path: '/organisations/{setting.organisation}/projects',
          items: '/projects',
          value: '/id',
          label: '/name',
        },
      },
    ],
  });
  const settings = { url: server.origin, organisation: 'a b' };
  return { ...server, ...connect(server.origin, { definition, settings }) };
}

test('what may be chosen comes from the provider, called by its name or else its value', async () => {
  const { provider, received } = await world((response) =>
    json(response, 200, { projects: [{ id: 7, name: 'Shop' }, { id: 'p8' }, { name: 'without an id' }] }),
  );
  expect(await provider.options('project')).toEqual({
    ok: true,
    value: [
      { value: '7', label: 'Shop' },
      { value: 'p8', label: 'p8' },
    ],
  });
  expect(received[0]?.url).toBe('/organisations/a%20b/projects');
  expect(received[0]?.headers.authorization).toBe(`Bearer ${managementToken}`);
});

test('a setting whose values the provider does not list is free, without a call', async () => {
  const { provider, received } = await world((response) => json(response, 500, {}));
  expect(await provider.options('organisation')).toEqual({ ok: true, value: [] });
  expect(await provider.options('nothing')).toMatchObject({ error: { code: 'operation-missing' } });
  expect(received).toEqual([]);
});

test.each([
  [401, {}, 'credential-rejected'],
  [200, { projects: null }, 'provider-answer-unreadable'],
])('an answer of %d %j is a failure: %s', async (status, body, code) => {
  const { provider } = await world((response) => json(response, status, body));
  expect(await provider.options('project')).toMatchObject({ ok: false, error: { code } });
});

test('the scopes of a key are the ones that the provider lists', async () => {
  const server = await startServer((_request, response) =>
    json(response, 200, [{ id: 'send', name: 'Send' }]),
  );
  servers.push(server);
  const scopes = {
    optionsFrom: { path: '/scopes', items: '', value: '/id', label: '/name' },
    whenOmitted: 'The key may do everything.',
  };
  const { provider } = connect(server.origin, {
    definition: definitionOf({ creation: { nameMaxLength: 64, scopes } }),
  });
  expect(await provider.scopes()).toEqual({ ok: true, value: [{ value: 'send', label: 'Send' }] });
  expect(await connect(server.origin).provider.scopes()).toEqual({ ok: true, value: [] });
  expect(server.received.map(({ url }) => url)).toEqual(['/scopes']);
});

test.each([
  [{ id: 42 }, { ok: true, value: '42' }],
  [{}, { ok: true, value: null }],
])('the management credential is known in the list by what the probe answers: %j', async (body, told) => {
  const server = await startServer((_request, response) => json(response, 200, body));
  servers.push(server);
  const operations = { probe: { method: 'GET' as const, path: '/self', ownKeyId: '/id' } };
  const { provider } = connect(server.origin, { definition: definitionOf({ operations }) });
  expect(await provider.ownKeyId()).toEqual(told);
  expect(await connect(server.origin).provider.ownKeyId()).toEqual({ ok: true, value: null });
  expect(server.received).toHaveLength(1);
});
