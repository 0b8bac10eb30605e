import { readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FileJournal, openJournal } from '../../../main/storage/file-journal.ts';
import { isUnfinished, type Work } from '../../../shared/domain/work.ts';
import { createMemoryJournal } from '../../fakes/memory-journal.ts';
import { finished, work } from './records-for-tests.ts';
import { newFolder, setAsideIn, unwrap } from './support.ts';

async function journalIn(folder: string, compactAtBytes?: number): Promise<FileJournal> {
  const file = join(folder, 'journal.jsonl');
  return unwrap(await openJournal({ file, ...(compactAtBytes === undefined ? {} : { compactAtBytes }) }));
}

const inOrder = (works: readonly Work[]): Work[] => [...works].sort((a, b) => (a.id < b.id ? -1 : 1));

/** What is unfinished after these writes, by the rule in one line: the last one about a work counts. */
const unfinishedAfter = (writes: readonly Work[]): Work[] =>
  inOrder([...new Map(writes.map((each) => [each.id, each])).values()].filter(isUnfinished));

describe.each([
  ['in memory', async () => createMemoryJournal()],
  ['in a file', async () => journalIn(await newFolder())],
])('a journal %s', (_place, open) => {
  test('answers every work as it was last written, until it is finished', async () => {
    const journal = await open();
    expect(journal.unfinished()).toEqual([]);
    unwrap(await journal.write(work(1)));
    unwrap(await journal.write(work(2)));
    unwrap(await journal.write(work(1, { state: { step: 'created' } })));
    expect(inOrder(journal.unfinished())).toEqual([work(1, { state: { step: 'created' } }), work(2)]);
    unwrap(await journal.write(work(1, { state: finished })));
    expect(journal.unfinished()).toEqual([work(2)]);
    unwrap(await journal.write(work(2, { state: finished })));
    expect(journal.unfinished()).toEqual([]);
  });
});

test('a restart finds every work as it was last written, in whatever order the writes were asked for', async () => {
  const folder = await newFolder();
  const journal = await journalIn(folder);
  const steps: Work['state'][] = [{ step: 'creating' }, { step: 'created' }, { step: 'stored' }];
  await Promise.all([1, 2, 3].flatMap((id) => steps.map((state) => journal.write(work(id, { state })))));
  const again = await journalIn(folder);
  expect(inOrder(again.unfinished())).toEqual([1, 2, 3].map((id) => work(id, { state: { step: 'stored' } })));
  expect(again.setAside).toEqual([]);
});

describe('a file that a crash or someone else left', () => {
  test('a line that was cut short never was: kept aside, not reported, and what follows is readable', async () => {
    const folder = await newFolder();
    const file = join(folder, 'journal.jsonl');
    const journal = await journalIn(folder);
    unwrap(await journal.write(work(1)));
    unwrap(await journal.write(work(1, { state: { step: 'created' } })));
    await truncate(file, (await stat(file)).size - 5);
    const again = await journalIn(folder);
    expect(again.unfinished()).toEqual([work(1)]);
    expect(again.setAside).toEqual([]);
    expect(await setAsideIn(folder)).toHaveLength(1);
    unwrap(await again.write(work(2)));
    expect(inOrder((await journalIn(folder)).unfinished())).toEqual([work(1), work(2)]);
  });

  test('a whole last line without its line end counts', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'journal.jsonl'), JSON.stringify(work(1)));
    const journal = await journalIn(folder);
    expect(journal.unfinished()).toEqual([work(1)]);
    unwrap(await journal.write(work(2)));
    expect(inOrder((await journalIn(folder)).unfinished())).toEqual([work(1), work(2)]);
  });

  test.each([
    ['no JSON', '{"id":"wrk_'],
    ['no work', '{"id":"wrk_1","kind":"dance"}'],
    ['zeros', '\0\0\0\0'],
  ])('a line in the middle that is %s is set aside and reported; the others count', async (_, line) => {
    const folder = await newFolder();
    const file = join(folder, 'journal.jsonl');
    const text = `${JSON.stringify(work(1))}\n${line}\n${JSON.stringify(work(2))}\n`;
    await writeFile(file, text);
    const journal = await journalIn(folder);
    expect(inOrder(journal.unfinished())).toEqual([work(1), work(2)]);
    expect(journal.setAside.map(({ reason }) => reason)).toEqual(['unreadable']);
    expect(await readFile(journal.setAside[0]?.file ?? '', 'utf8')).toBe(text);
    const again = await journalIn(folder);
    expect(again.setAside).toEqual([]);
    expect(inOrder(again.unfinished())).toEqual([work(1), work(2)]);
  });

  test('a file in a folder that cannot be used is a failure, not an empty journal', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'data'), '');
    expect(await openJournal({ file: join(folder, 'data', 'journal.jsonl') })).toMatchObject({
      ok: false,
      error: { code: 'storage-failed' },
    });
  });
});

