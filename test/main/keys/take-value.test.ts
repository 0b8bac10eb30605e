import { describe, expect, it } from 'vitest';
import { workViewOf } from '../../../main/keys/key-views.ts';
import type { TakeValueWish } from '../../../main/keys/take-value.ts';
import { takeValue } from '../../../main/keys/take-value.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import {
  createKeyWorld,
  envFile,
  finished,
  hourMs,
  into,
  type KeyWorld,
  otherEnvFile,
  workOf,
} from '../../support/key-world.ts';
import { expectWhole } from './power-cut-ends.ts';

/** A key in two files, of which somebody has given one a new value. */
async function aWorld() {
  const world = createKeyWorld();
  const key = await world.aKey([into(envFile), into(otherEnvFile, 'MAIL_KEY')]);
  const made = world.server.makeByHand('New');
  world.envFiles.files.set(envFile, `# by hand\nAPI_KEY=${made.secret}\n`);
  world.server.requests.length = 0;
  const take = async (wish: Partial<TakeValueWish> = {}) => {
    const targetId = key.targets[0]?.id ?? world.ports.ids.target();
    const all = { targetId, grace: '1-hour', confirmName: '', anyForm: false, isSecret: () => true } as const;
    const begun = await takeValue(world.ports, world.works, key.id, { ...all, ...wish });
    return begun.ok ? { ok: true as const, value: await begun.value.ended } : begun;
  };
  return { world, key, made, take };
}

/** Everything is as it was: the old key in the vault and the other file, and no word of the new one. */
function expectUntouched(world: KeyWorld, key: Awaited<ReturnType<typeof aWorld>>['key']): void {
  expect(world.records.keys.all()).toEqual([key]);
  expect(world.journal.unfinished()).toEqual([]);
  expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(key.id));
  expect([...world.items.keys()].filter((name) => name.startsWith('key/'))).toEqual([`key/${key.id}`]);
}

