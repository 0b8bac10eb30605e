import { describe, expect, it } from 'vitest';
import { followTarget } from '../../../main/keys/follow-target.ts';
import { planKeys } from '../../../main/keys/plan-keys.ts';
import { setPolicy } from '../../../main/keys/set-policy.ts';
import { snoozeKeys } from '../../../main/keys/snooze-keys.ts';
import { addTarget, writeTargetAgain } from '../../../main/keys/targets.ts';
import { unlinkTarget } from '../../../main/keys/unlink-target.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { fail } from '../../../shared/result.ts';
import { createKeyWorld, envFile, into, otherEnvFile } from '../../support/key-world.ts';

/** A vault with so many keys, and what is noted from here on. */
async function aWorld(count = 1) {
  const world = createKeyWorld();
  const ids = [];
  for (let index = 0; index < count; index += 1) {
    const issued = await world.issue({ name: `key ${index}`, targets: index === 0 ? [into(envFile)] : [] });
    if (issued === 'power cut' || !issued.ok) throw new Error('Not issued');
    ids.push(issued.value.keyId);
  }
  const [id] = ids;
  if (id === undefined) throw new Error('No key');
  const before = world.activity.entries.length;
  const noted = () =>
    world.activity.entries.slice(before).map(({ at: _, connectionId: __, ...entry }) => entry);
  return { world, ids, id, noted };
}

const about = (id: string) => ({ keyId: id, subject: 'key 0' });
const ofMany = (keys: number) => ({ keyId: null, subject: '', keys });

describe('the record of what happened says', () => {
  it('which files a new key is written to and followed in', async () => {
    const { world } = await aWorld();
    expect(world.activity.entries.map(({ event, detail }) => `${event} ${detail}`)).toEqual([
      'key-issued ',
      `target-followed ${envFile}`,
      `target-writing ${envFile}`,
      `target-written ${envFile}`,
    ]);
  });

  it('that a file is followed, once, and no longer', async () => {
    const { world, id, noted } = await aWorld();
    await addTarget(world.ports, world.works, id, into(otherEnvFile));
    await addTarget(world.ports, world.works, id, into(otherEnvFile, 'RENAMED'));
    const target = world.key(id).targets.find(({ file }) => file === otherEnvFile);
    if (target === undefined) throw new Error('Not followed');
    await unlinkTarget(world.ports, world.works, id, { targetId: target.id, removeLines: false });
    await followTarget(world.ports, world.works, id, {
      file: otherEnvFile,
      variables: { API_KEY: 'RENAMED' },
    });
    const detail = otherEnvFile;
    expect(noted().filter(({ event }) => !/^target-writ/.test(event))).toEqual([
      { event: 'target-followed', ...about(id), detail },
      { event: 'target-unlinked', ...about(id), detail },
      { event: 'target-followed', ...about(id), detail },
    ]);
  });

  it('nothing of a file that could not be written, and is not followed', async () => {
    const { world, id, noted } = await aWorld();
    world.fails('envFiles.write', failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' }));
    await addTarget(world.ports, world.works, id, into(otherEnvFile));
    expect(noted().map(({ event }) => event)).not.toContain('target-followed');
  });

  it('that a file was about to be written, and whether it was', async () => {
    const { world, id, noted } = await aWorld();
    const targetId = world.key(id).targets[0]?.id ?? world.ports.ids.target();
    const writeAgain = () => writeTargetAgain(world.ports, world.works, id, { targetId, confirmName: '' });
    world.fails('envFiles.write', failure('file-changed', { file: envFile }));
    await writeAgain();
    await writeAgain();
    expect(noted().map(({ event, detail }) => `${event} ${detail}`)).toEqual([
      `target-writing ${envFile}`,
      `target-not-written file-changed ${envFile}`,
      `target-writing ${envFile}`,
      `target-written ${envFile}`,
    ]);
  });

  it('nothing of files that a rotation only carries on', async () => {
    const { world, id, noted } = await aWorld();
    await world.rotate(world.key(id));
    expect(noted().map(({ event }) => event)).not.toContain('target-followed');
  });

  it('that the period of many keys was changed, in one line, and why is left to the keys', async () => {
    const { world, ids, id, noted } = await aWorld(3);
    await setPolicy(world.ports, ids, { everyDays: 30 });
    await setPolicy(world.ports, [id], { everyDays: null, because: 'Printed on paper' });
    await setPolicy(world.ports, ids, {});
    expect(noted()).toEqual([
      { event: 'period-changed', ...ofMany(3), detail: '30' },
      { event: 'period-changed', ...about(id), detail: 'never' },
      { event: 'period-changed', ...ofMany(3), detail: 'usual' },
    ]);
  });

  it('for which days keys were planned, and that they were put back', async () => {
    const { world, ids, id, noted } = await aWorld(3);
    const days = ['2026-02-08', '2026-02-01', '2026-02-03'];
    await planKeys(
      world.ports,
      ids.map((each, index) => ({ id: each, day: days[index] ?? null })),
    );
    await planKeys(world.ports, [{ id, day: '2026-03-01' }]);
    await planKeys(
      world.ports,
      ids.map((each) => ({ id: each, day: each === id ? '2026-03-02' : null })),
    );
    expect(noted()).toEqual([
      { event: 'key-planned', ...ofMany(3), detail: '2026-02-01/2026-02-08' },
      { event: 'key-planned', ...about(id), detail: '2026-03-01' },
      { event: 'key-planned', ...about(id), detail: '2026-03-02' },
      { event: 'plan-taken-back', ...ofMany(2), detail: '' },
    ]);
  });

  it('until when keys were snoozed, and that a snooze was ended', async () => {
    const { world, ids, id, noted } = await aWorld(2);
    await snoozeKeys(world.ports, ids, '2026-02-01');
    await snoozeKeys(world.ports, [id], null);
    expect(noted()).toEqual([
      { event: 'key-snoozed', ...ofMany(2), detail: '2026-02-01' },
      { event: 'snooze-ended', ...about(id), detail: '' },
    ]);
  });

  it('nothing where nothing was changed, or could not be', async () => {
    const { world, ids, id, noted } = await aWorld(2);
    const { policy } = world.key(id);
    await setPolicy(world.ports, ids, { ...policy });
    await planKeys(world.ports, [{ id, day: null }]);
    await snoozeKeys(world.ports, ids, null);
    world.fails('keys.putAll', failure('storage-failed', { file: 'keys.json', reason: 'ENOSPC' }));
    await snoozeKeys(world.ports, ids, '2026-02-01');
    expect(noted()).toEqual([]);
  });
});

it('who changes keys is told where that could not be noted', async () => {
  const { world, id } = await aWorld();
  const diskFull = failure('storage-failed', { file: 'activity', reason: 'ENOSPC' });
  world.fails('activity.add', diskFull);
  expect(await snoozeKeys(world.ports, [id], '2026-02-01')).toEqual(fail(diskFull));
});