describe('the size of the file', () => {
  test('is one line when all work is finished', async () => {
    const folder = await newFolder();
    const journal = await journalIn(folder);
    unwrap(await journal.write(work(1)));
    unwrap(await journal.write(work(1, { state: finished })));
    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toBe('{"version":1}\n');
  });

  test('stays bounded while one piece of work goes on and others come and go', async () => {
    const folder = await newFolder();
    const journal = await journalIn(folder, 4_000);
    unwrap(await journal.write(work(0)));
    for (let id = 1; id <= 40; id += 1) {
      unwrap(await journal.write(work(id)));
      unwrap(await journal.write(work(id, { state: finished })));
    }
    expect((await stat(join(folder, 'journal.jsonl'))).size).toBeLessThan(5_000);
    expect((await journalIn(folder)).unfinished()).toEqual([work(0)]);
  });
});

test.skipIf(process.platform !== 'linux')('a full disk is a failure; the state before stays', async () => {
  const folder = await newFolder();
  const file = join(folder, 'journal.jsonl');
  const journal = await journalIn(folder);
  unwrap(await journal.write(work(1)));
  await rename(file, `${file}.real`);
  await symlink('/dev/full', file);
  expect(await journal.write(work(1, { state: { step: 'created' } }))).toMatchObject({
    ok: false,
    error: { code: 'storage-failed', file, reason: 'ENOSPC' },
  });
  expect(journal.unfinished()).toEqual([work(1)]);
  await rm(file);
  await rename(`${file}.real`, file);
  unwrap(await journal.write(work(2)));
  expect(inOrder((await journalIn(folder)).unfinished())).toEqual([work(1), work(2)]);
});

test('wherever the file is cut, what is read is the state after some number of its first writes', async () => {
  const folder = await newFolder();
  const file = join(folder, 'journal.jsonl');
  const states: Work['state'][] = [
    { step: 'creating' },
    { step: 'created' },
    { step: 'retiring', until: 5 },
    finished,
  ];
  const aWrite = fc.record({ id: fc.integer({ min: 1, max: 3 }), state: fc.constantFrom(...states) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(aWrite, { maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (plan, share) => {
        await rm(file, { force: true });
        const journal = await journalIn(folder);
        const writes = plan.map(({ id, state }) => work(id, { state }));
        for (const each of writes) unwrap(await journal.write(each));
        expect(inOrder(journal.unfinished())).toEqual(unfinishedAfter(writes));
        expect(inOrder((await journalIn(folder)).unfinished())).toEqual(unfinishedAfter(writes));
        const text = await readFile(file, 'utf8').catch(() => '');
        // A file without its first line is one that was damaged, not cut short.
        const cutAt = Math.max(1, Math.floor(text.length * share));
        await truncate(file, cutAt);
        // What a compaction dropped came before everything that is in the file, behind its first line.
        const dropped = writes.length - (wholeLines(text) - 1);
        const cut = await journalIn(folder);
        expect(inOrder(cut.unfinished())).toEqual(
          unfinishedAfter(writes.slice(0, dropped + Math.max(0, wholeLines(text.slice(0, cutAt)) - 1))),
        );
        expect(cut.setAside).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

/** How many of the lines are whole; a line that was cut anywhere is no JSON. */
function wholeLines(text: string): number {
  return text.split('\n').filter((line) => {
    try {
      return JSON.parse(line) !== null;
    } catch {
      return false;
    }
  }).length;
}
