import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followTarget } from '../../../main/keys/follow-target.ts';
import { createTargetWatch } from '../../../main/keys/target-watch.ts';
import { addTarget } from '../../../main/keys/targets.ts';
import { tellingEnvFiles } from '../../../main/keys/telling-env-files.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { TargetState } from '../../../shared/ipc/keys.contract.ts';
import { createFakeFileWatch } from '../../fakes/fake-file-watch.ts';
import { createKeyWorld, envFile, into, otherEnvFile, workOf } from '../../support/key-world.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Long enough for what has changed to be looked at. */
async function soon(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) {
    await vi.advanceTimersByTimeAsync(200);
    await new Promise(setImmediate);
  }
}

/** A key in two files, and the watch over them. */
async function aWorld() {
  const world = createKeyWorld();
  const key = await world.aKey([into(envFile), into(otherEnvFile, 'MAIL_KEY')]);
  const files = createFakeFileWatch();
  const told: { id: KeyId; targets: readonly TargetState[] }[] = [];
  const rows: KeyId[] = [];
  const reads: string[] = [];
  const faults: unknown[] = [];
  const watch = createTargetWatch({
    keys: world.records.keys,
    envFiles: {
      read: (file, variables, dialect) => {
        reads.push(file);
        return world.ports.envFiles.read(file, variables, dialect);
      },
      misread: (...asked) => world.ports.envFiles.misread(...asked),
    },
    fingerprint: world.ports.fingerprint,
    createFileWatch: files.create,
    changed: (keys) => told.push(...keys),
    astrayChanged: (ids) => rows.push(...ids),
    failed: (cause) => faults.push(cause),
  });
  const { put } = world.records.keys;
  Object.assign(world.records.keys, {
    put: async (record: Parameters<typeof put>[0]) => {
      const result = await put(record);
      watch.keysChanged([record.id]);
      return result;
    },
  });
  const announced = world.announced.push.bind(world.announced);
  world.announced.push = (...works) => {
    for (const work of works) watch.workChanged(work);
    return announced(...works);
  };
  world.restart();
  const edit = (file: string, text: string | null) => {
    if (text === null) world.envFiles.files.delete(file);
    else world.envFiles.files.set(file, text);
    files.change(file);
  };
  return { world, key, files, told, rows, reads, watch, faults, edit };
}

async function begun() {
  const all = await aWorld();
  all.watch.start(all.world.journal.unfinished());
  await soon();
  return all;
}

const statesOf = (told: { targets: readonly TargetState[] } | undefined) =>
  told?.targets.map(({ state, detail }) => (detail === '' ? state : `${state}: ${detail}`));

describe('after the vault was opened', () => {
  it('every target of the keys in use is looked at, and a file once for all of its keys', async () => {
    const { world, watch, reads, files, told } = await aWorld();
    for (const name of ['maps', 'sms', 'shop'])
      await world.issue({ name, targets: [into(envFile, `${name.toUpperCase()}_KEY`)] });
    watch.start(world.journal.unfinished());
    await soon();
    expect([...reads].sort()).toEqual([otherEnvFile, envFile].sort());
    expect([...(files.watched() ?? [])].sort()).toEqual([otherEnvFile, envFile].sort());
    // All is well, which is no news.
    expect(told).toEqual([]);
  });

  it('what has gone astray while the app did not run is told', async () => {
    const { world, key, watch, told, rows } = await aWorld();
    world.envFiles.files.set(envFile, 'API_KEY=mine\n');
    watch.start(world.journal.unfinished());
    expect(watch.astrayOf(key.id)).toBe(0);
    await soon();
    expect(watch.astrayOf(key.id)).toBe(1);
    expect(rows).toEqual([key.id]);
    expect(statesOf(told[0])).toEqual(['differs', 'in-step']);
    expect(told[0]?.targets[0]?.astray).toEqual(['API_KEY']);
  });

  it('two variables of one file that are astray are one file', async () => {
    const { world, key, watch } = await aWorld();
    world.envFiles.files.set(envFile, `API_KEY=${world.stored(key.id)}\nALIAS=${world.stored(key.id)}\n`);
    await followTarget(world.ports, world.works, key.id, { file: envFile, variables: { API_KEY: 'ALIAS' } });
    world.envFiles.files.set(envFile, 'API_KEY=mine\nALIAS=mine\n');
    watch.start(world.journal.unfinished());
    await soon();
    expect(watch.astrayOf(key.id)).toBe(1);
    world.envFiles.files.delete(otherEnvFile);
    watch.filesChanged([otherEnvFile]);
    await soon();
    expect(watch.astrayOf(key.id)).toBe(2);
  });

  it('nothing is read or watched before it is begun', async () => {
    const { reads, files } = await aWorld();
    await soon();
    expect(reads).toEqual([]);
    expect(files.watched()).toBeNull();
  });

  it('no secret is read from the keychain', async () => {
    const { world, watch, key } = await aWorld();
    world.secretStore.failWith(failure('keychain-locked'));
    world.envFiles.files.delete(envFile);
    watch.start(world.journal.unfinished());
    await soon();
    expect(watch.astrayOf(key.id)).toBe(1);
  });
});

