import { describe, expect, it } from 'vitest';
import { adoptKey } from '../../../main/keys/adopt-key.ts';
import { followTarget } from '../../../main/keys/follow-target.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createKeyWorld, envFile, finished, into, otherEnvFile, workOf } from '../../support/key-world.ts';
import { expectWhole } from './power-cut-ends.ts';

const held = (file: string, variable = 'API_KEY') => ({ file, variables: { API_KEY: variable } });

/** A key that stands in two files, and of which the vault knows nothing. */
function aWorld() {
  const world = createKeyWorld();
  const { secret } = world.server.makeByHand('Old');
  world.envFiles.files.set(envFile, `# mine\nAPI_KEY=${secret}\n`);
  world.envFiles.files.set(otherEnvFile, `export MAIL_KEY="${secret}"\n`);
  const adopt = (more: { readonly issuedAt?: number } = {}) =>
    adoptKey(world.ports, world.works, {
      connectionId: world.connectionId,
      name: 'mail',
      key: { API_KEY: new Secret(secret) },
      providerKeyId: null,
      issuedAt: null,
      anyForm: false,
      policy: { everyDays: null },
      ...more,
      targets: [held(envFile), held(otherEnvFile, 'MAIL_KEY')],
    });
  return { world, secret, adopt };
}

describe('adopting a key that files have', () => {
  it('takes it in with its files, and writes to none of them', async () => {
    const { world, secret, adopt } = aWorld();
    const before = new Map(world.envFiles.files);
    const work = finished(await adopt());
    expectWhole(world);
    expect(world.stored(work.keyId)).toBe(secret);
    expect(world.key(work.keyId).targets.map(({ file }) => file)).toEqual([envFile, otherEnvFile]);
    expect(world.envFiles.files).toEqual(before);
    expect(world.events()).not.toContain('target-written');
  });

  it('follows every variable of a file that has it', async () => {
    const { world, secret } = aWorld();
    world.envFiles.files.set(envFile, `API_KEY=${secret}\nOLD_NAME=${secret}\n`);
    const work = finished(
      await adoptKey(world.ports, world.works, {
        connectionId: world.connectionId,
        name: 'mail',
        key: { API_KEY: new Secret(secret) },
        providerKeyId: null,
        issuedAt: null,
        anyForm: false,
        policy: {},
        targets: [held(envFile), held(envFile, 'OLD_NAME')],
      }),
    );
    const rotated = finished(await world.rotate(world.key(work.keyId)));
    const value = world.stored(rotated.newKey?.id ?? work.keyId);
    expect(world.envFiles.files.get(envFile)).toBe(`API_KEY=${value}\nOLD_NAME=${value}\n`);
  });

  it('takes the day that the provider lists, rather than what the file lets one guess', async () => {
    const { world, adopt } = aWorld();
    const listed = world.server.keys.find(({ label }) => label === 'Old');
    const work = finished(await adopt({ issuedAt: 5 }));
    expect(world.key(work.keyId).issuedAt).toBe(listed?.createdAt ?? 'unlisted');
  });

  it('needs neither leave to write nor a word on Git', async () => {
    const { world, adopt } = aWorld();
    world.envFiles.failNext('preflight', failure('file-unwritable', { file: envFile, reason: 'read-only' }));
    const connection = world.records.connections.get(world.connectionId);
    if (connection !== undefined) await world.records.connections.put({ ...connection, environment: 'live' });
    world.git.states.set(envFile, 'tracked');
    const work = finished(await adopt());
    expect(world.key(work.keyId).targets[0]?.mayBeTracked).toBe(false);
    // Whoever writes there from here on is told both.
    expect(await world.rotate(world.key(work.keyId))).toMatchObject({ error: { code: 'file-unwritable' } });
    expect(await world.rotate(world.key(work.keyId))).toMatchObject({ error: { code: 'file-tracked' } });
  });

  it('is refused where a file does not have it any more, and nothing is taken in', async () => {
    const { world, adopt } = aWorld();
    world.envFiles.files.set(otherEnvFile, 'MAIL_KEY=newer\n');
    expect(await adopt()).toEqual({ ok: false, error: failure('file-changed', { file: otherEnvFile }) });
    expect(world.records.keys.all()).toEqual([]);
    expect(world.server.requests).toEqual([]);
  });

  it('goes on after a crash without writing, whatever the file has by then', async () => {
    const { world, secret, adopt } = aWorld();
    world.fails('keys.put', failure('storage-failed', { file: 'keys', reason: 'full' }));
    const stopped = workOf(await adopt());
    world.envFiles.files.set(otherEnvFile, 'MAIL_KEY=newer\n');
    world.restart();
    await world.resume();
    expect(world.works.get(stopped.id)?.state).toMatchObject({ outcome: 'done' });
    expect(world.stored(stopped.keyId)).toBe(secret);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe('newer');
  });
});

