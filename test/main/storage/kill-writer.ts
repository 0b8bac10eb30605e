import { join } from 'node:path';
import { confStores } from '../../../main/storage/conf-store.ts';
import { openActivity } from '../../../main/storage/file-activity.ts';
import { openJournal } from '../../../main/storage/file-journal.ts';
import { openRecords } from '../../../main/storage/open-records.ts';
import type { Result } from '../../../shared/result.ts';
import { connectionRecord, dataKey, work } from './records-for-tests.ts';

/** The program that `kill.test.ts` kills. Prints a number as soon as everything of that number was reported as written. */
const folder = process.argv[2] ?? '';

function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const { connections } = unwrap(await openRecords({ folder, dataKey, openStore: confStores(folder) }));
const journal = unwrap(await openJournal({ file: join(folder, 'journal.jsonl'), compactAtBytes: 1_000 }));
const activity = unwrap(await openActivity({ folder: join(folder, 'activity'), maxBytes: 2_000 }));

for (let turn = 1; ; turn += 1) {
  const entry = { event: 'key-checked', keyId: null, connectionId: null, subject: '', detail: '' } as const;
  const written = await Promise.all([
    connections.put(connectionRecord(1, { name: `${turn}` })),
    journal.write(work(1, { updatedAt: turn })),
    activity.add({ ...entry, at: turn }),
  ]);
  written.forEach(unwrap);
  process.stdout.write(`${turn}\n`);
}
