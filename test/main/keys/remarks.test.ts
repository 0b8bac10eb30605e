import { describe, expect, it } from 'vitest';
import { workViewOf } from '../../../main/keys/key-views.ts';
import { obtained } from '../../../main/keys/obtained.ts';
import { takeValue } from '../../../main/keys/take-value.ts';
import { addTarget, writeTargetAgain } from '../../../main/keys/targets.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { type TargetRemark, type Work, workSchema } from '../../../shared/domain/work.ts';
import { createKeyWorld, envFile, finished, into, otherEnvFile, workOf } from '../../support/key-world.ts';

/** How a file has its line decides who reads it: these four take a variable behind `export` for another one. */
const exported = 'export API_KEY=before\n';
const differing = ['docker run --env-file', 'env-cmd', 'foreman', 'systemd'];
const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });

function aWorld(files: readonly string[] = [envFile]) {
  const world = createKeyWorld();
  for (const file of files) world.envFiles.files.set(file, exported);
  const view = (work: Work) => workViewOf(work, world.records, () => undefined);
  const now = (work: Work): Work => world.works.get(work.id) ?? work;
  const toldOf = (work: Work) => (view(now(work)).remarks ?? []).map(brief);

  return { world, view, now, toldOf };
}

const brief = ({ file, readDifferentlyBy, exampleFailed }: TargetRemark) => ({
  file,
  readDifferentlyBy,
  exampleFailed,
});
const differs = (file = envFile) => ({
  file,
  readDifferentlyBy: expect.arrayContaining(differing),
  exampleFailed: false,
});

describe('who reads a value differently than it was written is told', () => {
  it('of a key that is generated, and of the file that it is about', async () => {
    const { world, toldOf } = aWorld();
    const work = finished(await world.issue({ targets: [into(otherEnvFile), into(envFile)] }));
    expect(toldOf(work)).toEqual([differs()]);
  });

  it('of a key that is taken in, with the answer', async () => {
    const { world, toldOf } = aWorld();
    const value = world.server.makeByHand('By hand').secret;
    const work = finished(await world.takeIn(value, { targets: [into(envFile)] }));
    expect(toldOf(work)).toEqual([differs()]);
    expect(obtained(work)).toMatchObject({ ok: true, value: { remarks: [differs()] } });
  });

  it('of a rotation, in its grace and afterwards', async () => {
    const { world, toldOf } = aWorld();
    const key = await world.aKey([into(envFile)]);
    const work = workOf(await world.rotate(key, '1-hour'));
    expect(work.state.step).toBe('retiring');
    expect(toldOf(work)).toEqual([differs()]);
    world.clock.advance(3_600_000);
    await world.tick();
    expect(world.works.get(work.id)?.state.step).toBe('finished');
    expect(toldOf(work)).toEqual([differs()]);
  });

  it('of a rotation that goes on after the power went', async () => {
    const { world, toldOf } = aWorld();
    const key = await world.aKey([into(envFile)]);
    const work = workOf(await world.rotate(key, '1-hour'));
    world.restart();
    await world.resume();
    expect(toldOf(work)).toEqual([differs()]);
  });

  it('of an undoing: of the old value, and no more of the new one', async () => {
    const { world, toldOf } = aWorld([envFile, otherEnvFile]);
    const key = await world.aKey([into(envFile), into(otherEnvFile)]);
    const work = workOf(await world.rotate(key, '1-hour'));
    expect(toldOf(work)).toHaveLength(2);
    // Somebody has put the line in order since, and left the value.
    world.envFiles.files.set(envFile, (world.envFiles.files.get(envFile) ?? '').replace('export ', ''));
    const undone = workOf(await world.undo(work));
    expect(undone.state).toMatchObject({ step: 'finished', outcome: 'undone' });
    expect(toldOf(undone)).toEqual([differs(otherEnvFile)]);
  });

  it('of an undoing that was held up at a later file', async () => {
    const { world, toldOf } = aWorld();
    const key = await world.aKey([into(envFile), into(otherEnvFile)]);
    const work = workOf(await world.rotate(key, '1-hour'));
    let writes = 0;
    world.failsWhen('envFiles.write', unwritable, () => ++writes === 2);
    const stopped = workOf(await world.undo(work));
    expect(stopped.blocked).toEqual(unwritable);
    world.restart();
    const undone = workOf(await world.goOn(stopped));
    expect(undone.state).toMatchObject({ step: 'finished', outcome: 'undone' });
    expect(toldOf(undone)).toEqual([differs()]);
  });

  it('of a value that is taken from a file, at the other files', async () => {
    const { world, toldOf } = aWorld([otherEnvFile]);
    const key = await world.aKey([into(envFile), into(otherEnvFile)]);
    const [from] = key.targets;
    if (from === undefined) throw new Error('No target');
    const { secret } = world.server.makeByHand('By hand');
    world.envFiles.files.set(envFile, `API_KEY=${secret}\n`);
    const begun = await takeValue(world.ports, world.works, key.id, {
      targetId: from.id,
      grace: '1-hour',
      confirmName: '',
      anyForm: false,
      isSecret: () => true,
    });
    if (!begun.ok) throw new Error(begun.error.code);
    expect(toldOf(await begun.value.ended)).toEqual([differs(otherEnvFile)]);
  });
});

