import { expect, test } from 'vitest';
import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { asking, connectInvented, type SharedClock, sharedClock } from './connect-invented.ts';
import { demand, type Heard, inventServer, type Reply } from './invented-server.ts';
import { type Kept, type KeyShelf, keyShelf } from './key-shelf.ts';
import { liveThrough, successOf } from './whole-life.ts';

/*
 * Endor lets a customer choose what it means that a key is taken away; apart from that all of its keys are alike: POST, GET
 * and one other call under /robots. A robot has one key, and its number is what both go by.
 */
interface Way {
  /** What the documentation says. */
  readonly says: string;
  readonly revoke: NonNullable<DefinitionData['operations']>['revoke'];
  readonly route: string;
  readonly act: (
    key: Kept | undefined,
    heard: Heard,
    world: { shelf: KeyShelf; clock: SharedClock },
  ) => Reply;
  /** What the list shows of the first of five afterwards: inactive, or nothing. */
  readonly listed: 'inactive' | 'gone';
  /** How long the client waits until it says that the key is revoked. */
  readonly waitsMs: number;
}

const ways: Readonly<Record<string, Way>> = {
  'a key that is switched off and could be switched on again': {
    says: '"PATCH the robot with {"state": "off"}; a robot that is off stays listed, and switching it off again is fine."',
    revoke: { method: 'PATCH', path: '/robots/{id}', body: { kind: 'json', value: { state: 'off' } } },
    route: 'PATCH /robots/:id',
    act: (key, { text }) => {
      demand(key !== undefined && text === '{"state":"off"}', 422);
      key.isAlive = false;
      return { status: 200, body: { state: 'off' } };
    },
    listed: 'inactive',
    waitsMs: 0,
  },
  'a revocation that is only queued': {
    says: '"Answers 202; the key goes on for up to eight seconds. Asking again is 409 while it is queued and 410 afterwards."',
    revoke: {
      method: 'POST',
      path: '/robots/{id}/removal',
      success: [202],
      alreadyGone: [404, 410],
      settlesWithinSeconds: 9,
    },
    route: 'POST /robots/:id/removal',
    act: (key, { text }, { clock }) => {
      demand(text === '', 400);
      demand(key !== undefined, 404);
      demand(key.isAlive, 410);
      const asked = clock.now();
      Object.defineProperty(key, 'isAlive', { get: () => clock.now() < asked + 8000 });
      return { status: 202, body: { job: 1 } };
    },
    listed: 'inactive',
    waitsMs: 9000,
  },
  'a key that goes with what it belongs to': {
    says: '"Keys cannot be deleted. DELETE the robot, with `force=yes`, and its key goes with it."',
    revoke: { method: 'DELETE', path: '/robots/{id}', query: { force: 'yes' }, success: [200, 204] },
    route: 'DELETE /robots/:id',
    act: (key, { query }, { shelf }) => {
      demand(query.get('force') === 'yes', 422);
      demand(key !== undefined, 404);
      shelf.remove(key);
      return { status: 204 };
    },
    listed: 'gone',
    waitsMs: 0,
  },
  'a key that is kept for an undo': {
    says: '"PUT the robot into /graveyard/NUMBER, with an empty object. It can be dug up for 30 days. If it is there: 304."',
    revoke: {
      method: 'PUT',
      path: '/graveyard/{id}',
      body: { kind: 'empty-object' },
      success: [201],
      alreadyGone: [304, 404],
    },
    route: 'PUT /graveyard/:id',
    act: (key, { text }) => {
      demand(text === '{}', 422);
      demand(key !== undefined, 404);
      demand(key.isAlive, 304, undefined);
      key.isAlive = false;
      return { status: 201, body: {} };
    },
    listed: 'inactive',
    waitsMs: 0,
  },
};

const endor = (origin: string, { revoke }: Way): DefinitionData => ({
  format: 1,
  id: 'endor',
  name: 'Endor',
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: origin } },
  credential: [{ name: 'token', label: 'Token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [{ name: 'KEY', label: 'Key', secret: true, variable: 'ENDOR_KEY' }],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/robots',
      success: [201],
      body: { kind: 'json', value: { robot: { name: '{request.name}' } } },
      response: { id: '/robot/number', fields: { KEY: '/robot/key/secret' } },
    },
    list: {
      method: 'GET',
      path: '/robots',
      pager: { kind: 'page', parameter: 'p', first: 1, size: 2 },
      response: {
        items: '/robots',
        id: '/number',
        name: { at: '/name', always: true },
        active: { at: '/state', is: ['on'] },
      },
    },
    ...(revoke === undefined ? {} : { revoke }),
    check: {
      method: 'GET',
      path: '/me',
      authentication: { kind: 'bearer', token: '{key.KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
});

async function startEndor(way: Way) {
  const clock = sharedClock();
  const shelf = keyShelf('en-');
  const bearer = ({ headers }: Heard) => String(headers.authorization).replace('Bearer ', '');
  const managing = (heard: Heard) => demand(bearer(heard) === 'en-manager', 401);
  const server = await inventServer({
    'POST /robots': (heard) => {
      managing(heard);
      const { number, secret } = shelf.make(JSON.parse(heard.text).robot.name);
      return { status: 201, body: { robot: { number, key: { secret } } } };
    },
    'GET /robots': (heard) => {
      managing(heard);
      const from = (Number(heard.query.get('p')) - 1) * 2;
      const robots = shelf.all.map(({ number, name, isAlive }) => ({
        number,
        name,
        state: isAlive ? 'on' : 'off',
      }));
      return { status: 200, body: { robots: robots.slice(from, from + 2) } };
    },
    'GET /me': (heard) => {
      demand(shelf.accepted(bearer(heard)) !== undefined, 401);
      return { status: 200 };
    },
    [way.route]: (heard) => {
      managing(heard);
      return way.act(shelf.numbered(Number(heard.at.id)), heard, { shelf, clock });
    },
  });
  return { server, clock, shelf };
}

const credential = { token: 'en-manager' };

test.each(Object.entries(ways))('%s is revoked when it is refused, and others live', async (_title, way) => {
  const { server, clock } = await startEndor(way);
  const provider = connectInvented(endor(server.origin, way), { credential, clock });
  const before = clock.now();
  const { made, listedAfter } = await liveThrough(provider, [server]);
  expect(clock.now() - before).toBe(way.waitsMs);
  const first = listedAfter.find(({ providerKeyId }) => providerKeyId === made[0]?.providerKeyId);
  expect(first?.active).toBe(way.listed === 'gone' ? undefined : false);
});

test('a revocation that is refused leaves the key alive and is told', async () => {
  const way = ways['a key that is kept for an undo'];
  if (way === undefined) throw new Error('There is no such way');
  const { server, clock } = await startEndor(way);
  const definition = endor(server.origin, {
    ...way,
    revoke: { method: 'PUT', path: '/graveyard/{id}', success: [201] },
  });
  const provider = connectInvented(definition, { credential, clock });
  const { providerKeyId, fields } = successOf(await provider.create('key-1', asking(), {}));
  expect(await provider.revoke(providerKeyId, {})).toMatchObject({
    error: { code: 'provider-refused', status: 422 },
  });
  expect(await provider.check(fields)).toMatchObject({ value: { outcome: 'valid' } });
});
