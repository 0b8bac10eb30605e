import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { confStores } from '../../../main/storage/conf-store.ts';
import type { Migration } from '../../../main/storage/migrations/migration.ts';
import { openRecords } from '../../../main/storage/open-records.ts';
import type { Records } from '../../../main/storage/records.ts';
import type { Result } from '../../../shared/result.ts';
import { dataKey } from './records-for-tests.ts';

/** A folder of the test's own, removed when it ends. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-storage-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens the records in the folder, as the browser host does; a failure fails the test. */
export async function recordsIn(folder: string, migrations?: readonly Migration[]): Promise<Records> {
  const openStore = confStores(folder);
  return unwrap(
    await openRecords({ folder, dataKey, openStore, ...(migrations === undefined ? {} : { migrations }) }),
  );
}

/** The value of a success; a failure fails the test. */
export function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** What stands in the `set-aside` folder. */
export async function setAsideIn(folder: string): Promise<string[]> {
  return readdir(join(folder, 'set-aside')).catch(() => []);
}
