import { describe, expect, it } from 'vitest';
import { gitNotInstalled } from '../../../main/git/git.ts';
import { takeValue } from '../../../main/keys/take-value.ts';
import { addTarget, writeTargetAgain } from '../../../main/keys/targets.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { Environment } from '../../../shared/domain/key.ts';
import {
  createKeyWorld,
  envFile,
  finished,
  into,
  type KeyWorld,
  otherEnvFile,
  workOf,
} from '../../support/key-world.ts';

const tracked = { ok: false, error: failure('file-tracked', { file: envFile }) };

/** A vault whose connection makes keys of this kind. */
async function aWorld(environment: Environment) {
  const world = createKeyWorld();
  const connection = world.records.connections.get(world.connectionId);
  if (connection === undefined) throw new Error('No connection');
  await world.records.connections.put({ ...connection, environment });
  return world;
}

/** A live key in a file that Git has begun to track since. */
async function inTrackedFile() {
  const world = await aWorld('live');
  const key = await world.aKey([into(envFile)]);
  world.git.states.set(envFile, 'tracked');
  world.server.requests.length = 0;
  const targetId = key.targets[0]?.id ?? world.ports.ids.target();
  return { world, key, targetId };
}

describe('a live key is kept out of a file that Git tracks', () => {
  const live: Record<string, (world: KeyWorld) => Promise<unknown>> = {
    'when it is issued': (world) => world.issue({ targets: [into(envFile)] }),
    'when it is taken in': (world) => world.takeIn('sk_value_made', { targets: [into(envFile)] }),
  };

  it.each(Object.entries(live))('%s, before anybody is asked', async (_title, act) => {
    const world = await aWorld('live');
    world.git.states.set(envFile, 'tracked');
    expect(await act(world)).toEqual(tracked);
    expect(world.server.requests).toEqual([]);
    expect(world.journal.history).toEqual([]);
    expect(world.envFiles.files.size).toBe(0);
  });

  it('when it is rotated', async () => {
    const { world, key } = await inTrackedFile();
    expect(await world.rotate(key)).toEqual(tracked);
    expect(await world.replaceLeaked(key)).toEqual(tracked);
    expect(world.server.requests).toEqual([]);
  });

  it('when its old value is to be put back', async () => {
    const world = await aWorld('live');
    const key = await world.aKey([into(envFile)]);
    const work = workOf(await world.rotate(key, '24-hours'));
    world.git.states.set(envFile, 'tracked');
    world.server.requests.length = 0;
    const newValue = world.variable(envFile, 'API_KEY');
    const undone = workOf(await world.undo(work));
    expect(undone).toMatchObject({ state: { step: 'restoring' }, blocked: { code: 'file-tracked' } });
    expect(world.variable(envFile, 'API_KEY')).toBe(newValue);
    expect(world.server.requests).toEqual([]);
    world.git.states.set(envFile, 'ignored');
    expect(workOf(await world.goOn(undone)).state).toMatchObject({ outcome: 'undone' });
  });

  it('when a file is added, or written again', async () => {
    const { world, key, targetId } = await inTrackedFile();
    world.git.states.set(otherEnvFile, 'tracked');
    expect(await addTarget(world.ports, world.works, key.id, into(otherEnvFile))).toMatchObject({
      error: { code: 'file-tracked' },
    });
    expect(world.key(key.id)).toEqual(key);
    const again = (confirmName: string) =>
      writeTargetAgain(world.ports, world.works, key.id, { targetId, confirmName });
    expect(await again('')).toEqual(tracked);
    expect(await again('another name')).toEqual(tracked);
  });

  it('when its value is taken from there', async () => {
    const { world, key, targetId } = await inTrackedFile();
    const made = world.server.makeByHand('New');
    world.envFiles.files.set(envFile, `API_KEY=${made.secret}\n`);
    const wish = { targetId, grace: 'now', confirmName: '', anyForm: false, isSecret: () => true } as const;
    expect(await takeValue(world.ports, world.works, key.id, wish)).toEqual(tracked);
    expect(world.server.requests).toEqual([]);
  });

  it('also where Git will not answer for a repository, but not where there is no Git', async () => {
    const world = await aWorld('live');
    world.git.states.set(envFile, 'unknown');
    expect(await world.issue({ targets: [into(envFile)] })).toEqual(tracked);
    world.git.detail = gitNotInstalled;
    finished(await world.issue({ targets: [into(envFile)] }));
  });
});

describe('a live key goes into a file', () => {
  it.each(['no-repository', 'ignored', 'not-ignored'] as const)(
    'that Git does not track (%s)',
    async (state) => {
      const world = await aWorld('live');
      world.git.states.set(envFile, state);
      finished(await world.issue({ targets: [into(envFile)] }));
    },
  );

  it('that Git tracks, once its name was typed, and from then on', async () => {
    const world = await aWorld('live');
    world.git.states.set(envFile, 'tracked');
    const targets = [{ ...into(envFile), confirmName: 'mail' }];
    const work = finished(await world.issue({ name: 'mail', targets }));
    finished(await world.rotate(world.key(work.keyId)));
    const [, newKey] = world.records.keys.all();
    expect(newKey?.targets).toMatchObject([{ mayBeTracked: true }]);
    expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(newKey?.id ?? work.keyId));
  });

  it('that is tracked since, once its name was typed when it is written again', async () => {
    const { world, key, targetId } = await inTrackedFile();
    const written = await writeTargetAgain(world.ports, world.works, key.id, {
      targetId,
      confirmName: 'mail',
    });
    expect(written).toMatchObject({ ok: true });
    finished(await world.rotate(world.key(key.id)));
  });

  it('whose name is changed, without asking once more', async () => {
    const { world, key, targetId } = await inTrackedFile();
    await writeTargetAgain(world.ports, world.works, key.id, { targetId, confirmName: 'mail' });
    const renamed = await addTarget(world.ports, world.works, key.id, into(envFile, 'RENAMED'));
    expect(renamed).toMatchObject({ ok: true });
  });
});

it('a test key goes into a tracked file without a question, and Git is not asked', async () => {
  const world = await aWorld('test');
  world.git.states.set(envFile, 'tracked');
  finished(await world.issue({ targets: [into(envFile)] }));
  expect(world.git.asked).toEqual([]);
});
