import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSearchRun } from '../../main/search-run.ts';
import type { SearchProgress } from '../../shared/ipc/search.contract.ts';
import { done, fail, ok } from '../../shared/result.ts';

const at = (files: number, doing: SearchProgress['doing'] = 'finding'): SearchProgress => ({
  doing,
  done: files,
  total: null,
  unit: 'files',
  found: 0,
});

function aRun() {
  const announced: (SearchProgress | null)[] = [];
  return { announced, run: createSearchRun({ announce: (progress) => announced.push(progress) }) };
}

it('answers what the search answers, and tells the page of its end', async () => {
  const { run, announced } = aRun();
  expect(await run.start(async () => ok(7))).toEqual(ok(7));
  expect(await run.start(async () => fail({ code: 'folder-gone' }))).toEqual(fail({ code: 'folder-gone' }));
  expect(announced).toEqual([null, null]);
});

it('runs one search at a time, and the next when it has ended', async () => {
  const { run } = aRun();
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = run.start(async () => promise.then(() => done));
  expect(await run.start(async () => done)).toEqual(fail({ code: 'search-running' }));
  resolve();
  expect(await first).toEqual(done);
  expect(await run.start(async () => done)).toEqual(done);
});

it('keeps what a search has found that is cancelled, and then others may run', async () => {
  const { run, announced } = aRun();
  const begun = run.start(async (signal, progress) => {
    while (!signal.aborted) await wait(5);
    progress(at(1));
    return ok('what it has');
  });
  const running = await run.start(async () => done);
  run.cancel();
  expect(await begun).toEqual(ok('what it has'));
  expect(running).toEqual(fail({ code: 'search-running' }));
  expect(announced).toEqual([null]);
  run.cancel();
  expect(await run.start(async (signal) => ok(signal.aborted))).toEqual(ok(false));
});

it('ends a search that is cancelled and cannot answer as cancelled', async () => {
  const { run } = aRun();
  const begun = run.start(async (signal) => {
    while (!signal.aborted) await wait(5);
    return fail({ code: 'folder-gone' });
  });
  run.cancel();
  expect(await begun).toEqual(fail({ code: 'search-cancelled' }));
});

it('ends a search that throws, for it or because it was cancelled', async () => {
  const { run, announced } = aRun();
  const broken = run.start(async () => {
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
  const cancelled = run.start(async (signal) => {
    run.cancel();
    signal.throwIfAborted();
    return done;
  });
  expect(await cancelled).toEqual(fail({ code: 'search-cancelled' }));
  expect(announced).toEqual([null, null]);
});

it('tells the page of progress at most a few times a second, and at once when it does something else', async () => {
  const { run, announced } = aRun();
  await run.start(async (_, progress) => {
    for (let files = 0; files < 1000; files += 1) progress(at(files));
    progress(at(0, 'searching-history'));
    await wait(120);
    progress(at(5, 'searching-history'));
    return done;
  });
  expect(announced).toEqual([at(0), at(0, 'searching-history'), at(5, 'searching-history'), null]);
});
