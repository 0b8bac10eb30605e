import { test as base, expect } from '@playwright/test';
import type { KeyId } from '../../shared/domain/ids.ts';
import { browserHostOnly, isElectron } from './support/host.ts';
import { nothingAsked, type PowerWorld, startPowerWorld, variable } from './support/power-world.ts';

base.skip(isElectron, browserHostOnly);

const test = base.extend<{ readonly world: PowerWorld }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  world: async ({}, use) => {
    const world = await startPowerWorld();
    await use(world);
    await world.stop();
  },
});

/** The moment of a cut: set up before the deed, answers when the app is at it. */
type Moment = (world: PowerWorld) => Promise<void>;

/** The app waits for an answer: the provider has not heard of the request, or has acted and nobody heard of it. */
const held =
  (method: string, path: string, when: 'before' | 'after'): Moment =>
  (world) =>
    world.gate.hold(method, path, when).reached;

/** The provider's answer is in, and the keychain does not take the value: it is in the app's memory alone. */
const unstored: Moment = async (world) => {
  const hold = world.gate.hold('POST', '/v1/api-keys', 'after');
  await hold.reached;
  await world.keyring.pause();
  hold.release();
  await world.journaled('created');
};

const making: Record<string, Moment> = {
  'the intent is written down': (world) => world.journaled('creating'),
  'the provider is about to hear of it': held('POST', '/v1/api-keys', 'before'),
  'the provider has made the key and its answer is lost': held('POST', '/v1/api-keys', 'after'),
  'the key is issued and not stored': unstored,
  'the key is stored': (world) => world.journaled('stored'),
};
const delivering: Record<string, Moment> = {
  'the first file is half written': (world) => world.fileBegun(world.files[0] ?? ''),
  'the first file is written': (world) => world.fileChanged(world.files[0] ?? ''),
  'the second file is half written': (world) => world.fileBegun(world.files[1] ?? ''),
  'the second file is written': (world) => world.fileChanged(world.files[1] ?? ''),
};
const revoking: Record<string, Moment> = {
  'the provider is about to hear of the revocation': held('DELETE', '/v1/api-keys/', 'before'),
  'the old key is revoked and the answer is lost': held('DELETE', '/v1/api-keys/', 'after'),
};
const rotating: Record<string, Moment> = {
  ...making,
  'the new key is about to be verified': held('GET', '/v1/me', 'before'),
  'the new key is verified': (world) => world.journaled('verified'),
  ...delivering,
  'everything is delivered': (world) => world.journaled('delivered'),
  'the old key is retiring': (world) => world.journaled('retiring'),
  ...revoking,
  'all is done': (world) => world.finished(),
};

const issue = (world: PowerWorld) =>
  world.client().call('keys.issue', {
    connectionId: world.connectionId,
    name: 'Shop checkout',
    request: nothingAsked,
    policy: { everyDays: 90 },
    targets: world.files.map((file) => ({ file, variables: { API_KEY: variable } })),
    answers: {},
  });

/** Does something and cuts the power at the moment. What was asked is not answered any more. */
async function cutAt(world: PowerWorld, moment: Moment, deed: () => Promise<unknown>): Promise<void> {
  const reached = moment(world);
  const asked = deed().catch(() => undefined);
  await reached;
  await world.cut();
  await asked;
  await world.keyring.resume();
}

async function expectNothingLeftToDo(world: PowerWorld): Promise<void> {
  await expect
    .poll(async () => {
      const { works } = await world.client().call('work.list', {});
      return works.filter((work) => work.finished === null);
    })
    .toEqual([]);
}

