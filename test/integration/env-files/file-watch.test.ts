import { spawnSync } from 'node:child_process';
import { type FSWatcher, watch as watchPath } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileWatch } from '../../../main/env-files/file-watch.ts';
import { createFileWatch, type FileWatchOptions } from '../../../main/env-files/file-watch-by-folder.ts';
import { systemError } from '../../main/env-files/failing-file-system.ts';

const SETTLE_MS = 30;
/** Long enough for a watch to be in place, and for what it had to tell to be told. */
const QUIET_MS = 150;
const POLL_MS = 100;
const NEVER_MS = 3_600_000;

let root: string;
let file: string;
let watches: FileWatch[] = [];
beforeEach(async () => {
  root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-watch-')));
  file = path.join(root, 'project', '.env');
  await fs.mkdir(path.dirname(file));
  await fs.writeFile(file, 'A=1\n');
});
afterEach(async () => {
  for (const watch of watches) await watch.stop();
  watches = [];
  await fs.rm(root, { recursive: true });
});

/** Lets what is due come. In many small steps, so that a process that was held up has many turns all the same. */
async function quiet(): Promise<void> {
  for (let waited = 0; waited < QUIET_MS; waited += 10) await wait(10);
}

/** Watches, and lets a test do something and learn which files were told of after it. */
async function watching(files: readonly string[], options: FileWatchOptions = {}) {
  let told: string[][] = [];
  const watch = createFileWatch((changed) => told.push([...changed]), {
    settleMs: SETTLE_MS,
    pollMs: NEVER_MS,
    ...options,
  });
  watches.push(watch);
  watch.watch(files);
  await quiet();
  return {
    watch,
    async toldAfter(act: () => Promise<unknown>): Promise<string[]> {
      told = [];
      await act();
      await expect.poll(() => told.length, { timeout: 40_000 }).toBeGreaterThan(0);
      await quiet();
      return [...new Set(told.flat())];
    },
    async quietAfter(act: () => Promise<unknown>): Promise<string[][]> {
      told = [];
      await act();
      await quiet();
      return told;
    },
  };
}

const write = (text: string, name = file) => fs.writeFile(name, text);
async function replace(text: string, name = file) {
  await fs.writeFile(`${name}.new`, text);
  await fs.rename(`${name}.new`, name);
}

describe('What is told of a watched file', () => {
  it('nothing while nothing changes, whatever happens beside it and to who reads it', async () => {
    const { quietAfter } = await watching([file]);
    expect(await quietAfter(() => fs.readFile(file))).toEqual([]);
    expect(await quietAfter(() => write('x', path.join(root, 'project', 'other')))).toEqual([]);
  });

  it('that it was written, again and again', async () => {
    const { toldAfter } = await watching([file]);
    for (const text of ['A=2\n', 'A=3\n', 'A=4\n'])
      expect(await toldAfter(() => write(text))).toEqual([file]);
  });

  it('that an editor put another in its place, again and again', async () => {
    const { toldAfter } = await watching([file]);
    for (const text of ['A=2\n', 'A=3\n', 'A=4\n'])
      expect(await toldAfter(() => replace(text))).toEqual([file]);
  });

  it('that an editor moved it away and wrote it anew, as vim does, and what comes after', async () => {
    const { toldAfter } = await watching([file]);
    await toldAfter(async () => {
      await fs.rename(file, `${file}~`);
      await wait(SETTLE_MS);
      await write('A=2\n');
      await fs.unlink(`${file}~`);
    });
    expect(await toldAfter(() => write('A=3\n'))).toEqual([file]);
  });

  it('that it went, came back, and was written', async () => {
    const { toldAfter } = await watching([file]);
    expect(await toldAfter(() => fs.unlink(file))).toEqual([file]);
    expect(await toldAfter(() => write('A=2\n'))).toEqual([file]);
    expect(await toldAfter(() => write('A=3\n'))).toEqual([file]);
  });

  it('that it has come, where it was not there before', async () => {
    const later = path.join(root, 'project', '.env.local');
    const { toldAfter } = await watching([later]);
    expect(await toldAfter(() => write('A=1\n', later))).toEqual([later]);
  });

  it('what changes right after it was asked for', async () => {
    const { toldAfter } = await watching([]);
    const last = watches.at(-1);
    expect(
      await toldAfter(async () => {
        last?.watch([file]);
        await write('A=2\n');
      }),
    ).toEqual([file]);
  });

  it('only for the file that changed, of many in one folder', async () => {
    const many = Array.from({ length: 20 }, (_, index) => path.join(root, 'project', `.env.${index}`));
    for (const name of many) await write('A=1\n', name);
    const { toldAfter } = await watching(many);
    expect(await toldAfter(() => write('A=2\n', many[7]))).toEqual([many[7]]);
  });

  it('no more than a few times a second, however often it is written', async () => {
    const { quietAfter } = await watching([file], { settleMs: 150 });
    const began = performance.now();
    const told = await quietAfter(async () => {
      for (let turn = 0; turn < 50; turn += 1) {
        await write(`A=${turn}\n`);
        await wait(10);
      }
    });
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThan((performance.now() - began) / 150 + 2);
  });

  it('nothing once another file is wanted instead', async () => {
    const other = path.join(root, 'other.env');
    const { watch, quietAfter, toldAfter } = await watching([file]);
    watch.watch([other]);
    await quiet();
    expect(await quietAfter(() => write('A=2\n'))).toEqual([]);
    expect(await toldAfter(() => write('A=2\n', other))).toEqual([other]);
  });

  it('nothing once it was stopped', async () => {
    const { watch, quietAfter } = await watching([file], { pollMs: POLL_MS });
    await watch.stop();
    expect(await quietAfter(() => write('A=2\n'))).toEqual([]);
    watch.watch([file]);
    expect(await quietAfter(() => write('A=3\n'))).toEqual([]);
  });
});

