import { describe, expect, it } from 'vitest';
import {
  type AroundKeys,
  type AstrayLookup,
  detailOf,
  mostPressing,
  type ProviderLookup,
  rowOf,
  workViewOf,
} from '../../../main/keys/key-views.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Work } from '../../../shared/domain/work.ts';
import { keyDetailSchema, keyRowSchema } from '../../../shared/ipc/keys.contract.ts';
import { workViewSchema } from '../../../shared/ipc/work.contract.ts';
import { createFakeCatalog } from '../../fakes/fake-catalog.ts';
import {
  createKeyWorld,
  duesOf,
  envFile,
  finished,
  into,
  type KeyWorld,
  start,
  workOf,
} from '../../support/key-world.ts';

const dayMs = 86_400_000;
const noneAstray = () => 0;

/** What keys are shown with, by the clock of UTC and the settings of a new vault. */
const beside = (
  world: KeyWorld,
  providerOf: ProviderLookup,
  astrayOf: AstrayLookup = noneAstray,
): AroundKeys => ({
  records: world.records,
  providerOf,
  astrayOf,
  dues: duesOf(world),
});

async function aWorld() {
  const world = createKeyWorld();
  const { summary } = createFakeCatalog(() => world.server.provider);
  const key = await world.aKey([into(envFile)]);
  const row = (changes: Partial<KeyRecord> = {}) =>
    rowOf(
      { ...key, ...changes },
      beside(world, summary, () => 2),
    );
  return { world, key, row, summary };
}

describe('a row of the list', () => {
  it('names the key, its provider, its last four characters and what is due', async () => {
    const { key, row } = await aWorld();
    expect(keyRowSchema.parse(row())).toEqual({
      id: key.id,
      name: 'mail',
      connectionId: key.connectionId,
      providerId: 'example',
      provider: 'Example',
      environment: 'test',
      lastFour: '0001',
      status: 'active',
      attention: null,
      issuedAt: start,
      dueAt: start + 90 * dayMs,
      dueBecause: 'period',
      everyDays: 90,
      periodFrom: 'key',
      snoozedUntil: null,
      replaces: null,
      retiresAt: null,
      targets: 1,
      targetsAstray: 2,
      unsealed: true,
    });
  });

  it('is due no more once the key is revoked or replaced', async () => {
    const { key, row } = await aWorld();
    expect(row({ revokedAt: start }).dueAt).toBeNull();
    expect(row({ replacedBy: key.id })).toMatchObject({ dueAt: null, dueBecause: null, everyDays: 90 });
  });

  it('offers the one time of copying only for a key that is sealed by nothing', async () => {
    const { key, row } = await aWorld();
    const sealed = { sealed: true, shown: false, copiedFields: [] };
    expect(row({ copyOnce: sealed }).unsealed).toBe(false);
    expect(row({ revokedAt: start }).unsealed).toBe(false);
    expect(row({ replacedBy: key.id }).unsealed).toBe(false);
    expect(row({ fields: [] }).unsealed).toBe(false);
  });

  it('still reads when its provider or its connection is not known any more', async () => {
    const { world, key, row } = await aWorld();
    expect(
      rowOf(
        key,
        beside(world, () => undefined),
      ),
    ).toMatchObject({
      provider: 'example',
      providerId: 'example',
    });
    await world.records.connections.remove(key.connectionId);
    expect(keyRowSchema.parse(row())).toMatchObject({ provider: '', providerId: '', name: 'mail' });
  });
});

describe('the detail of a key', () => {
  it('names each field as its provider does, and never a value or a fingerprint', async () => {
    const { world, key, summary } = await aWorld();
    const detail = { ...detailOf(key, beside(world, summary), undefined), history: [] };
    expect(keyDetailSchema.parse(detail)).toMatchObject({
      connection: 'Shop',
      origin: 'https://keys.example.com',
      fields: [
        { name: 'API_KEY', label: 'API key', secret: true, lastFour: '0001', variable: 'EXAMPLE_API_KEY' },
      ],
      workId: null,
    });
    const text = JSON.stringify(detail);
    expect(text).not.toContain(world.stored(key.id));
    expect(text).not.toContain(key.fields[0]?.fingerprint);
  });

  it('calls a field by its own name where the definition does not know it', async () => {
    const { world, key } = await aWorld();
    expect(
      detailOf(
        key,
        beside(world, () => undefined),
        undefined,
      ).fields,
    ).toMatchObject([{ name: 'API_KEY', label: 'API_KEY', variable: 'API_KEY', secret: true }]);
  });
});

