import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { confStores } from '../../../main/storage/conf-store.ts';
import { connectionFormat } from '../../../main/storage/open-records.ts';
import { createRecordSeal } from '../../../main/storage/record-seal.ts';
import { openStoredSet } from '../../../main/storage/stored-set.ts';
import { connectionRecordSchema } from '../../../shared/domain/connection.ts';
import { connectionRecord, dataKey } from '../storage/records-for-tests.ts';
import { newFolder, recordsIn, setAsideIn, unwrap } from '../storage/support.ts';

const olderSchema = connectionRecordSchema.omit({ origins: true });

/** Writes the record as it was before the origins of all hosts were kept: in that shape, and under its seal. */
async function writeOlder(folder: string, record: z.infer<typeof olderSchema>): Promise<void> {
  const shape = JSON.stringify(z.toJSONSchema(olderSchema));
  const schema = createHash('sha256').update(shape).digest('hex').slice(0, 16);
  const set = await openStoredSet(
    { kind: 'connection', schema: olderSchema, names: ['connections'], nameOf: () => 'connections' },
    {
      folder,
      files: new Set(),
      openStore: confStores(folder),
      format: { ...connectionFormat(createRecordSeal(dataKey)), schema },
      isOwnVault: async () => true,
      migrations: [],
      report: (found) => {
        throw new Error(found.reason);
      },
      now: () => 1_000,
    },
  );
  unwrap(await unwrap(set).put(record));
}

describe('a connection that was made before the origins of all hosts were kept', () => {
  it('opens, is whole, and is pinned to its api alone', async () => {
    const folder = await newFolder();
    const { origins, ...older } = connectionRecord(1);
    expect(origins).toEqual({});
    await writeOlder(folder, older);
    for (const opening of ['first', 'second']) {
      const records = await recordsIn(folder);
      expect(records.setAside, opening).toEqual([]);
      expect(records.connections.all(), opening).toEqual([{ ...older, origins: {} }]);
    }
    expect(await setAsideIn(folder)).toEqual([]);
  });

  it('keeps the origins of its hosts when it is written anew', async () => {
    const folder = await newFolder();
    const { origins: _, ...older } = connectionRecord(1);
    await writeOlder(folder, older);
    const login = { ...older, origins: { login: 'https://login.example.com' } };
    unwrap(await (await recordsIn(folder)).connections.put(login));
    expect((await recordsIn(folder)).connections.all()).toEqual([login]);
  });
});
