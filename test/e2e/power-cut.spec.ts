import { test as base, expect } from '@playwright/test';
import type { KeyId, WorkId } from '../../shared/domain/ids.ts';
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
const verifying: Record<string, Moment> = {
  'the new key is about to be verified': held('GET', '/v1/me', 'before'),
  'the new key is verified': (world) => world.journaled('verified'),
};
const rotating: Record<string, Moment> = {
  ...making,
  ...verifying,
  ...delivering,
  'everything is delivered': (world) => world.journaled('delivered'),
  'the old key is retiring': (world) => world.journaled('retiring'),
  ...revoking,
  'all is done': (world) => world.finished(),
};

const undoing: Record<string, Moment> = {
  'the wish is written down': (world) => world.journaled('restoring'),
  ...delivering,
  'everything is as it was': (world) => world.journaled('withdrawing'),
  'the provider is about to hear that the new key goes': held('DELETE', '/v1/api-keys/', 'before'),
  'the new key is revoked and the answer is lost': held('DELETE', '/v1/api-keys/', 'after'),
  'all is undone': (world) => world.finished(),
};
const revokingFirst: Record<string, Moment> = {
  'it is written down that the old key goes first': (world) => world.journaled('revoking-first'),
  ...revoking,
  'the old key is dead and there is no new one': held('POST', '/v1/api-keys', 'before'),
  'the provider has made the new key and its answer is lost': held('POST', '/v1/api-keys', 'after'),
  'the first file is written': (world) => world.fileChanged(world.files[0] ?? ''),
};
const takingIn: Record<string, Moment> = {
  'the provider is asked about the key': held('GET', '/v1/me', 'before'),
  'the key is pasted and not stored': async (world) => {
    const hold = world.gate.hold('GET', '/v1/me', 'after');
    await hold.reached;
    await world.keyring.pause();
    hold.release();
    await world.journaled('created');
  },
  'the key is stored': (world) => world.journaled('stored'),
  ...delivering,
};

const targetsOf = (world: PowerWorld) =>
  world.files.map((file) => ({ file, variables: { API_KEY: variable } }));

const issue = (world: PowerWorld) =>
  world.client().call('keys.issue', {
    connectionId: world.connectionId,
    name: 'Shop checkout',
    request: nothingAsked,
    policy: { everyDays: 90 },
    targets: targetsOf(world),
    answers: {},
  });

