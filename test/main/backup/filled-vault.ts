import { Secret } from '../../../main/secrets/secret.ts';
import { packFields } from '../../../main/secrets/secret-fields.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import { connectionRecord, keyRecord } from '../storage/records-for-tests.ts';
import { unwrap } from '../storage/support.ts';
import type { BackupRun, BackupWorld } from './backup-world.ts';

/** No file but the encrypted ones may hold it. */
export const canary = 'sk_live_canary_0123456789';

export const secretOf = (number: number): string => `${canary}_${number}`;

/** Puts a key with its value into the vault. */
export async function putKey(
  world: BackupWorld,
  run: BackupRun,
  number: number,
  changes: Partial<KeyRecord> = {},
  value = secretOf(number),
): Promise<KeyRecord> {
  const fields = [...world.describeHere({ API_KEY: new Secret(value) })];
  const record = keyRecord(number, { fields, ...changes });
  unwrap(await run.vault.secrets.put(`key/${record.id}`, world.packed(value)));
  unwrap(await run.vault.records.keys.put(record));
  return record;
}

/** A vault with a definition of its user's own, two connections and six keys, one of them revoked. */
export async function fill(world: BackupWorld, run: BackupRun): Promise<void> {
  const { records, secrets } = run.vault;
  unwrap(await records.definitions.put({ id: 'own', json: '{"format":1}', addedAt: 5, file: 'own.json' }));
  for (const number of [1, 2]) {
    const connection = connectionRecord(number, { policy: number === 2 ? { everyDays: 30 } : {} });
    const credential = packFields({ token: new Secret(`${canary}_management_${number}`) });
    unwrap(await secrets.put(`connection/${connection.id}`, credential));
    unwrap(await records.connections.put(connection));
  }
  for (const number of [1, 2, 3]) await putKey(world, run, number);
  await putKey(world, run, 4, { policy: { everyDays: null, because: 'Printed on paper' } });
  await putKey(world, run, 5, { policy: {}, plannedDay: '2026-02-01', snoozedUntil: '2026-01-20' });
  await putKey(world, run, 6, { status: 'revoked', revokedAt: 9 });
  unwrap(
    await run.settings.set({
      rotationDays: 30,
      quietHours: { from: '22:00', to: '07:00' },
      providerPolicies: { payments: { everyDays: 60 } },
    }),
  );
}

/** What a person does after a backup: renames, deletes, replaces a value, adds. */
export async function change(world: BackupWorld, run: BackupRun): Promise<void> {
  const { records, secrets } = run.vault;
  const renamed = records.keys.get(keyRecord(1).id);
  if (renamed !== undefined) unwrap(await records.keys.put({ ...renamed, name: 'renamed here' }));
  await putKey(world, run, 2, {}, `${canary}_another_value`);
  for (const number of [3, 4]) {
    unwrap(await records.keys.remove(keyRecord(number).id));
    unwrap(await secrets.drop(`key/${keyRecord(number).id}`));
  }
  unwrap(await records.definitions.remove('own'));
  unwrap(await records.definitions.put({ id: 'newer', json: '{"format":1}', addedAt: 6, file: 'n.json' }));
  const third = connectionRecord(3);
  unwrap(await secrets.put(`connection/${third.id}`, world.packed('management')));
  unwrap(await records.connections.put(third));
  await putKey(world, run, 7, { connectionId: third.id });
  await putKey(world, run, 8, { connectionId: third.id, status: 'revoked', revokedAt: 3 });
  unwrap(await run.settings.set({ rotationDays: 60, quietHours: null, providerPolicies: {} }));
}