describe('when somebody changes a file', () => {
  it('its keys are told with how all of their targets stand, and only they', async () => {
    const { world, key, told, rows, watch, edit, reads } = await begun();
    await world.issue({ name: 'maps', targets: [into('/projects/maps/.env')] });
    await soon();
    told.length = 0;
    reads.length = 0;
    edit(envFile, 'OTHER=1\n');
    await soon();
    expect(told.map(({ id }) => id)).toEqual([key.id]);
    expect(statesOf(told[0])).toEqual(['missing', 'in-step']);
    expect(reads).toEqual([envFile]);
    expect(watch.astrayOf(key.id)).toBe(1);
    edit(otherEnvFile, null);
    await soon();
    expect(statesOf(told[1])).toEqual(['missing', 'missing: file-gone']);
    expect(watch.astrayOf(key.id)).toBe(2);
    edit(envFile, `API_KEY=${world.stored(key.id)}\n`);
    await soon();
    expect(watch.astrayOf(key.id)).toBe(1);
    expect(rows).toEqual([key.id, key.id, key.id]);
  });

  it('nobody is told where every target stands as before', async () => {
    const { world, told, rows, edit } = await begun();
    edit(envFile, `# a word\n${world.envFiles.files.get(envFile)}`);
    await soon();
    expect([told, rows]).toEqual([[], []]);
  });

  it('the list is told only where another number of targets is astray', async () => {
    const { told, rows, edit } = await begun();
    edit(envFile, 'API_KEY=mine\n');
    await soon();
    edit(envFile, 'OTHER=1\n');
    await soon();
    expect(told).toHaveLength(2);
    expect(rows).toHaveLength(1);
  });

  it('a file that cannot be read is told as that', async () => {
    const { world, key, told, watch, edit } = await begun();
    world.fails('envFiles.read', failure('file-unreadable', { file: envFile, reason: 'EACCES' }));
    edit(envFile, 'x');
    await soon();
    expect(statesOf(told[0])).toEqual(['unreadable: file-unreadable', 'in-step']);
    expect(watch.astrayOf(key.id)).toBe(1);
  });

  it('a change while its file is being read is not missed', async () => {
    const { world, key, watch, edit } = await begun();
    world.delays('envFiles.read', async () => {
      queueMicrotask(() => edit(envFile, `API_KEY=${world.stored(key.id)}\n`));
    });
    edit(envFile, 'API_KEY=mine\n');
    await soon();
    expect(watch.astrayOf(key.id)).toBe(0);
  });
});