describe('following a file that has a key', () => {
  async function withKey() {
    const world = createKeyWorld();
    const key = await world.aKey([into(envFile)]);
    world.envFiles.files.set(otherEnvFile, `MAIL_KEY=${world.stored(key.id)}\n`);
    const follow = (file = otherEnvFile, variable = 'MAIL_KEY') =>
      followTarget(world.ports, world.works, key.id, held(file, variable));
    return { world, key, follow };
  }

  it('makes it a target and leaves it as it is', async () => {
    const { world, key, follow } = await withKey();
    const before = new Map(world.envFiles.files);
    expect(await follow()).toMatchObject({ ok: true });
    expect(world.key(key.id).targets.map(({ file }) => file)).toEqual([envFile, otherEnvFile]);
    expect(world.envFiles.files).toEqual(before);
    finished(await world.rotate(world.key(key.id)));
    expectWhole(world);
  });

  it('is refused where the file has another value by now', async () => {
    const { world, key, follow } = await withKey();
    world.envFiles.files.set(otherEnvFile, 'MAIL_KEY=newer\n');
    expect(await follow()).toEqual({ ok: false, error: failure('file-changed', { file: otherEnvFile }) });
    world.envFiles.files.delete(otherEnvFile);
    expect(await follow()).toMatchObject({ error: { code: 'file-gone' } });
    expect(world.key(key.id)).toEqual(key);
  });

  it('leaves a variable that is followed already as it is known', async () => {
    const { world, key, follow } = await withKey();
    expect(await follow(envFile, 'API_KEY')).toMatchObject({ ok: true });
    expect(world.key(key.id).targets).toEqual(key.targets);
    expect(world.events().filter((event) => event === 'target-followed')).toHaveLength(1);
  });

  it('keeps a second variable of a file in step with the first', async () => {
    const { world, key, follow } = await withKey();
    world.envFiles.files.set(envFile, `ALIAS=${world.stored(key.id)}\n${world.envFiles.files.get(envFile)}`);
    expect(await follow(envFile, 'ALIAS')).toMatchObject({ ok: true });
    expect(world.activity.entries.at(-1)).toMatchObject({
      event: 'target-followed',
      detail: `${envFile} (ALIAS)`,
    });
    const rotated = workOf(await world.rotate(world.key(key.id), '1-hour'));
    const value = world.stored(rotated.newKey?.id ?? key.id);
    expect([world.variable(envFile, 'API_KEY'), world.variable(envFile, 'ALIAS')]).toEqual([value, value]);
    expect(workOf(await world.undo(rotated)).state).toMatchObject({ outcome: 'undone' });
    const old = world.stored(key.id);
    expect([world.variable(envFile, 'API_KEY'), world.variable(envFile, 'ALIAS')]).toEqual([old, old]);
  });

  it('is refused while the key is being rotated', async () => {
    const { world, key, follow } = await withKey();
    world.server.failNextChecks(1);
    await world.rotate(key);
    expect(await follow()).toEqual({ ok: false, error: failure('work-running') });
  });
});