/** One key is alive, here and at the provider, whole: its value in the keychain and in both files is the one that works. */
async function expectOneWholeKey(world: PowerWorld): Promise<string> {
  const { keys } = await world.client().call('keys.list', {});
  const alive = keys.filter((key) => key.status !== 'revoked');
  expect(alive).toMatchObject([{ name: 'Shop checkout', status: 'active', attention: null, unsealed: true }]);
  const id = alive[0]?.id as KeyId;
  const detail = await world.client().call('keys.get', { id });
  expect((await world.sandbox.alive()).map((key) => key.id)).toEqual([detail.providerKeyId]);
  const [value = '', second] = world.values();
  expect(second).toBe(value);
  expect(value.slice(-4)).toBe(detail.lastFour);
  expect(await world.sandbox.statusOf(value)).toBe(200);
  const stored = await world.keyring.secretTool(['lookup', 'service', 'keyturn', 'account', `key/${id}`]);
  expect(stored.stdout).toContain(value);
  return value;
}

test.describe('issuing a key ends the same', () => {
  test('when nothing happens', async ({ world }) => {
    await issue(world);
    await expectOneWholeKey(world);
    expect(await world.sandbox.calls('create')).toBe(1);
  });

  for (const [when, moment] of Object.entries({ ...making, ...delivering })) {
    test(`when the power goes as ${when}`, async ({ world }) => {
      await cutAt(world, moment, () => issue(world));
      await world.start();
      await expectNothingLeftToDo(world);
      await expectOneWholeKey(world);
    });
  }
});

test.describe('rotating a key ends the same', () => {
  async function prepare(world: PowerWorld) {
    const { keyId } = await issue(world);
    const value = world.values()[0] ?? '';
    const rotate = () => world.client().call('keys.rotate', { id: keyId, grace: 'now', answers: {} });
    return { keyId, value, rotate };
  }

  async function expectRotated(world: PowerWorld, oldId: KeyId, oldValue: string): Promise<void> {
    await expectNothingLeftToDo(world);
    expect(await expectOneWholeKey(world)).not.toBe(oldValue);
    expect(await world.sandbox.statusOf(oldValue)).toBe(401);
    const { keys } = await world.client().call('keys.list', {});
    const others = keys.filter((key) => key.status === 'revoked');
    expect(others.map((key) => key.id)).toEqual([oldId]);
  }

  test('when nothing happens', async ({ world }) => {
    const { keyId, value, rotate } = await prepare(world);
    await rotate();
    await expectRotated(world, keyId, value);
    expect(await world.sandbox.calls('create')).toBe(2);
  });

  for (const [when, moment] of Object.entries(rotating)) {
    test(`when the power goes as ${when}, with a working key in every file meanwhile`, async ({ world }) => {
      const { keyId, value, rotate } = await prepare(world);
      await cutAt(world, moment, rotate);
      expect(await Promise.all(world.values().map(world.sandbox.statusOf))).toEqual([200, 200]);
      await world.start();
      await expectRotated(world, keyId, value);
    });
  }

  test('and a grace goes on after a restart, until somebody ends it', async ({ world }) => {
    const { keyId, value } = await prepare(world);
    const retiring = world.journaled('retiring');
    await world.client().call('keys.rotate', { id: keyId, grace: '1-hour', answers: {} });
    await retiring;
    await world.cut();
    await world.start();
    const { works } = await world.client().call('work.list', {});
    expect(works).toMatchObject([{ finished: null, blocked: null, graceUntil: expect.any(Number) }]);
    const replacement = world.values()[0] ?? '';
    expect(replacement).not.toBe(value);
    expect(await Promise.all([value, replacement].map(world.sandbox.statusOf))).toEqual([200, 200]);
    await world.client().call('keys.revoke', { id: keyId, confirmName: '', answers: {} });
    await expectRotated(world, keyId, value);
  });
});

test.describe('revoking a key ends the same', () => {
  for (const [when, moment] of Object.entries(revoking)) {
    test(`when the power goes as ${when}`, async ({ world }) => {
      const { keyId } = await issue(world);
      const value = world.values()[0] ?? '';
      await cutAt(world, moment, () =>
        world.client().call('keys.revoke', { id: keyId, confirmName: '', answers: {} }),
      );
      await world.start();
      await expectNothingLeftToDo(world);
      expect((await world.client().call('keys.list', {})).keys).toMatchObject([{ status: 'revoked' }]);
      expect(await world.sandbox.alive()).toEqual([]);
      expect(await world.sandbox.statusOf(value)).toBe(401);
    });
  }
});