/** Does something and cuts the power at the moment. What was asked is not answered any more. */
async function cutAt(world: PowerWorld, moment: Moment, deed: () => Promise<unknown>): Promise<void> {
  const reached = moment(world);
  let isCut = false;
  const asked = deed().catch((cause: unknown) => {
    if (!isCut) throw cause;
  });
  // What the app refuses never comes to its moment.
  await Promise.race([reached, asked.then(() => reached)]);
  isCut = true;
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
async function expectOneWholeKey(world: PowerWorld, unsealed = true): Promise<string> {
  const { keys } = await world.client().call('keys.list', {});
  const alive = keys.filter((key) => key.status !== 'revoked');
  expect(alive).toMatchObject([{ name: 'Shop checkout', status: 'active', attention: null, unsealed }]);
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

/** An issued key in both files, and what may be asked of it. */
async function prepare(world: PowerWorld) {
  const { keyId } = await issue(world);
  const value = world.values()[0] ?? '';
  const rotate = (grace: 'now' | '1-hour' = 'now') =>
    world.client().call('keys.rotate', { id: keyId, grace, answers: {} });
  const revoke = () => world.client().call('keys.revoke', { id: keyId, confirmName: '', answers: {} });
  const replaceLeaked = (revokeFirst: boolean) =>
    world.client().call('keys.replaceLeaked', { id: keyId, revokeFirst, confirmName: '', answers: {} });
  return { keyId, value, rotate, revoke, replaceLeaked };
}

/** Rotates the key, and answers when the new one is in place and the old one's hour of grace runs. */
async function rotateWithGrace(world: PowerWorld, rotate: (grace: '1-hour') => Promise<{ workId: WorkId }>) {
  const retiring = world.journaled('retiring');
  const { workId } = await rotate('1-hour');
  await retiring;
  // Its step is in the journal a moment before the work rests.
  const isAtRest = async () => (await world.client().ask('work.continue', { id: workId })).ok;
  await expect.poll(isAtRest).toBe(true);
  return { workId, replacement: world.values()[0] ?? '' };
}

async function expectRotated(world: PowerWorld, oldId: KeyId, oldValue: string): Promise<void> {
  await expectNothingLeftToDo(world);
  expect(await expectOneWholeKey(world)).not.toBe(oldValue);
  expect(await world.sandbox.statusOf(oldValue)).toBe(401);
  const { keys } = await world.client().call('keys.list', {});
  const others = keys.filter((key) => key.status === 'revoked');
  expect(others.map((key) => key.id)).toEqual([oldId]);
}

/** Every file has a value that its provider accepts at this moment. */
async function expectWorkingKeysInFiles(world: PowerWorld): Promise<void> {
  expect(await Promise.all(world.values().map(world.sandbox.statusOf))).toEqual([200, 200]);
}

test.describe('rotating a key ends the same', () => {
  test('when nothing happens', async ({ world }) => {
    const { keyId, value, rotate } = await prepare(world);
    await rotate();
    await expectRotated(world, keyId, value);
    expect(await world.sandbox.calls('create')).toBe(2);
  });

  for (const [when, moment] of Object.entries(rotating)) {
    test(`when the power goes as ${when}, with a working key in every file meanwhile`, async ({ world }) => {
      const { keyId, value, rotate } = await prepare(world);
      await cutAt(world, moment, () => rotate());
      await expectWorkingKeysInFiles(world);
      await world.start();
      await expectRotated(world, keyId, value);
    });
  }

  test('and a grace goes on after a restart, until somebody ends it', async ({ world }) => {
    const { keyId, value, rotate, revoke } = await prepare(world);
    await rotateWithGrace(world, rotate);
    await world.cut();
    await world.start();
    const { works } = await world.client().call('work.list', {});
    expect(works).toMatchObject([{ finished: null, blocked: null, graceUntil: expect.any(Number) }]);
    const replacement = world.values()[0] ?? '';
    expect(replacement).not.toBe(value);
    expect(await Promise.all([value, replacement].map(world.sandbox.statusOf))).toEqual([200, 200]);
    await revoke();
    await expectRotated(world, keyId, value);
  });

  for (const [when, moment] of Object.entries(revoking)) {
    test(`when the power goes at the end of a grace, as ${when}`, async ({ world }) => {
      const { keyId, value, rotate, revoke } = await prepare(world);
      await rotateWithGrace(world, rotate);
      await cutAt(world, moment, revoke);
      await expectWorkingKeysInFiles(world);
      await world.start();
      await expectRotated(world, keyId, value);
    });
  }
});

test.describe('undoing a rotation ends the same', () => {
  async function expectUndone(world: PowerWorld, value: string, replacement: string): Promise<void> {
    await expectNothingLeftToDo(world);
    expect(await expectOneWholeKey(world)).toBe(value);
    expect(await world.sandbox.statusOf(replacement)).toBe(401);
  }

  test('when nothing happens', async ({ world }) => {
    const { value, rotate } = await prepare(world);
    const { workId, replacement } = await rotateWithGrace(world, rotate);
    await world.client().call('work.undo', { id: workId, answers: {} });
    await expectUndone(world, value, replacement);
    expect(await world.sandbox.calls('create')).toBe(2);
  });

  for (const [when, moment] of Object.entries(undoing)) {
    test(`when the power goes as ${when}, with a working key in every file meanwhile`, async ({ world }) => {
      const { value, rotate } = await prepare(world);
      const { workId, replacement } = await rotateWithGrace(world, rotate);
      await cutAt(world, moment, () => world.client().call('work.undo', { id: workId, answers: {} }));
      await expectWorkingKeysInFiles(world);
      await world.start();
      await expectUndone(world, value, replacement);
    });
  }
});

test.describe('replacing a leaked key ends the same', () => {
  for (const [when, moment] of Object.entries({ ...verifying, ...revoking })) {
    test(`when the power goes as ${when}, with a working key in every file meanwhile`, async ({ world }) => {
      const { keyId, value, replaceLeaked } = await prepare(world);
      await cutAt(world, moment, () => replaceLeaked(false));
      await expectWorkingKeysInFiles(world);
      await world.start();
      await expectRotated(world, keyId, value);
    });
  }

  for (const [when, moment] of Object.entries(revokingFirst)) {
    test(`when the old key is to go at once and the power goes as ${when}`, async ({ world }) => {
      const { keyId, value, replaceLeaked } = await prepare(world);
      await cutAt(world, moment, () => replaceLeaked(true));
      await world.start();
      await expectRotated(world, keyId, value);
    });
  }
});

test.describe('taking a key in ends with all of it or with nothing', () => {
  for (const [when, moment] of Object.entries(takingIn)) {
    test(`when the power goes as ${when}`, async ({ world }) => {
      const made = await world.sandbox.makeKey('From the dashboard');
      const takeIn = () =>
        world.client().call('keys.takeIn', {
          connectionId: world.connectionId,
          name: 'Shop checkout',
          key: { API_KEY: made.key },
          providerKeyId: null,
          issuedAt: null,
          anyForm: false,
          policy: { everyDays: 90 },
          targets: targetsOf(world),
        });
      await cutAt(world, moment, takeIn);
      await world.start();
      await expectNothingLeftToDo(world);
      const { keys } = await world.client().call('keys.list', {});
      // What was not stored is the user's to paste again, and nothing of it stands in the way.
      if (keys.length === 0) await takeIn();
      expect(await expectOneWholeKey(world, false)).toBe(made.key);
      expect(await world.sandbox.calls('create')).toBe(0);
      expect(await world.sandbox.calls('revoke')).toBe(0);
    });
  }
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