describe('taking the value that a file has', () => {
  it('makes it the key’s, gives it to the other files, and ends the old key after its grace', async () => {
    const { world, key, made, take } = await aWorld();
    const work = workOf(await take());
    expect(work).toMatchObject({ kind: 'rotate', origin: 'by-hand', state: { step: 'retiring' } });
    expect(workViewOf(work, world.records, () => undefined).fromFile).toBe(true);
    expect(world.stored(work.newKey?.id ?? key.id)).toBe(made.secret);
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(made.secret);
    expect(world.server.works(world.stored(key.id) ?? '')).toBe(true);
    world.clock.advance(hourMs);
    await world.tick();
    expectWhole(world);
    expect(world.server.alive().map(({ id }) => id)).toEqual([made.id]);
    expect(world.server.creates()).toBe(0);
  });

  it('leaves the file that has it as it is, byte for byte', async () => {
    const { world, take } = await aWorld();
    const text = world.envFiles.files.get(envFile);
    workOf(await take());
    expect(world.envFiles.files.get(envFile)).toBe(text);
    const written = world.activity.entries.filter(({ event }) => event === 'target-written').slice(2);
    expect(written.map(({ detail }) => detail)).toEqual([otherEnvFile]);
  });

  it('asks nobody and changes nothing where another file cannot carry it', async () => {
    const { world, key, take } = await aWorld();
    world.envFiles.files.set(envFile, "API_KEY='abc$(id)def'\n");
    expect(await take({ anyForm: true })).toMatchObject({
      ok: false,
      error: { code: 'value-unwritable', variable: 'MAIL_KEY', reason: 'command' },
    });
    expectUntouched(world, key);
    expect(world.server.requests).toEqual([]);
  });

  it('leaves what somebody writes there while it is taken', async () => {
    const { world, take } = await aWorld();
    world.delays('journal.write', async () => {
      world.envFiles.files.set(envFile, 'API_KEY=something-newer\n');
    });
    workOf(await take());
    expect(world.envFiles.files.get(envFile)).toBe('API_KEY=something-newer\n');
  });

  it('replaces the old value where somebody puts it back there while the new one is taken', async () => {
    const { world, key, made, take } = await aWorld();
    world.delays('journal.write', async () => {
      world.envFiles.files.set(envFile, `API_KEY=${world.stored(key.id)}\n`);
    });
    workOf(await take());
    expect(world.variable(envFile, 'API_KEY')).toBe(made.secret);
  });

  it('waits where the file cannot be read by then, and goes on later', async () => {
    const { world, made, take } = await aWorld();
    const unreadable = failure('file-unreadable', { file: envFile, reason: 'EACCES' });
    world.failsWhen(
      'envFiles.read',
      unreadable,
      () => world.journal.unfinished()[0]?.state.step === 'verified',
    );
    const stopped = workOf(await take());
    expect(stopped).toMatchObject({ state: { step: 'verified' }, blocked: unreadable });
    expect(workOf(await world.goOn(stopped)).state.step).toBe('retiring');
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(made.secret);
  });

  it('takes nothing else after a crash: where another value is there, it waits for the user, who may give it up', async () => {
    const { world, key, take } = await aWorld();
    world.delays('provider.list', async () => world.power.cutNow());
    await Promise.race([take(), world.power.gone]);
    world.envFiles.files.set(envFile, `API_KEY=${world.server.makeByHand('Third').secret}\n`);
    world.restart();
    await world.resume();
    const [work] = world.works.list();
    expect(work).toMatchObject({ state: { step: 'creating' }, blocked: { code: 'key-needed' } });
    if (work !== undefined) await world.works.giveUp(work.id);
    expectUntouched(world, key);
  });

  it('also takes one of a provider that could make keys itself, or has no room for two', async () => {
    const { world, made, take } = await aWorld();
    Object.assign(world.server.behaviour, { keyLimit: 1, saysLimit: true });
    expect(workOf(await take()).newKey?.providerKeyId).toBe(made.id);
  });

  it('can be undone: the old value is back in every file, and the user’s own key is theirs to revoke', async () => {
    const { world, key, made, take } = await aWorld();
    const undone = workOf(await world.undo(workOf(await take())));
    expect(world.variable(envFile, 'API_KEY')).toBe(world.stored(key.id));
    expect(world.variable(otherEnvFile, 'MAIL_KEY')).toBe(world.stored(key.id));
    expect(undone.blocked?.code).toBe('revocation-needed');
    expect(world.server.works(made.secret)).toBe(true);
    expect(world.server.requests.filter((one) => one.startsWith('revoke'))).toEqual([]);
  });

  it('begins only when everything local has been looked at', async () => {
    const { world, key, take } = await aWorld();
    const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });
    world.fails('envFiles.preflight', unwritable);
    expect(await take()).toEqual({ ok: false, error: unwritable });
    world.secretStore.failWith(failure('keychain-locked'));
    expect(await take()).toEqual({ ok: false, error: failure('keychain-locked') });
    world.secretStore.failWith(null);
    expect(world.server.requests).toEqual([]);
    expectUntouched(world, key);
  });

  it('needs no leave to write to the file that has it', async () => {
    const { world, take } = await aWorld();
    world.envFiles.failNext('preflight', failure('file-unwritable', { file: envFile, reason: 'r' }), envFile);
    workOf(await take());
  });
});

