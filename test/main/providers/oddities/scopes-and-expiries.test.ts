import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { labelOf } from '../../../../shared/domain/key.ts';
import { asking, connectInvented } from './connect-invented.ts';
import { demand, type Heard, inventServer } from './invented-server.ts';
import { keyShelf } from './key-shelf.ts';
import { liveThrough, successOf } from './whole-life.ts';

/*
 * Scopia has four editions of the same service, which differ in what the body of POST /v1/keys must be. In all of them the
 * list is `{"keys": […]}` with `next`, the absolute address of the next page, and keys end 30 days from now.
 */
interface Edition {
  readonly says: string;
  readonly creation: DefinitionData['creation'];
  readonly body: unknown;
  readonly scopes: string[];
  /** The only body that this edition takes for a key with these scopes and 30 days. */
  readonly taken: (name: string) => unknown;
  /** The only body that it takes when nothing but the name was asked for. */
  readonly takenPlain: (name: string) => unknown;
}

const whenOmitted = 'As the account says.';
const expiry = { maxDays: 90, whenOmitted };
const options = (...values: string[]) => values.map((value) => ({ value, label: value }));
const noon = Date.parse('2026-03-01T12:00:00Z');
const days30 = 30 * 86_400_000;

const editions: Readonly<Record<string, Edition>> = {
  'scopes in one text, days with a letter': {
    says: '"`slug` has small letters, digits and hyphens; `scope` is spaced, as in OAuth; `ttl` is like 30d."',
    creation: {
      nameMaxLength: 40,
      nameStyle: 'slug',
      scopes: { options: options('mail:send', 'mail:read'), whenOmitted },
      expiry,
    },
    body: {
      slug: '{request.name}',
      scope: { $value: 'request.scopes', as: 'spaced' },
      ttl: { $value: 'request.expiry', as: 'days-suffixed' },
    },
    scopes: ['mail:send', 'mail:read'],
    taken: (slug) => ({ slug, scope: 'mail:send mail:read', ttl: '30d' }),
    takenPlain: (slug) => ({ slug }),
  },
  'one role, epoch milliseconds': {
    says: '"`role` is one of the roles, viewer if you leave it out in your form; `until` is in milliseconds, or null."',
    creation: { nameMaxLength: 64, scopes: { options: options('viewer', 'editor'), whenOmitted }, expiry },
    body: {
      key: {
        title: '{request.name}',
        role: { $value: 'request.scopes', as: 'first', default: 'viewer' },
        until: { $value: 'request.expiry', as: 'unix-milliseconds', default: null },
      },
    },
    scopes: ['editor'],
    taken: (title) => ({ key: { title, role: 'editor', until: noon + days30 } }),
    takenPlain: (title) => ({ key: { title, role: 'viewer', until: null } }),
  },
  'policies with fetched ids, seconds from now': {
    says: '"Name every group by its id, from GET /v1/groups, in a policy; `expires_in` counts seconds."',
    creation: {
      nameMaxLength: 64,
      scopes: {
        options: [{ value: 'own', label: 'What is yours' }],
        optionsFrom: { path: '/v1/groups', items: '/groups', value: '/group/id', label: '/group/title' },
        whenOmitted,
      },
      expiry,
    },
    body: {
      name: '{request.name}',
      policies: [
        {
          effect: 'allow',
          resources: { 'account:{setting.account}': '*' },
          groups: { $value: 'request.scopes', as: 'objects', member: 'gid', default: [] },
        },
      ],
      expires_in: { $value: 'request.expiry', as: 'seconds' },
    },
    scopes: ['17', 'own'],
    taken: (name) => ({
      name,
      policies: [
        { effect: 'allow', resources: { 'account:a.1': '*' }, groups: [{ gid: '17' }, { gid: 'own' }] },
      ],
      expires_in: 2_592_000,
    }),
    takenPlain: (name) => ({
      name,
      policies: [{ effect: 'allow', resources: { 'account:a.1': '*' }, groups: [] }],
    }),
  },
  'a comma-separated list, a date': {
    says: '"`perms` are separated by commas; `end` is a day, UTC. Without `perms` the key may do everything."',
    creation: {
      nameMaxLength: 64,
      scopes: { options: options('a', 'b'), whenOmitted: 'The key may do everything.' },
      expiry,
    },
    body: {
      name: '{request.name}',
      perms: { $value: 'request.scopes', as: 'comma' },
      end: { $value: 'request.expiry', as: 'date' },
    },
    scopes: ['a', 'b'],
    taken: (name) => ({ name, perms: 'a,b', end: '2026-03-31' }),
    takenPlain: (name) => ({ name }),
  },
};

