import { describe, expect, it } from 'vitest';
import { followTarget } from '../../../main/keys/follow-target.ts';
import { rowOf } from '../../../main/keys/key-views.ts';
import { addTarget, writeTargetAgain } from '../../../main/keys/targets.ts';
import { unlinkTarget } from '../../../main/keys/unlink-target.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createKeyWorld, duesOf, envFile, into } from '../../support/key-world.ts';

/** A key that stands in one file as `API_KEY` and as `ALIAS`, and both are followed. */
async function aWorld() {
  const world = createKeyWorld();
  const { id } = await world.aKey([into(envFile)]);
  world.envFiles.files.set(envFile, `API_KEY=${world.stored(id)}\nALIAS=${world.stored(id)}\nOTHER=1\n`);
  await followTarget(world.ports, world.works, id, { file: envFile, variables: { API_KEY: 'ALIAS' } });
  const names = () => world.key(id).targets.map(({ variables }) => variables.API_KEY);
  const named = (name: string) => {
    const target = world.key(id).targets.find(({ variables }) => variables.API_KEY === name);
    if (target === undefined) throw new Error(`${name} is not followed`);
    return target;
  };
  const text = () => (world.envFiles.files.get(envFile) ?? '').replaceAll(world.stored(id) ?? '', 'value');
  return { world, id, names, named, text };
}

describe('two variables of a file that hold one key', () => {
  it('are unlinked one by one, with their own lines', async () => {
    const { world, id, names, named, text } = await aWorld();
    const wish = { targetId: named('API_KEY').id, removeLines: true };
    expect(await unlinkTarget(world.ports, world.works, id, wish)).toMatchObject({ value: { left: [] } });
    expect(names()).toEqual(['ALIAS']);
    expect(text()).toBe('ALIAS=value\nOTHER=1\n');
    expect(world.activity.entries.at(-1)?.detail).toBe(`${envFile} (API_KEY)`);
  });

  it('are written one by one, each under its own name', async () => {
    const { world, id, names, named, text } = await aWorld();
    await addTarget(world.ports, world.works, id, { ...into(envFile, 'ALIAS'), dialect: 'node' });
    expect(names().sort()).toEqual(['ALIAS', 'API_KEY']);
    expect([named('ALIAS').dialect, named('API_KEY').dialect]).toEqual(['node', 'any']);
    expect(text()).toBe('API_KEY=value\nALIAS=value\nOTHER=1\n');
  });

  it('are still two when the first gets another name', async () => {
    const { world, id, names, text } = await aWorld();
    await addTarget(world.ports, world.works, id, into(envFile, 'RENAMED'));
    expect(names().sort()).toEqual(['ALIAS', 'RENAMED']);
    expect(text()).toBe('RENAMED=value\nALIAS=value\nOTHER=1\n');
  });

  it('are followed as before when the file cannot be written', async () => {
    const { world, id, names, text } = await aWorld();
    world.fails('envFiles.write', failure('file-unwritable', { file: envFile, reason: 'read-only' }));
    await addTarget(world.ports, world.works, id, into(envFile, 'RENAMED'));
    expect(names()).toEqual(['API_KEY', 'ALIAS']);
    expect(text()).toBe('API_KEY=value\nALIAS=value\nOTHER=1\n');
  });

  it('may be in a file that Git tracks once the key’s name was typed for one of them', async () => {
    const { world, id, named } = await aWorld();
    const key = world.key(id);
    await world.records.keys.put({ ...key, environment: 'live' });
    world.git.states.set(envFile, 'tracked');
    const wish = { targetId: named('ALIAS').id, confirmName: '' };
    expect(await writeTargetAgain(world.ports, world.works, id, wish)).toMatchObject({
      error: { code: 'file-tracked' },
    });
    await writeTargetAgain(world.ports, world.works, id, { ...wish, confirmName: key.name });
    expect([named('ALIAS').mayBeTracked, named('API_KEY').mayBeTracked]).toEqual([true, true]);
  });

  it('count as one file in the list', async () => {
    const { world, id } = await aWorld();
    const around = {
      records: world.records,
      providerOf: () => undefined,
      astrayOf: () => 0,
      dues: duesOf(world),
    };
    expect(rowOf(world.key(id), around).targets).toBe(1);
  });
});
