import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { connectInvented } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough, successOf } from './whole-life.ts';

/*
 * Nestling. "Keys belong to a project of an organisation. GET /organisations lists yours, GET
 * /organisations/NUMBER/projects the projects in one. Answers to lists are {"page": {"entries": […], "next": CURSOR}}."
 */
const nestling = (origin: string): DefinitionData => ({
  format: 1,
  id: 'nestling',
  name: 'Nestling',
  environments: ['live'],
  hosts: { api: { kind: 'asked', setting: 'address' } },
  settings: [
    { name: 'address', label: 'Address', kind: 'url', placeholder: origin },
    {
      name: 'organisation',
      label: 'Organisation',
      required: false,
      optionsFrom: { path: '/organisations', items: '/page/entries', value: '/number', label: '/title' },
    },
    {
      name: 'project',
      label: 'Project',
      required: false,
      optionsFrom: {
        path: '/organisations/{setting.organisation}/projects',
        items: '/page/entries',
        value: '/slug',
        label: '/title',
      },
    },
  ],
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'headers', headers: { Authorization: 'token {credential.token}' } },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'NESTLING_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/organisations/{setting.organisation}/projects/{setting.project}/keys',
      body: { kind: 'json', value: { label: '{request.name}' } },
      response: { id: '/number', fields: { KEY: '/secret' } },
    },
    list: {
      method: 'GET',
      path: '/organisations/{setting.organisation}/projects/{setting.project}/keys',
      pager: { kind: 'cursor', in: 'query', parameter: 'at', next: '/page/next' },
      response: { items: '/page/entries', id: '/number', name: { at: '/name', always: true } },
    },
    revoke: {
      method: 'DELETE',
      path: '/organisations/{setting.organisation}/projects/{setting.project}/keys/{id}',
    },
    check: {
      method: 'GET',
      path: '/me',
      authentication: { kind: 'headers', headers: { Authorization: 'token {key.KEY}' } },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
    probe: { method: 'GET', path: '/organisations' },
  },
});

async function startNestling() {
  const shelf = keyShelf('nst');
  const managing = ({ headers }: Heard) => demand(headers.authorization === 'token mgr-token-1', 401);
  const page = (entries: unknown, next: string | null = null) => ({
    status: 200,
    body: { page: { entries, next } },
  });
  const inProject = (heard: Heard) => {
    managing(heard);
    demand(heard.at.org === '71' && heard.at.project === 'web/shop', 404);
  };
  return inventServer({
    'GET /organisations': (heard) => {
      managing(heard);
      return page([{ number: 71, title: 'Acme' }, { number: 72 }, { title: 'No number yet' }]);
    },
    'GET /organisations/:org/projects': (heard) => {
      managing(heard);
      demand(heard.at.org === '71', 404);
      return page([{ slug: 'web/shop', title: 'Shop' }]);
    },
    'POST /organisations/:org/projects/:project/keys': (heard) => {
      inProject(heard);
      const { number, secret } = shelf.make(JSON.parse(heard.text).label);
      return { status: 200, body: { number, secret } };
    },
    'GET /organisations/:org/projects/:project/keys': (heard) => {
      inProject(heard);
      const from = Number(heard.query.get('at') ?? 0);
      const next = from + 2 < shelf.all.length ? String(from + 2) : null;
      return page(shelf.all.slice(from, from + 2), next);
    },
    'DELETE /organisations/:org/projects/:project/keys/:id': (heard) => {
      inProject(heard);
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 200 };
    },
    'GET /me': ({ headers }) => {
      demand(shelf.accepted(String(headers.authorization).replace('token ', '')) !== undefined, 401);
      return { status: 200 };
    },
  });
}

test('organisation and project are offered as the provider lists them, each when it can be', async () => {
  const server = await startNestling();
  const connect = (settings: Record<string, string>) =>
    connectInvented(nestling(server.origin), {
      settings: { address: server.origin, ...settings },
      credential: { token: 'mgr-token-1' },
    });
  const before = connect({});
  expect(successOf(await before.checkCredential())).toBeUndefined();
  expect(successOf(await before.options('organisation'))).toEqual([
    { value: '71', label: 'Acme' },
    { value: '72', label: '72' },
  ]);
  expect(await before.options('project')).toEqual({
    ok: false,
    error: { code: 'answer-needed', questions: ['organisation'] },
  });
  expect(successOf(await connect({ organisation: '71' }).options('project'))).toEqual([
    { value: 'web/shop', label: 'Shop' },
  ]);
  await liveThrough(connect({ organisation: '71', project: 'web/shop' }), [server]);
});
