import { describe, expect, it } from 'vitest';
import { giveBackCopy, sealKey, spendCopyOnce } from '../../../main/keys/copy-once.ts';
import { deleteKey } from '../../../main/keys/delete-key.ts';
import { addTarget } from '../../../main/keys/targets.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { createKeyWorld, envFile, finished, into } from '../../support/key-world.ts';

const show = { purpose: 'show' } as const;
const copy = (field: string) => ({ purpose: 'copy', field }) as const;
const refused = (code: 'already-sealed' | 'already-shown' | 'key-unknown') => ({
  ok: false,
  error: failure(code),
});
const diskFull = failure('storage-failed', { file: 'activity', reason: 'no space left' });

async function aWorld() {
  const world = createKeyWorld();
  const key = await world.aKey();
  const value = world.stored(key.id);
  const spend = (wish: Parameters<typeof spendCopyOnce>[2]) => spendCopyOnce(world.ports, key.id, wish);
  return { world, key, value, spend };
}

describe('copy once', () => {
  it('shows a new key one time', async () => {
    const { world, key, value, spend } = await aWorld();
    const first = await spend(show);
    expect(first.ok && first.value.API_KEY?.reveal()).toBe(value);
    expect(await spend(show)).toEqual(refused('already-shown'));
    expect(world.key(key.id).copyOnce).toEqual({ sealed: false, shown: true, copiedFields: [] });
  });

  it('copies each field one time, and only fields that there are', async () => {
    const { spend, value } = await aWorld();
    const first = await spend(copy('API_KEY'));
    expect(first.ok && Object.entries(first.value).map(([name, secret]) => [name, secret.reveal()])).toEqual([
      ['API_KEY', value],
    ]);
    expect(await spend(copy('API_KEY'))).toEqual({
      ok: false,
      error: failure('already-copied', { field: 'API_KEY' }),
    });
    expect(await spend(copy('OTHER'))).toEqual(refused('key-unknown'));
  });

  it('is still spent after a restart', async () => {
    const { world, key, spend } = await aWorld();
    await spend(show);
    await spend(copy('API_KEY'));
    world.restart();
    expect(await spendCopyOnce(world.ports, key.id, show)).toEqual(refused('already-shown'));
    expect(await spendCopyOnce(world.ports, key.id, copy('API_KEY'))).toMatchObject({ ok: false });
  });

  it('answers one of many who ask at the same time', async () => {
    const { spend } = await aWorld();
    for (const wish of [show, copy('API_KEY')]) {
      const answers = await Promise.all([spend(wish), spend(wish), spend(wish)]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    }
  });

  it('is not given back by a target that is written at the same time', async () => {
    const { world, key, spend } = await aWorld();
    const [, shown] = await Promise.all([
      addTarget(world.ports, world.works, key.id, into(envFile)),
      spend(show),
    ]);
    expect(shown.ok).toBe(true);
    expect(world.key(key.id)).toMatchObject({ copyOnce: { shown: true }, targets: [{ file: envFile }] });
    expect(await spend(show)).toEqual(refused('already-shown'));
  });

  it('is over when the key is sealed, also for those who ask at the same time', async () => {
    const { world, key, spend } = await aWorld();
    const [sealed, shown] = await Promise.all([sealKey(world.ports, key.id), spend(show)]);
    expect(sealed.ok).toBe(true);
    expect(shown).toEqual(refused('already-sealed'));
    expect(await spend(copy('API_KEY'))).toEqual(refused('already-sealed'));
    expect(await sealKey(world.ports, key.id)).toMatchObject({ ok: true });
    expect(world.events().filter((event) => event === 'key-sealed')).toHaveLength(1);
  });

  it('is over when the key is revoked', async () => {
    const { world, key, spend } = await aWorld();
    finished(await world.revoke(key));
    expect(await spend(show)).toEqual(refused('already-sealed'));
  });

  it('answers no value that is not in the activity', async () => {
    const { world, spend } = await aWorld();
    world.fails('activity.add', diskFull);
    expect(await spend(show)).toEqual({ ok: false, error: diskFull });
  });

  it('has written the activity and the record before the value is answered', async () => {
    const { world, spend } = await aWorld();
    const before = world.power.effects.length;
    await spend(copy('API_KEY'));
    expect(world.power.effects.slice(before)).toEqual(['secrets.get', 'keys.put', 'activity.add']);
    expect(world.activity.entries.at(-1)).toMatchObject({ event: 'key-copied', detail: 'API_KEY' });
  });

  it('answers no value when it cannot be recorded as spent', async () => {
    const { world, spend } = await aWorld();
    world.fails('keys.put', diskFull);
    expect(await spend(show)).toEqual({ ok: false, error: diskFull });
    expect(world.events()).not.toContain('key-shown');
    expect((await spend(show)).ok).toBe(true);
  });

  it('is not spent when the keychain does not answer the value', async () => {
    const { world, spend } = await aWorld();
    world.fails('secrets.get', failure('keychain-locked'));
    expect(await spend(show)).toEqual({ ok: false, error: failure('keychain-locked') });
    expect((await spend(show)).ok).toBe(true);
  });

  it('is spent for good when the power goes before the value could be answered', async () => {
    const { world, key, spend } = await aWorld();
    world.power.cutAfter(2);
    await Promise.race([spend(show), world.power.gone]);
    world.restart();
    expect(await spendCopyOnce(world.ports, key.id, show)).toEqual(refused('already-shown'));
  });

  it('gives back a copy that never reached the clipboard, and nothing else', async () => {
    const { world, key, spend } = await aWorld();
    await spend(show);
    await spend(copy('API_KEY'));
    await giveBackCopy(world.ports, key.id, 'API_KEY');
    expect((await spend(copy('API_KEY'))).ok).toBe(true);
    expect(await spend(show)).toEqual(refused('already-shown'));
  });

  it('brings no deleted key back', async () => {
    const { world, key, spend } = await aWorld();
    const [shown] = await Promise.all([
      spend(show),
      deleteKey(world.ports, world.works, key.id, { atProvider: 'leave-alive' }),
      giveBackCopy(world.ports, key.id, 'API_KEY'),
    ]);
    expect(world.records.keys.all()).toEqual([]);
    expect(await spend(show)).toEqual(refused('key-unknown'));
    expect(await giveBackCopy(world.ports, key.id, 'API_KEY')).toMatchObject({ ok: true });
    expect(typeof shown.ok).toBe('boolean');
  });
});
