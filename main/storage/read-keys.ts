import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../shared/domain/failure.ts';
import { type KeyRecord, keyRecordSchema } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import { migrate, type StoredRecord } from './migrations/migration.ts';
import { keyFormat } from './open-records.ts';
import { createRecordSeal, textOf } from './record-seal.ts';
import { decodeShard } from './shard-file.ts';
import { keyShardNames } from './shard-names.ts';
import { storageFailed } from './storage-failure.ts';
import { parseObject } from './store-like.ts';

/**
 * Reads the key records in the folder beside an app that may be running, and changes nothing: nothing is repaired, brought
 * to another version, or set aside. Records that nobody with the data key has written are left out, as are those that
 * cannot be read; `damaged` tells that there are such.
 */
export async function readKeyRecords(
  folder: string,
  dataKey: Uint8Array,
): Promise<Result<{ keys: KeyRecord[]; damaged: boolean }, Failure<'storage-failed'>>> {
  const format = keyFormat(createRecordSeal(dataKey));
  const keys: KeyRecord[] = [];
  let damaged = false;
  try {
    const files = new Set(await readdir(folder));
    for (const name of keyShardNames.filter((each) => files.has(`${each}.json`))) {
      const content = decodeShard(
        format,
        name,
        parseObject(await readFile(join(folder, `${name}.json`), 'utf8')),
      );
      if (content.state !== 'read') {
        damaged = true;
        continue;
      }
      if (!content.whole) damaged = true;
      for (const [id, entry] of content.sound) {
        const stored = JSON.parse(textOf(entry)) as StoredRecord;
        const parsed = keyRecordSchema.safeParse(migrate(allMigrations, 'key', content.version, stored));
        if (parsed.success && parsed.data.id === id) keys.push(parsed.data);
        else damaged = true;
      }
    }
    return ok({ keys, damaged });
  } catch (error) {
    return fail(storageFailed(folder, error));
  }
}