describe('a piece of work', () => {
  it('that waits for a grace says until when, and what has been done', async () => {
    const { world, key, summary } = await aWorld();
    const work = workOf(await world.rotate(key, '24-hours'));
    const view = workViewSchema.parse(workViewOf(work, world.records, summary));
    expect(view).toMatchObject({
      kind: 'rotate',
      keyId: key.id,
      newKeyId: work.newKey?.id,
      name: 'mail',
      provider: 'Example',
      graceUntil: work.state.step === 'retiring' && work.state.until,
      outcomeUnknown: false,
      finished: null,
    });
    expect(view.steps.map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'running',
      'waiting',
    ]);
  });

  it('whose outcome is unknown names what the provider lists, and the key that was wanted', async () => {
    const { world, summary } = await aWorld();
    world.server.loseNextAnswer();
    const work = workOf(await world.issue({ name: 'other' }));
    const view = workViewSchema.parse(workViewOf(work, world.records, summary));
    expect(view).toMatchObject({ name: 'other', outcomeUnknown: true, strays: ['k2'], finished: null });
    expect(view.steps[0]).toEqual({ name: 'create', state: 'stopped' });
  });

  it('that has finished says how', async () => {
    const { world, key, summary } = await aWorld();
    const view = workViewOf(workOf(await world.revoke(key)), world.records, summary);
    expect(workViewSchema.parse(view)).toMatchObject({ kind: 'revoke', finished: 'done', reason: null });
  });
});

describe('what work says of undoing and of files', () => {
  const lines = [{ file: envFile, variables: ['SHOP_KEY'] }];

  async function inGrace() {
    const { world, summary } = await aWorld();
    const key = world.key(
      finished(await world.issue({ name: 'shop', targets: [into(envFile, 'SHOP_KEY')] })).keyId,
    );
    const work = workOf(await world.rotate(key, '24-hours'));
    const view = (of: Work) => workViewSchema.parse(workViewOf(of, world.records, summary));
    return { world, key, work, view };
  }

  it('can be undone in its grace, and names the files that the new key was written to', async () => {
    const { work, view } = await inGrace();
    expect(view(work)).toMatchObject({ canUndo: true, undoing: false, leaked: false, written: lines });
  });

  it('cannot be undone any more when the new key was replaced or deleted', async () => {
    const { world, work, view } = await inGrace();
    const newKey = world.key(work.newKey?.id ?? work.keyId);
    await world.records.keys.put({ ...newKey, replacedBy: work.keyId });
    expect(view(work).canUndo).toBe(false);
    await world.records.keys.remove(newKey.id);
    expect(view(work).canUndo).toBe(false);
  });

  it('is being undone until the new key is revoked, and names the files that have the old one again', async () => {
    const { world, work, view } = await inGrace();
    world.server.failNextRevocations(1);
    const stopped = workOf(await world.undo(work));
    expect(view(stopped)).toMatchObject({ canUndo: false, undoing: true, written: lines, finished: null });
    expect(view(stopped).steps).toEqual([
      { name: 'deliver', state: 'done' },
      { name: 'revoke', state: 'stopped' },
    ]);
    const undone = view(workOf(await world.goOn(stopped)));
    expect(undone).toMatchObject({ canUndo: false, undoing: false, written: lines, finished: 'undone' });
  });

  it('of a leak says so, and what has to be restarted', async () => {
    const { world, summary } = await aWorld();
    const key = world.key(
      finished(await world.issue({ name: 'shop', targets: [into(envFile, 'SHOP_KEY')] })).keyId,
    );
    const work = finished(await world.replaceLeaked(key, { revokeFirst: true }));
    const view = workViewSchema.parse(workViewOf(work, world.records, summary));
    expect(view).toMatchObject({ leaked: true, canUndo: false, written: lines, finished: 'done' });
    expect(view.steps.map(({ name }) => name)).toEqual(['revoke', 'create', 'store', 'verify', 'deliver']);
  });

  it('names no file before one was written, nor where none was', async () => {
    const { world, summary } = await aWorld();
    const key = world.key(
      finished(await world.issue({ name: 'shop', targets: [into(envFile, 'SHOP_KEY')] })).keyId,
    );
    world.server.failNextChecks(1);
    const stopped = workOf(await world.rotate(key));
    expect(workViewOf(stopped, world.records, summary)).toMatchObject({ canUndo: true, written: [] });
    const gone = await aWorld();
    const revoked = workOf(await gone.world.revoke(gone.key));
    expect(workViewOf(revoked, gone.world.records, summary).written).toEqual([]);
  });
});

describe('the first keys of a long list', () => {
  it('are those that wait for the user, then those that are due soonest; revoked ones come last', async () => {
    const { world, key } = await aWorld();
    const sealed = { ...key.copyOnce, sealed: true };
    const aged = (name: string, ageDays: number, changes: Partial<KeyRecord> = {}): KeyRecord => ({
      ...key,
      name,
      copyOnce: sealed,
      issuedAt: start - ageDays * dayMs,
      ...changes,
    });
    const keys = [
      aged('revoked', 200, { status: 'revoked', revokedAt: start }),
      aged('young', 1),
      aged('old', 80),
      aged('never due', 300, { policy: { everyDays: null } }),
      aged('stopped', 2, { status: 'needs-attention', attention: 'not-revoked' }),
      aged('not sealed', 3, { copyOnce: { ...sealed, sealed: false } }),
    ];
    const names = (count: number) => mostPressing(keys, duesOf(world), count).map(({ name }) => name);
    expect(names(10)).toEqual(['not sealed', 'stopped', 'old', 'young', 'never due', 'revoked']);
    expect(names(2)).toEqual(['not sealed', 'stopped']);
  });
});
