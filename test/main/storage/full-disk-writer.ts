import { join } from 'node:path';
import { confStores } from '../../../main/storage/conf-store.ts';
import { openActivity } from '../../../main/storage/file-activity.ts';
import { openJournal } from '../../../main/storage/file-journal.ts';
import { openRecords } from '../../../main/storage/open-records.ts';
import type { Result } from '../../../shared/result.ts';
import { connectionRecord, dataKey, work } from './records-for-tests.ts';

/** The program that `full-disk.test.ts` runs where files cannot grow. Prints what its writes answered. */
const [task = '', folder = ''] = process.argv.slice(2);
const big = { settings: { note: 'x'.repeat(20_000) } };

function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function writeRecord(number: number): Promise<unknown> {
  const openStore = confStores(folder);
  const { connections } = unwrap(await openRecords({ folder, dataKey, openStore }));
  const put = await connections.put(connectionRecord(number, big));
  return { put, names: connections.all().map(({ name }) => name) };
}

async function writeLines(): Promise<unknown> {
  const journal = unwrap(await openJournal({ file: join(folder, 'journal.jsonl') }));
  const activity = unwrap(await openActivity({ folder: join(folder, 'activity') }));
  const results: Record<string, unknown> = {};
  for (let turn = 0; turn < 60; turn += 1) {
    results.journal = await journal.write(work(turn));
    results.activity = await activity.add({
      at: turn,
      event: 'key-checked',
      keyId: null,
      connectionId: null,
      subject: 'x'.repeat(300),
      detail: '',
    });
  }
  return results;
}

const tasks: Record<string, () => Promise<unknown>> = {
  records: () => writeRecord(3),
  'first-record': () => writeRecord(1),
  lines: writeLines,
};
// Unheard, the signal ends the process, which a full disk does not.
process.on('SIGXFSZ', () => undefined);
process.stdout.write(JSON.stringify(await tasks[task]?.()));