describe('a value is not taken', () => {
  it('that the provider refuses', async () => {
    const { world, key, made, take } = await aWorld();
    world.server.revokeByHand(made.id);
    expect(await take()).toMatchObject({ error: { code: 'key-refused' } });
    expectUntouched(world, key);
  });

  it('that nobody can be asked about just now', async () => {
    const { world, key, take } = await aWorld();
    world.server.failNextChecks(1);
    expect(await take()).toMatchObject({ error: { code: 'provider-unreachable' } });
    expectUntouched(world, key);
  });

  it('that the vault has already, and nobody is asked about it', async () => {
    const { world, key, take } = await aWorld();
    world.envFiles.files.set(envFile, `API_KEY=${world.stored(key.id)}\n`);
    expect(await take()).toEqual({ ok: false, error: failure('key-known', { name: key.name }) });
    expect(world.server.requests).toEqual([]);
    expectUntouched(world, key);
  });

  it('that is not there, or empty', async () => {
    const { world, key, take } = await aWorld();
    for (const text of ['OTHER=1\n', 'API_KEY=\n']) {
      world.envFiles.files.set(envFile, text);
      expect(await take()).toEqual({ ok: false, error: failure('field-missing', { field: 'API_KEY' }) });
    }
    world.envFiles.files.delete(envFile);
    expect(await take()).toEqual({ ok: false, error: failure('file-gone', { file: envFile }) });
    expectUntouched(world, key);
  });

  it('that does not look like a key of the provider, unless the user says so', async () => {
    const { world, key, take } = await aWorld();
    world.envFiles.files.set(envFile, 'API_KEY=odd\n');
    expect(await take()).toMatchObject({ error: { code: 'key-form-unusual' } });
    expectUntouched(world, key);
    // Then it is the provider that knows better.
    expect(await take({ anyForm: true })).toMatchObject({ error: { code: 'key-refused' } });
    expectUntouched(world, key);
  });

  it('for a key that is being rotated, or was replaced or revoked', async () => {
    const { world, key, take } = await aWorld();
    world.server.failNextChecks(1);
    const work = workOf(await world.rotate(key));
    expect(await take()).toEqual({ ok: false, error: failure('work-running') });
    finished(await world.goOn(work));
    expect(await take()).toMatchObject({ error: { code: 'key-not-active' } });
  });
});

describe('a key of several fields', () => {
  const fields = { API_KEY: 'API_KEY', USER_ID: 'USER' };
  async function withUser() {
    const { world, key, made, take } = await aWorld();
    await world.records.keys.put({
      ...key,
      fields: [...key.fields, { name: 'USER_ID', secret: true, lastFour: '', fingerprint: 'u' }],
      targets: key.targets.map((target, index) => (index === 0 ? { ...target, variables: fields } : target)),
    });
    world.items.set(`key/${key.id}`, JSON.stringify({ API_KEY: world.stored(key.id), USER_ID: 'u1' }));
    return { world, key, made, take };
  }
  const itemOf = (world: KeyWorld, id: KeyId) => JSON.parse(world.items.get(`key/${id}`) ?? '{}');

  it('keeps the value of a field that the file does not have', async () => {
    const { world, key, made, take } = await withUser();
    const work = workOf(await take());
    expect(itemOf(world, work.newKey?.id ?? key.id)).toEqual({ API_KEY: made.secret, USER_ID: 'u1' });
  });

  it('leaves the file as it is also where only one of its fields is new', async () => {
    const { world, made, take, key } = await withUser();
    const { fingerprint } = world.ports;
    const text = `API_KEY=${made.secret}\nUSER='u1'\n`;
    world.envFiles.files.set(envFile, text);
    const fields = world
      .key(key.id)
      .fields.map((field) =>
        field.name === 'USER_ID' ? { ...field, fingerprint: fingerprint(new Secret('u1')) } : field,
      );
    await world.records.keys.put({ ...world.key(key.id), fields });
    workOf(await take());
    expect(world.envFiles.files.get(envFile)).toBe(text);
  });

  it('takes the others with it', async () => {
    const { world, key, made, take } = await withUser();
    world.envFiles.files.set(envFile, `API_KEY=${made.secret}\nUSER=u2\n`);
    const work = workOf(await take());
    expect(itemOf(world, work.newKey?.id ?? key.id)).toEqual({ API_KEY: made.secret, USER_ID: 'u2' });
  });

  it('is not taken where the file has none of its secret ones', async () => {
    const { world, take } = await withUser();
    world.envFiles.files.set(envFile, 'USER=u2\n');
    expect(await take({ isSecret: (field) => field === 'API_KEY' })).toEqual({
      ok: false,
      error: failure('field-missing', { field: 'API_KEY' }),
    });
  });
});