describe('Links are followed', () => {
  it.each([
    ['written', write],
    ['replaced', replace],
  ])('to a file elsewhere that is %s', async (_, change) => {
    const target = path.join(root, 'shared.env');
    const link = path.join(root, 'project', '.env.link');
    await write('A=1\n', target);
    await fs.symlink('../shared.env', link);
    const { toldAfter } = await watching([link]);
    for (const text of ['A=2\n', 'A=3\n'])
      expect(await toldAfter(() => change(text, target))).toEqual([link]);
  });

  it('to the next file, when the link is changed', async () => {
    const link = path.join(root, 'project', '.env.link');
    await write('A=1\n', path.join(root, 'one'));
    await write('A=1\n', path.join(root, 'two'));
    await fs.symlink('../one', link);
    const { toldAfter } = await watching([link]);
    const relink = async () => {
      await fs.symlink('../two', `${link}.new`);
      await fs.rename(`${link}.new`, link);
    };
    expect(await toldAfter(relink)).toEqual([link]);
    expect(await toldAfter(() => write('A=2\n', path.join(root, 'two')))).toEqual([link]);
  });
});

describe('What sends no signs is looked at every few seconds', () => {
  it('a folder that goes and comes back', async () => {
    const { toldAfter } = await watching([file], { pollMs: POLL_MS });
    expect(await toldAfter(() => fs.rm(path.dirname(file), { recursive: true }))).toEqual([file]);
    await fs.mkdir(path.dirname(file));
    expect(await toldAfter(() => write('A=1\n'))).toEqual([file]);
    expect(await toldAfter(() => write('A=2\n'))).toEqual([file]);
  });

  it('a folder that is not there yet, with its parents', async () => {
    const deep = path.join(root, 'a', 'b', '.env');
    const { toldAfter } = await watching([deep], { pollMs: POLL_MS });
    expect(
      await toldAfter(async () => {
        await fs.mkdir(path.dirname(deep), { recursive: true });
        await write('A=1\n', deep);
      }),
    ).toEqual([deep]);
    expect(await toldAfter(() => replace('A=2\n', deep))).toEqual([deep]);
  });

  it('another folder in the place of the one that was watched, also of its parent', async () => {
    const deep = path.join(root, 'project', 'app', '.env');
    await fs.mkdir(path.dirname(deep));
    await write('A=1\n', deep);
    const { toldAfter } = await watching([deep], { pollMs: POLL_MS });
    expect(
      await toldAfter(async () => {
        await fs.rename(path.join(root, 'project'), path.join(root, 'moved'));
        await fs.mkdir(path.dirname(deep), { recursive: true });
        await write('A=2\n', deep);
      }),
    ).toEqual([deep]);
    expect(await toldAfter(() => write('A=3\n', deep))).toEqual([deep]);
  });

  it('a file that is written by another of its names', async () => {
    await fs.link(file, path.join(root, 'twin'));
    const { toldAfter } = await watching([file], { pollMs: POLL_MS });
    expect(await toldAfter(() => write('A=2\n', path.join(root, 'twin')))).toEqual([file]);
  });

  it.each(['ENOSPC', 'EMFILE'])('all files, where the system watches no more folders (%s)', async (code) => {
    const refuse = () => {
      throw systemError(code);
    };
    const { toldAfter } = await watching([file], {
      pollMs: POLL_MS,
      watchFolder: refuse as typeof watchPath,
    });
    expect(await toldAfter(() => write('A=2\n'))).toEqual([file]);
    expect(await toldAfter(() => fs.unlink(file))).toEqual([file]);
  });

  it('a file whose watch failed later', async () => {
    const made: FSWatcher[] = [];
    const remember = ((...args: Parameters<typeof watchPath>) => {
      const watcher = watchPath(...args);
      made.push(watcher);
      return watcher;
    }) as typeof watchPath;
    const { toldAfter } = await watching([file], { pollMs: POLL_MS, watchFolder: remember });
    made[0]?.emit('error', systemError('EIO'));
    expect(await toldAfter(() => write('A=2\n'))).toEqual([file]);
  });
});

it('watches a folder once, however many files lie in it', async () => {
  let count = 0;
  const counted = ((...args: Parameters<typeof watchPath>) => {
    count += 1;
    return watchPath(...args);
  }) as typeof watchPath;
  const many = Array.from({ length: 500 }, (_, index) => path.join(root, 'project', `.env.${index}`));
  const { toldAfter } = await watching(many, { watchFolder: counted });
  expect(await toldAfter(() => write('A=1\n', many[499]))).toEqual([many[499]]);
  expect(count).toBe(1);
});

it('keeps no process from ending', () => {
  const watch = path.join(import.meta.dirname, '../../../main/env-files/file-watch-by-folder.ts');
  const program = `
    import { createFileWatch } from ${JSON.stringify(watch)};
    createFileWatch(() => undefined).watch([${JSON.stringify(file)}]);
    await new Promise((resolve) => setTimeout(resolve, 300));`;
  const args = ['--input-type=module', '-e', program];
  expect(spawnSync(process.execPath, args, { timeout: 60_000 })).toMatchObject({ status: 0, signal: null });
});
