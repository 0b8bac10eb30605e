import { describe, expect, it } from 'vitest';
import { targetStandings } from '../../../main/keys/target-standing.ts';
import { addTarget, writeTargetAgain } from '../../../main/keys/targets.ts';
import { unlinkTarget } from '../../../main/keys/unlink-target.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createKeyWorld, envFile, finished, into, otherEnvFile, workOf } from '../../support/key-world.ts';

const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });

async function aWorld() {
  const world = createKeyWorld();
  const key = await world.aKey([into(envFile)]);
  const add = (file: string, variable?: string) =>
    addTarget(world.ports, world.works, key.id, into(file, variable));
  const standing = async () => {
    const standings = await targetStandings(world.ports, key.id);
    if (!standings.ok) throw new Error(standings.error.code);
    return standings.value.map(({ state, detail }) => (detail === '' ? state : `${state}: ${detail}`));
  };
  return { world, key, add, standing };
}

describe('how a target stands', () => {
  it('is in step when the file has the value', async () => {
    const { standing } = await aWorld();
    expect(await standing()).toEqual(['in-step']);
  });

  it('differs when the file has another value', async () => {
    const { world, standing } = await aWorld();
    world.envFiles.files.set(envFile, "API_KEY='something else'\n");
    expect(await standing()).toEqual(['differs']);
  });

  it('is missing when the variable, the file or its folder is gone', async () => {
    const { world, standing } = await aWorld();
    world.envFiles.files.set(envFile, 'OTHER=1\n');
    expect(await standing()).toEqual(['missing']);
    world.fails('envFiles.read', failure('file-gone', { file: envFile }));
    expect(await standing()).toEqual(['missing: file-gone']);
    world.fails('envFiles.read', failure('folder-gone', { file: envFile }));
    expect(await standing()).toEqual(['missing: folder-gone']);
  });

  it('is unreadable, and not missing, when the file cannot be read', async () => {
    const { world, standing } = await aWorld();
    world.fails('envFiles.read', failure('file-unreadable', { file: envFile, reason: 'EACCES' }));
    expect(await standing()).toEqual(['unreadable: file-unreadable']);
  });

  it('is found out without reading any secret from the keychain', async () => {
    const { world, standing } = await aWorld();
    world.secretStore.failWith(failure('keychain-locked'));
    expect(await standing()).toEqual(['in-step']);
  });
});

