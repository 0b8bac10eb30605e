import { describe, expect, it } from 'vitest';
import type { Archive } from '../../../main/backup/archive.ts';
import { type Held, planRestore } from '../../../main/backup/plan-restore.ts';
import { describeFields } from '../../../main/keys/describe-fields.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import { settingsSchema } from '../../../shared/domain/settings.ts';
import { connectionRecord, keyRecord } from '../storage/records-for-tests.ts';

const describeHere = (fields: Readonly<Record<string, Secret>>) =>
  describeFields(fields, (value) => `here:${value.reveal()}`);
const fieldsOf = (number: number) => ({ API_KEY: new Secret(`sk_test_value_number_${number}`) });

/** The key as the vault here holds it. */
const heldKey = (number: number, changes: Partial<KeyRecord> = {}) =>
  keyRecord(number, { fields: [...describeHere(fieldsOf(number))], ...changes });
const savedKey = (number: number, changes: Partial<KeyRecord> = {}) => ({
  record: keyRecord(number, changes),
  fields: fieldsOf(number),
});

const empty: Held = { definitions: [], connections: [], keys: [] };
const archiveOf = (parts: Partial<Archive>): Archive => ({
  createdAt: 1,
  settings: settingsSchema.parse({}),
  definitions: [],
  connections: [],
  keys: [],
  ...parts,
});

describe('a plan to restore', () => {
  it('adds what the vault lacks, with fingerprints under its own data key', () => {
    const plan = planRestore(archiveOf({ keys: [savedKey(1)] }), empty, describeHere);
    expect(plan.added.keys.map((key) => key.record)).toEqual([heldKey(1)]);
    expect(plan.conflicts).toEqual([]);
  });

  it('leaves alone what is alike in both, also where one was looked at later', () => {
    const held = { ...empty, keys: [heldKey(1, { checkedAt: 9, lastUsedAt: 9 })] };
    const plan = planRestore(archiveOf({ keys: [savedKey(1)] }), held, describeHere);
    expect(plan).toMatchObject({ alike: 1, conflicts: [] });
    expect(plan.added.keys).toEqual([]);
  });

  it('asks about another period or plan, and not about a snooze', () => {
    const plannedHere = heldKey(1, { policy: {}, plannedDay: '2026-02-01', snoozedUntil: '2026-01-20' });
    const snoozedHere = heldKey(2, { snoozedUntil: '2026-01-20', lastUseToldAt: 9 });
    const held = { ...empty, keys: [plannedHere, snoozedHere] };
    const plan = planRestore(archiveOf({ keys: [savedKey(1), savedKey(2)] }), held, describeHere);
    expect(plan.conflicts.map(({ id, differs }) => [id, differs])).toEqual([
      [plannedHere.id, ['policy', 'plannedDay']],
    ]);
    expect(plan.alike).toBe(1);
  });

  it('names what is not alike, and decides nothing', () => {
    const held = { ...empty, keys: [heldKey(1, { status: 'revoked', revokedAt: 5 })] };
    const plan = planRestore(archiveOf({ keys: [savedKey(1)] }), held, describeHere);
    const { id, name } = keyRecord(1);
    expect(plan.conflicts).toEqual([{ kind: 'key', id, name, differs: ['status', 'revokedAt'] }]);
    expect(plan.changed.keys).toHaveLength(1);
    expect(plan.added.keys).toEqual([]);
  });

  it('tells a key whose value is another one', () => {
    const other = { record: keyRecord(1), fields: { API_KEY: new Secret('sk_test_another_value') } };
    const plan = planRestore(archiveOf({ keys: [other] }), { ...empty, keys: [heldKey(1)] }, describeHere);
    expect(plan.conflicts[0]?.differs).toEqual(['fields']);
  });

  it('finds nothing to ask about a key in its grace that is so in both', () => {
    const retiring = { status: 'retiring', replacedBy: keyRecord(2).id, retiresAt: 5 } as const;
    const held = { ...empty, keys: [heldKey(1, retiring)] };
    expect(planRestore(archiveOf({ keys: [savedKey(1, retiring)] }), held, describeHere)).toMatchObject({
      alike: 1,
      conflicts: [],
    });
  });

  it('says what only the vault here has', () => {
    const held = { ...empty, keys: [heldKey(1), heldKey(2)] };
    const plan = planRestore(archiveOf({ keys: [savedKey(1)] }), held, describeHere);
    expect(plan.onlyHere.keys.map((key) => key.id)).toEqual([keyRecord(2).id]);
  });

  it('gives a connection a name of its own where another one has its name here', () => {
    const held = { ...empty, connections: [connectionRecord(7, { name: 'Account 1' })] };
    const saved = { record: connectionRecord(1), credential: null };
    const plan = planRestore(archiveOf({ connections: [saved] }), held, describeHere);
    expect(plan.added.connections.map((each) => each.record.name)).toEqual(['Account 1 (2)']);
  });

  it.each([
    ['that was being rotated is active', { status: 'rotating' }, { status: 'active', attention: null }],
    [
      'that was waiting for its end has to be revoked by someone',
      { status: 'retiring', replacedBy: keyRecord(2).id, retiresAt: 5 },
      { status: 'needs-attention', attention: 'not-revoked' },
    ],
    ['that was revoked stays so', { status: 'revoked', revokedAt: 5 }, { status: 'revoked' }],
  ] as const)('a key %s', (_, before, after) => {
    const plan = planRestore(archiveOf({ keys: [savedKey(1, before)] }), empty, describeHere);
    expect(plan.added.keys[0]?.record).toMatchObject(after);
  });

  it('a key whose value was not in the backup says so', () => {
    const saved = { record: keyRecord(1), fields: null };
    const plan = planRestore(archiveOf({ keys: [saved] }), empty, describeHere);
    expect(plan.added.keys[0]?.record).toMatchObject({
      status: 'needs-attention',
      attention: 'secret-missing',
    });
  });

  it('a key whose value was not in the backup keeps the value that it has here', () => {
    const saved = { record: keyRecord(1, { name: 'older name' }), fields: null };
    const plan = planRestore(archiveOf({ keys: [saved] }), { ...empty, keys: [heldKey(1)] }, describeHere);
    expect(plan.conflicts[0]?.differs).toEqual(['name']);
    expect(plan.changed.keys).toEqual([{ record: heldKey(1, { name: 'older name' }), fields: null }]);
  });

  it.each([
    ['that is sealed here stays sealed', { sealed: true, shown: true, copiedFields: ['API_KEY'] }],
    ['that is not here comes back sealed', null],
  ])('a key %s, whatever was left of its one time when the backup was made', (_, here) => {
    const unsealed = { sealed: false, shown: false, copiedFields: [] };
    const held = here === null ? empty : { ...empty, keys: [heldKey(1, { name: 'new', copyOnce: here })] };
    const plan = planRestore(archiveOf({ keys: [savedKey(1, { copyOnce: unsealed })] }), held, describeHere);
    const restored = [...plan.added.keys, ...plan.changed.keys];
    expect(restored.map(({ record }) => record.copyOnce)).toEqual([here ?? { ...unsealed, sealed: true }]);
  });
});