describe('that the example could not be written is told', () => {
  it('of a key that is generated or rotated into it, and the work is done all the same', async () => {
    const { world, toldOf } = aWorld([]);
    const targets = [{ ...into(otherEnvFile), keepsExample: true }];
    world.fails('envFiles.nameInExample', unwritable);
    const issued = finished(await world.issue({ targets }));
    const told = [{ file: otherEnvFile, readDifferentlyBy: [], exampleFailed: true }];
    expect(toldOf(issued)).toEqual(told);
    world.fails('envFiles.nameInExample', unwritable);
    expect(toldOf(finished(await world.rotate(world.key(issued.keyId))))).toEqual(told);
  });
});

describe('what is told of a file', () => {
  it('is nothing where everyone reads the value, and takes no room in the record', async () => {
    const { world, view } = aWorld([]);
    const work = finished(await world.issue({ targets: [into(envFile)] }));
    expect(view(work).remarks).toBeUndefined();
    expect(work.remarks ?? []).toEqual([]);
  });

  it('goes when the file is written so that everyone reads it, or is no target any more', async () => {
    const { world, toldOf } = aWorld([envFile, otherEnvFile]);
    const work = finished(await world.issue({ targets: [into(envFile), into(otherEnvFile)] }));
    const key = world.key(work.keyId);
    const [first] = key.targets;
    if (first === undefined) throw new Error('No target');
    world.envFiles.files.set(envFile, 'API_KEY=mended\n');
    await writeTargetAgain(world.ports, world.works, key.id, { targetId: first.id, confirmName: '' });
    expect(toldOf(work)).toEqual([differs(otherEnvFile)]);
    expect(world.announced.at(-1)?.remarks).toHaveLength(1);
    await addTarget(world.ports, world.works, key.id, { ...into(otherEnvFile), dialect: 'node' });
    expect(toldOf(work)).toEqual([]);
  });

  it('stays gone after a restart in the grace of the rotation that told it', async () => {
    const { world, toldOf } = aWorld();
    const key = await world.aKey([into(envFile)]);
    const work = workOf(await world.rotate(key, '1-hour'));
    const [target] = work.newKey?.targets ?? [];
    if (target === undefined || work.newKey === null) throw new Error('No target');
    world.envFiles.files.set(envFile, 'API_KEY=mended\n');
    await writeTargetAgain(world.ports, world.works, work.newKey.id, {
      targetId: target.id,
      confirmName: '',
    });
    world.restart();
    expect(toldOf(work)).toEqual([]);
  });

  it('was not remembered by earlier versions, whose work opens as it is', async () => {
    const { world, view } = aWorld();
    const work = finished(await world.issue({ targets: [into(envFile)] }));
    const { remarks: _, ...earlier } = JSON.parse(JSON.stringify(work));
    const opened = workSchema.parse(earlier);
    expect(opened.remarks).toBeUndefined();
    expect(view(opened).remarks).toBeUndefined();
  });
});
