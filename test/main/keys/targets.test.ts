import { describe, expect, it } from 'vitest';
import { targetStandings } from '../../../main/keys/target-standing.ts';
import { addTarget, writeTargetAgain } from '../../../main/keys/targets.ts';
import { unlinkTarget } from '../../../main/keys/unlink-target.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ParsedNewTarget } from '../../../shared/ipc/keys.contract.ts';
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

  it('is told as the reader has it that the target names', async () => {
    const { world, key, standing } = await aWorld();
    const [field] = key.fields;
    if (field === undefined) throw new Error('The key has no field');
    const fingerprint = world.ports.fingerprint(new Secret('pa$word'));
    await world.records.keys.put({
      ...world.key(key.id),
      fields: [{ ...field, fingerprint }],
      targets: key.targets.map((target) => ({ ...target, dialect: 'vite' as const })),
    });
    world.envFiles.files.set(envFile, 'API_KEY="pa\\$word"\n');
    expect(await standing()).toEqual(['in-step']);
    await world.records.keys.put({ ...world.key(key.id), targets: [...key.targets] });
    expect(await standing()).toEqual(['differs']);
  });

  it('is misread when the file keeps the reader from it that the target names, and nobody else', async () => {
    const { world, key, standing } = await aWorld();
    const value = world.stored(key.id);
    const readBy = (dialect: 'shell' | 'node' | 'any') =>
      world.records.keys.put({
        ...world.key(key.id),
        targets: key.targets.map((target) => ({ ...target, dialect })),
      });
    await readBy('shell');
    world.envFiles.files.set(envFile, `API_KEY=${value}\r\n`);
    expect(await standing()).toEqual(['misread: crlf']);
    world.envFiles.files.set(envFile, 'API_KEY=another\r\n');
    expect(await standing()).toEqual(['differs']);
    world.envFiles.files.set(envFile, `API_KEY=${value}\nOTHER=1\r\n`);
    expect(await standing()).toEqual(['in-step']);
    for (const dialect of ['node', 'any'] as const) {
      await readBy(dialect);
      world.envFiles.files.set(envFile, `API_KEY=${value}\r\n`);
      expect(await standing()).toEqual(['in-step']);
    }
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
    expect(world.activity.entries.slice(-2)).toMatchObject([
      { event: 'target-written', detail: otherEnvFile },
      { event: 'target-followed', detail: otherEnvFile },
    ]);
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

  it('is written although what came of it cannot be noted', async () => {
    const { world, add } = await aWorld();
    const full = failure('storage-failed', { file: 'activity', reason: 'full' });
    world.failsWhen('activity.add', full, () => world.events().at(-1) === 'target-writing');
    expect((await add(otherEnvFile)).ok).toBe(true);
    expect(world.events().slice(-2)).toEqual(['target-writing', 'target-followed']);
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

describe('giving a target another name', () => {
  it('renames the line that holds the key, so that the key stands in the file once', async () => {
    const { world, key, add } = await aWorld();
    world.envFiles.files.set(envFile, `# mail\n${world.envFiles.files.get(envFile)}OTHER=1\n`);
    expect(await add(envFile, 'RENAMED')).toMatchObject({
      ok: true,
      value: { left: [], renamed: [{ from: 'API_KEY', to: 'RENAMED' }] },
    });
    const text = world.envFiles.files.get(envFile) ?? '';
    expect(text.split(world.stored(key.id) ?? '')).toHaveLength(2);
    expect(text).toMatch(/^# mail\nRENAMED=.*\nOTHER=1\n$/);
  });

  it('leaves a line that somebody has given another value, and says so', async () => {
    const { world, key, add } = await aWorld();
    world.envFiles.files.set(envFile, 'API_KEY=mine\n');
    expect(await add(envFile, 'RENAMED')).toMatchObject({ ok: true, value: { left: ['API_KEY'] } });
    expect(world.variable(envFile, 'API_KEY')).toBe('mine');
    expect(world.variable(envFile, 'RENAMED')).toBe(world.stored(key.id));
  });

  it('takes the old line out where the new name stands in the file already', async () => {
    const { world, key, add } = await aWorld();
    world.envFiles.files.set(envFile, `RENAMED=placeholder\n${world.envFiles.files.get(envFile)}`);
    expect(await add(envFile, 'RENAMED')).toMatchObject({
      ok: true,
      value: { left: [], removed: ['API_KEY'] },
    });
    expect(world.variable(envFile, 'RENAMED')).toBe(world.stored(key.id));
    expect(world.variable(envFile, 'API_KEY')).toBeUndefined();
  });

  it('says that the old line stays where it cannot be taken out', async () => {
    const { world, add } = await aWorld();
    world.envFiles.files.set(envFile, `RENAMED=placeholder\n${world.envFiles.files.get(envFile)}`);
    world.fails('envFiles.remove', failure('file-changed', { file: envFile }));
    expect(await add(envFile, 'RENAMED')).toMatchObject({ ok: true, value: { left: ['API_KEY'] } });
  });

  it('leaves file and target as they were when the value cannot be written', async () => {
    const { world, key, add } = await aWorld();
    const text = world.envFiles.files.get(envFile);
    for (const effect of ['envFiles.rename', 'envFiles.write'] as const) {
      world.fails(effect, unwritable);
      expect(await add(envFile, 'RENAMED')).toEqual({ ok: false, error: unwritable });
      expect(world.envFiles.files.get(envFile)).toBe(text);
      expect(world.key(key.id).targets).toEqual(key.targets);
    }
  });
});

describe('a variable that another key has', () => {
  /** Another key of the same file, under another variable. */
  const twoKeys = async () => {
    const { world, key, standing } = await aWorld();
    const otherKey = world.key(finished(await world.issue({ name: 'shop live' })).keyId);
    const add = (variable: string, more: Partial<ParsedNewTarget> = {}) =>
      addTarget(world.ports, world.works, otherKey.id, { ...into(envFile, variable), ...more });
    return { world, key, otherKey, add, standing };
  };
  const held = (keyId: KeyId, file = envFile) => ({
    ok: false,
    error: { code: 'variable-held', file, variable: 'API_KEY', keyId, name: 'mail' },
  });

  it('is not written over, and its key is named', async () => {
    const { world, key, otherKey, add, standing } = await twoKeys();
    expect(await add('API_KEY')).toEqual(held(key.id));
    expect(await standing()).toEqual(['in-step']);
    expect(world.key(otherKey.id).targets).toEqual([]);
  });

  it('is written over where the user has said so of that very key', async () => {
    const { world, key, otherKey, add } = await twoKeys();
    expect(await add('API_KEY', { mayReplace: [otherKey.id] })).toEqual(held(key.id));
    expect(await add('API_KEY', { mayReplace: [key.id] })).toMatchObject({ ok: true });
    expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(otherKey.id));
    const holding = [{ variable: 'API_KEY', name: 'shop live' }];
    expect(await targetStandings(world.ports, key.id)).toMatchObject({
      value: [{ state: 'differs', astray: ['API_KEY'], holding }],
    });
  });

  it('is not written over either where it holds something else just now, or is not there yet', async () => {
    const { world, key, add } = await twoKeys();
    world.envFiles.files.set(envFile, 'API_KEY=changed by hand\n');
    expect(await add('API_KEY')).toEqual(held(key.id));
    world.envFiles.files.delete(envFile);
    expect(await add('API_KEY')).toEqual(held(key.id));
  });

  it('is known by its value where the other key is written to the file by another path', async () => {
    const { world, key, otherKey } = await twoKeys();
    const byLink = '/linked/shop/.env';
    world.envFiles.files.set(byLink, world.envFiles.files.get(envFile) ?? '');
    expect(await addTarget(world.ports, world.works, otherKey.id, into(byLink))).toEqual(
      held(key.id, byLink),
    );
  });

  it('is free again when its key is revoked', async () => {
    const { world, key, add } = await twoKeys();
    finished(await world.revoke(key));
    expect(await add('API_KEY')).toMatchObject({ ok: true });
  });

  it('keeps a new key from being asked for, and a key from being taken in', async () => {
    const { world, key } = await twoKeys();
    const made = world.server.requests.length;
    const targets = [into(otherEnvFile), into(envFile)];
    expect(await world.issue({ name: 'third', targets })).toEqual(held(key.id));
    expect(await world.takeIn('sk_other_value', { name: 'fourth', targets })).toEqual(held(key.id));
    expect(world.server.requests).toHaveLength(made);
    expect(world.envFiles.files.has(otherEnvFile)).toBe(false);
  });
});

describe('one place by two paths', () => {
  it('is refused for a new key before its provider is asked', async () => {
    const { world } = await aWorld();
    world.envFiles.links.set('/linked/.env', otherEnvFile);
    const made = world.server.requests.length;
    for (const second of [otherEnvFile, '/projects/shop/../mail/.env', '"/linked/.env"']) {
      const targets = [into(otherEnvFile), into(second)];
      expect(await world.issue({ name: 'third', targets })).toMatchObject({
        ok: false,
        error: { code: 'target-repeated', variable: 'API_KEY' },
      });
    }
    expect(world.server.requests).toHaveLength(made);
  });

  it('is two places where the variables are others', async () => {
    const { world } = await aWorld();
    const targets = [into(otherEnvFile), into(otherEnvFile, 'MAIL_KEY')];
    finished(await world.issue({ name: 'third', targets }));
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.variable(otherEnvFile, 'API_KEY'));
  });

  it('stays one target of the key, under the path that it has', async () => {
    const { world, key, add } = await aWorld();
    world.envFiles.links.set('/linked/.env', envFile);
    expect(await add('/linked/.env', 'RENAMED')).toMatchObject({ ok: true });
    expect(world.key(key.id).targets).toEqual([{ ...key.targets[0], variables: { API_KEY: 'RENAMED' } }]);
    expect(world.variable(envFile, 'RENAMED')).toBe(world.stored(key.id));
  });

  it('is written to by what was meant, with quotes and ~ as they are typed', async () => {
    const { world, key, add } = await aWorld();
    await add(` "~/shop/./.env" `);
    expect(world.key(key.id).targets.map(({ file }) => file)).toEqual([envFile, '/home/you/shop/.env']);
  });
});

describe('the project’s example', () => {
  const named = { ...into(otherEnvFile, 'MAIL_KEY'), keepsExample: true };
  const example = '/projects/mail/.env.example';

  it('gets the names and no value, where that is wanted', async () => {
    const { world, key, standing } = await aWorld();
    const added = await addTarget(world.ports, world.works, key.id, named);
    expect(added).toMatchObject({ ok: true, value: { exampleFailed: false } });
    expect(world.envFiles.files.get(example)).toContain('MAIL_KEY=');
    expect(world.envFiles.files.get(example)).not.toContain(world.stored(key.id));
    expect(await standing()).toEqual(['in-step', 'in-step']);
  });

  it('never keeps the key from its file: that it could not be written is told', async () => {
    const { world, key } = await aWorld();
    world.fails('envFiles.nameInExample', unwritable);
    const added = await addTarget(world.ports, world.works, key.id, named);
    expect(added).toMatchObject({ ok: true, value: { exampleFailed: true } });
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(key.id));
    world.fails('envFiles.nameInExample', unwritable);
    finished(await world.rotate(world.key(key.id)));
  });

  it('is left alone where nobody asked for it', async () => {
    const { world, add } = await aWorld();
    await add(otherEnvFile, 'MAIL_KEY');
    expect([...world.envFiles.files.keys()]).toEqual([envFile, otherEnvFile]);
  });
});

describe('unlinking a target', () => {
  const unlink = async (removeLines: boolean, change: (text: string) => string = (text) => text) => {
    const { world, key } = await aWorld();
    world.envFiles.files.set(envFile, change(world.envFiles.files.get(envFile) ?? ''));
    const [target] = key.targets;
    if (target === undefined) throw new Error('No target');
    const act = () => unlinkTarget(world.ports, world.works, key.id, { targetId: target.id, removeLines });
    return { world, key, act };
  };

  it('forgets it and leaves the file as it is', async () => {
    const { world, key, act } = await unlink(false);
    const text = world.envFiles.files.get(envFile);
    expect(await act()).toEqual({ ok: true, value: { left: [] } });
    expect(world.key(key.id).targets).toEqual([]);
    expect(world.envFiles.files.get(envFile)).toBe(text);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'target-unlinked', detail: envFile });
  });

  it('takes the key’s lines out of the file where that is wanted, and nothing else', async () => {
    const { world, key, act } = await unlink(true, (text) => `# mine\n${text}OTHER=1\n`);
    expect(await act()).toEqual({ ok: true, value: { left: [] } });
    expect(world.envFiles.files.get(envFile)).toBe('# mine\nOTHER=1\n');
    expect(world.key(key.id).targets).toEqual([]);
    expect(world.events().slice(-2)).toEqual(['target-lines-removed', 'target-unlinked']);
  });

  it('leaves a line that holds another value than the key’s, and names it', async () => {
    const { world, key, act } = await unlink(true, () => 'API_KEY=mine\n');
    expect(await act()).toEqual({ ok: true, value: { left: ['API_KEY'] } });
    expect(world.envFiles.files.get(envFile)).toBe('API_KEY=mine\n');
    expect(world.key(key.id).targets).toEqual([]);
    expect(world.events()).not.toContain('target-lines-removed');
  });

  it('has nothing to take out of a file that is gone', async () => {
    const { world, key, act } = await unlink(true);
    world.envFiles.files.delete(envFile);
    expect(await act()).toEqual({ ok: true, value: { left: [] } });
    expect(world.key(key.id).targets).toEqual([]);
  });

  it('keeps the target where its lines could not be read or taken out', async () => {
    for (const effect of ['envFiles.read', 'envFiles.remove'] as const) {
      const { world, key, act } = await unlink(true);
      world.fails(effect, unwritable);
      expect(await act()).toEqual({ ok: false, error: unwritable });
      expect(world.key(key.id).targets).toEqual(key.targets);
    }
  });

  it('can be done again when the power went in the middle', async () => {
    for (const nth of [1, 2, 3, 4, 5]) {
      const { world, key } = await unlink(true);
      const targetId = key.targets[0]?.id ?? world.ports.ids.target();
      world.power.cutAfter(nth);
      await Promise.race([
        unlinkTarget(world.ports, world.works, key.id, { targetId, removeLines: true }),
        world.power.gone,
      ]);
      world.restart();
      await unlinkTarget(world.ports, world.works, key.id, { targetId, removeLines: true });
      expect(world.key(key.id).targets).toEqual([]);
      expect(world.variable(envFile, 'API_KEY')).toBeUndefined();
    }
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