describe('when keys change', () => {
  it('a target that is added is watched, and one that is gone is not', async () => {
    const { world, key, files, watch, edit } = await begun();
    await addTarget(world.ports, world.works, key.id, into('/projects/new/.env'));
    await soon();
    expect(files.watched()).toContain('/projects/new/.env');
    edit('/projects/new/.env', null);
    await soon();
    expect(watch.astrayOf(key.id)).toBe(1);
    await world.records.keys.put({ ...world.key(key.id), targets: key.targets });
    expect(watch.astrayOf(key.id)).toBe(0);
    await soon();
    expect(files.watched()).not.toContain('/projects/new/.env');
  });

  it('a rotation never shows as astray: the new key counts from when it has taken over', async () => {
    const { world, key, told, rows, watch } = await begun();
    world.delays('provider.check', soon);
    const work = workOf(await world.rotate(key, '24-hours'));
    await soon();
    expect(rows).toEqual([]);
    expect(told.flatMap(({ targets }) => targets).filter(({ state }) => state !== 'in-step')).toEqual([]);
    expect(watch.astrayOf(work.newKey?.id ?? key.id)).toBe(0);
    world.envFiles.files.set(envFile, 'API_KEY=mine\n');
    watch.filesChanged([envFile]);
    await soon();
    expect(rows).toEqual([work.newKey?.id]);
  });

  it('a key that is issued never shows as astray while its files are being written', async () => {
    const { world, told, rows, watch } = await begun();
    world.delays('envFiles.write', soon);
    const work = workOf(await world.issue({ name: 'maps', targets: [into('/projects/maps/.env')] }));
    await soon();
    expect(rows).toEqual([]);
    expect(told.map((one) => statesOf(one))).toEqual([['in-step']]);
    expect(watch.astrayOf(work.keyId)).toBe(0);
  });

  it('a file that a stopped issue could not write shows as astray', async () => {
    const { world, rows, watch } = await begun();
    world.fails('envFiles.write', failure('file-unwritable', { file: envFile, reason: 'read-only' }));
    const work = workOf(await world.issue({ name: 'maps', targets: [into('/projects/maps/.env')] }));
    await soon();
    expect([rows, watch.astrayOf(work.keyId)]).toEqual([[work.keyId], 1]);
  });

  it('a revoked key has no targets astray, and its files are let go', async () => {
    const { world, key, files, watch, edit } = await begun();
    edit(envFile, null);
    await soon();
    expect(watch.astrayOf(key.id)).toBe(1);
    await world.revoke(key);
    await soon();
    expect(watch.astrayOf(key.id)).toBe(0);
    expect(files.watched()).toEqual([]);
  });

  it('a file of many keys is read once, however many of them change', async () => {
    const { world, key, reads } = await begun();
    for (const name of ['maps', 'sms']) await world.issue({ name, targets: [into(envFile, `${name}_KEY`)] });
    await soon();
    reads.length = 0;
    for (const one of world.records.keys.all()) await world.records.keys.put(one);
    await soon();
    expect(reads.filter((file) => file === envFile)).toHaveLength(1);
    expect(world.key(key.id)).toEqual(key);
  });
});

it('what somebody has just looked at counts at once', async () => {
  const { key, watch, rows, told } = await begun();
  const targetId = key.targets[0]?.id;
  if (targetId === undefined) throw new Error('No target');
  watch.seen(key.id, [{ targetId, state: 'differs', detail: '', astray: ['API_KEY'] }]);
  expect(watch.astrayOf(key.id)).toBe(1);
  expect([rows, told.map(({ id }) => id)]).toEqual([[key.id], [key.id]]);
});

it('when the vault is locked, nothing is read, told or watched any more', async () => {
  const { world, key, files, told, rows, reads, watch, faults } = await begun();
  reads.length = 0;
  world.envFiles.files.delete(envFile);
  files.change(envFile);
  await watch.stop();
  await soon();
  await world.records.keys.put({ ...key, name: 'other' });
  await soon();
  expect([reads, told, rows, files.watched(), watch.astrayOf(key.id), faults]).toEqual([
    [],
    [],
    [],
    null,
    0,
    [],
  ]);
});

it('our own writes are heard of without the file system', async () => {
  const { world } = await aWorld();
  const heard: string[] = [];
  const telling = tellingEnvFiles(world.envFiles, (file) => heard.push(file));
  await telling.remove(envFile, ['API_KEY']);
  await telling.rename(otherEnvFile, 'MAIL_KEY', 'OTHER');
  await telling.read(envFile, [], 'any');
  expect(heard).toEqual([envFile, otherEnvFile]);
});
