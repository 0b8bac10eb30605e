import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openActivity } from '../../../main/storage/file-activity.ts';
import { openJournal } from '../../../main/storage/file-journal.ts';
import { newFolder, recordsIn, unwrap } from './support.ts';

const writer = join(import.meta.dirname, 'kill-writer.ts');

/** Runs the writer, kills it in the middle of its work, and answers the last number that it had reported. */
async function killedAfter(folder: string, reports: number): Promise<number> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    if (output.split('\n').length > reports) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1));
}

test.each([1, 7, 40, 90])(
  'whatever was reported as written is there after the process was killed (%i)',
  async (reports) => {
    const folder = await newFolder();
    const reported = await killedAfter(folder, reports);
    expect(reported).toBeGreaterThanOrEqual(reports);
    const oneOf = [reported, reported + 1];

    const records = await recordsIn(folder);
    expect(records.setAside).toEqual([]);
    expect(oneOf).toContain(Number(records.connections.all()[0]?.name));
    expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);

    const journal = unwrap(await openJournal({ file: join(folder, 'journal.jsonl') }));
    expect(journal.setAside).toEqual([]);
    expect(oneOf).toContain(journal.unfinished()[0]?.updatedAt);

    const activity = unwrap(await openActivity({ folder: join(folder, 'activity'), maxBytes: 2_000 }));
    const instants = (await activity.page(null, 1_000)).entries.map(({ at }) => at);
    expect(oneOf).toContain(instants[0]);
    expect(instants).toEqual(
      Array.from({ length: instants.length }, (_, index) => (instants[0] ?? 0) - index),
    );
    expect(instants.at(-1)).toBe(1);
  },
);