describe('adding a target', () => {
  it('writes the value and remembers the file', async () => {
    const { world, key, add, standing } = await aWorld();
    expect((await add(otherEnvFile, 'MAIL_KEY')).ok).toBe(true);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(key.id));
    expect(await standing()).toEqual(['in-step', 'in-step']);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'target-written', detail: otherEnvFile });
  });

  it('gives a file that is a target already the new name, and keeps it one target', async () => {
    const { world, key, add } = await aWorld();
    await add(envFile, 'RENAMED');
    expect(world.variable(envFile, 'RENAMED')).toBe(world.stored(key.id));
    expect(world.key(key.id).targets).toEqual([{ ...key.targets[0], variables: { API_KEY: 'RENAMED' } }]);
  });

  it('keeps both of two that are added at the same time', async () => {
    const { world, key, add } = await aWorld();
    await Promise.all([add('/a/.env'), add('/b/.env')]);
    expect(
      world
        .key(key.id)
        .targets.map((target) => target.file)
        .sort(),
    ).toEqual(['/a/.env', '/b/.env', envFile]);
  });

  it('remembers nothing and writes nothing when the file could not be written', async () => {
    const { world, key, add } = await aWorld();
    world.fails('envFiles.preflight', unwritable);
    expect(await add(otherEnvFile)).toEqual({ ok: false, error: unwritable });
    expect(world.key(key.id)).toEqual(key);
    expect(world.envFiles.files.has(otherEnvFile)).toBe(false);
  });

  it('is not remembered when the file turns out not to be writable', async () => {
    const { world, key, add } = await aWorld();
    for (const effect of ['envFiles.write', 'activity.add', 'secrets.get'] as const) {
      const trouble =
        effect === 'secrets.get'
          ? failure('keychain-locked')
          : failure('storage-failed', { file: 'x', reason: 'y' });
      world.fails(effect, trouble);
      expect(await add(otherEnvFile)).toEqual({ ok: false, error: trouble });
      expect(world.key(key.id)).toEqual(key);
    }
  });

  it('keeps the old name of a file that turns out not to be writable', async () => {
    const { world, key, add } = await aWorld();
    world.fails('envFiles.write', unwritable);
    await add(envFile, 'RENAMED');
    expect(world.key(key.id).targets).toEqual(key.targets);
  });

  it('is remembered before the value is in the file', async () => {
    const { world, key, add } = await aWorld();
    world.delays('envFiles.write', async () => world.power.cutNow());
    await Promise.race([add(otherEnvFile), world.power.gone]);
    expect(world.key(key.id).targets.map((target) => target.file)).toContain(otherEnvFile);
  });

  it('writes no value that is not in the activity', async () => {
    const { world, add } = await aWorld();
    world.fails('activity.add', failure('storage-failed', { file: 'activity', reason: 'full' }));
    await add(otherEnvFile);
    expect(world.envFiles.files.has(otherEnvFile)).toBe(false);
  });

  it('is refused for a key that is revoked, replaced or being rotated', async () => {
    const { world, key, add } = await aWorld();
    world.server.failNextChecks(1);
    const work = workOf(await world.rotate(key));
    expect(await add(otherEnvFile)).toEqual({ ok: false, error: failure('work-running') });
    finished(await world.goOn(work));
    expect(await add(otherEnvFile)).toMatchObject({ error: { code: 'key-not-active' } });
    expect(world.envFiles.files.has(otherEnvFile)).toBe(false);
  });

  it('is possible for the new key while the old one is in its grace', async () => {
    const { world, key } = await aWorld();
    const work = workOf(await world.rotate(key, '30-days'));
    const newKey = world.key(work.newKey?.id ?? key.id);
    expect((await addTarget(world.ports, world.works, newKey.id, into(otherEnvFile))).ok).toBe(true);
    expect(world.variable(otherEnvFile, 'API_KEY')).toBe(world.stored(newKey.id));
  });
});

describe('writing a target again', () => {
  it('puts the value back', async () => {
    const { world, key, standing } = await aWorld();
    world.envFiles.files.set(envFile, "API_KEY='something else'\n");
    const [target] = key.targets;
    if (target === undefined) throw new Error('No target');
    expect(
      (await writeTargetAgain(world.ports, world.works, key.id, { targetId: target.id, confirmName: '' })).ok,
    ).toBe(true);
    expect(await standing()).toEqual(['in-step']);
  });
});

describe('unlinking a target', () => {
  it('forgets it and leaves the file as it is', async () => {
    const { world, key } = await aWorld();
    const text = world.envFiles.files.get(envFile);
    const [target] = key.targets;
    if (target === undefined) throw new Error('No target');
    expect(
      await unlinkTarget(world.ports, world.works, key.id, { targetId: target.id, removeLines: false }),
    ).toMatchObject({ ok: true });
    expect(world.key(key.id).targets).toEqual([]);
    expect(world.envFiles.files.get(envFile)).toBe(text);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'target-unlinked', detail: envFile });
  });

  it('lets an issue end that was stopped by that target, and does not write it', async () => {
    const world = createKeyWorld();
    world.fails('envFiles.write', unwritable);
    const work = workOf(await world.issue({ targets: [into(otherEnvFile), into(envFile)] }));
    const [target] = world.key(work.keyId).targets;
    if (target === undefined) throw new Error('No target');
    await unlinkTarget(world.ports, world.works, work.keyId, { targetId: target.id, removeLines: false });
    finished(await world.goOn(work));
    expect(world.envFiles.files.has(otherEnvFile)).toBe(false);
    expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(work.keyId));
  });
});