const scopia = (origin: string, { creation, body }: Edition): DefinitionData => ({
  format: 1,
  id: 'scopia',
  name: 'Scopia',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  settings: [{ name: 'account', label: 'Account' }],
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'SCOPIA_KEY' }],
  creation,
  operations: {
    create: {
      method: 'POST',
      path: '/v1/keys',
      body: { kind: 'json', value: body as never },
      response: { id: '/number', fields: { KEY: '/secret' } },
    },
    list: {
      method: 'GET',
      path: '/v1/keys',
      pager: { kind: 'link', next: '/next' },
      response: { items: '/keys', id: '/number' },
    },
    revoke: { method: 'DELETE', path: '/v1/keys/{id}' },
    check: {
      method: 'GET',
      path: '/v1/me',
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
});

async function startScopia(takes: (body: unknown) => boolean) {
  const shelf = keyShelf('sc-');
  const bearer = ({ headers }: Heard) => String(headers.authorization).replace('Bearer ', '');
  const managing = (heard: Heard) => demand(bearer(heard) === 'sc-manager', 401);
  const server = await inventServer({
    'POST /v1/keys': (heard) => {
      managing(heard);
      demand(takes(JSON.parse(heard.text)), 422, { message: heard.text });
      const { number, secret } = shelf.make('');
      return { status: 200, body: { number, secret } };
    },
    'GET /v1/keys': (heard) => {
      managing(heard);
      const from = Number(heard.query.get('from') ?? 0);
      const next = `http://${heard.headers.host}/v1/keys?from=${from + 2}`;
      return {
        status: 200,
        body: {
          keys: shelf.all.slice(from, from + 2).map(({ number }) => ({ number })),
          next: from + 2 < shelf.all.length ? next : null,
        },
      };
    },
    'GET /v1/groups': (heard) => {
      managing(heard);
      return { status: 200, body: { groups: [{ group: { id: 17, title: 'Readers' } }] } };
    },
    'DELETE /v1/keys/:id': (heard) => {
      managing(heard);
      const key = shelf.numbered(Number(heard.at.id));
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 200 };
    },
    'GET /v1/me': (heard) => {
      demand(shelf.accepted(bearer(heard)) !== undefined, 401);
      return { status: 200 };
    },
  });
  return server;
}

const account = { settings: { account: 'a.1' }, credential: { token: 'sc-manager' } };

test.each(Object.entries(editions))(
  '%s: a key is asked for in the very words of the provider',
  async (_title, edition) => {
    const names = [1, 2, 3, 4, 5].map((number) => `key-${number}`);
    const server = await startScopia((body) =>
      names.some((name) => isDeepStrictEqual(body, edition.taken(name))),
    );
    const provider = connectInvented(scopia(server.origin, edition), account);
    const request = asking({ scopes: edition.scopes, expiresInDays: 30 });
    const { made } = await liveThrough(provider, [server], { request });
    // The provider does not repeat it, so that what was asked for is what counts.
    expect(made[0]?.expiresAt).toBe(noon + days30);
  },
);

test.each(Object.entries(editions))('%s: what was not asked for is left out', async (_title, edition) => {
  const server = await startScopia((body) => isDeepStrictEqual(body, edition.takenPlain('plain-1')));
  const provider = connectInvented(scopia(server.origin, edition), account);
  expect(successOf(await provider.create('plain-1', asking(), {})).expiresAt).toBeNull();
});

test('a name is written as the provider takes it', async () => {
  const [slugged, titled] = Object.values(editions).map((edition) =>
    connectInvented(scopia('https://scopia.example', edition), account),
  );
  if (slugged === undefined || titled === undefined) throw new Error('There are no editions');
  const label = labelOf('Mail (Köln) №1 — for the very long name of a project', 'key_0123456789ab', slugged);
  expect(label).toMatch(/^[a-z0-9-]{1,40}$/);
  expect(label).toContain('kt-01234567');
  expect(labelOf('Mail (Köln)', 'key_0123456789ab', titled)).toBe('Mail (Köln) kt-01234567');
});

test('groups are offered beside the scope that is written down, as the provider lists them', async () => {
  const edition = editions['policies with fetched ids, seconds from now'];
  if (edition === undefined) throw new Error('There is no such edition');
  const server = await startScopia(() => false);
  const provider = connectInvented(scopia(server.origin, edition), account);
  expect(successOf(await provider.scopes())).toContainEqual({ value: '17', label: 'Readers' });
});
