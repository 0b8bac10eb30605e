import { expect, test } from 'vitest';
import { createLive } from '../../../../renderer/screens/frame/live.ts';
import { ok, type Result } from '../../../../shared/result.ts';

/** A source whose snapshot arrives when the test says so. */
function world() {
  let tell: (next: (value: number[]) => number[]) => void = () => undefined;
  const answers: ((answer: Result<number[], never>) => void)[] = [];
  const store = createLive<number[]>({
    read: () => new Promise((resolve) => answers.push(resolve)),
    listen: (update) => {
      tell = update;
      return () => {
        tell = () => undefined;
      };
    },
  });
  const arrive = async (value: number[]) => {
    answers.shift()?.(ok(value));
    await Promise.resolve();
    await Promise.resolve();
  };
  return { store, arrive, add: (number: number) => tell((value) => [...value, number]) };
}

test('loses nothing that is told while the snapshot is on its way', async () => {
  const { store, arrive, add } = world();
  store.subscribe(() => undefined);
  add(7);
  await arrive([1]);
  add(8);
  expect(store.get()).toEqual({ state: 'ready', value: [1, 7, 8] });
});

test('forgets everything when nobody looks any more, and reads anew for the next one', async () => {
  const { store, arrive } = world();
  const leave = store.subscribe(() => undefined);
  await arrive([1]);
  leave();
  expect(store.get()).toEqual({ state: 'loading' });
  store.subscribe(() => undefined);
  await arrive([2]);
  expect(store.get()).toEqual({ state: 'ready', value: [2] });
});

test('ignores an answer that was overtaken by a later one', async () => {
  const { store, arrive } = world();
  store.subscribe(() => undefined);
  store.reload();
  await arrive([1]);
  expect(store.get()).toEqual({ state: 'loading' });
  await arrive([2]);
  expect(store.get()).toEqual({ state: 'ready', value: [2] });
});

test('shows the part that arrives first, and loses nothing that is told before the whole is there', async () => {
  let tell: (next: (value: number[]) => number[]) => void = () => undefined;
  let arriveWhole: (answer: Result<number[], never>) => void = () => undefined;
  const store = createLive<number[]>({
    readFirst: async () => ok([1]),
    read: () =>
      new Promise((resolve) => {
        arriveWhole = resolve;
      }),
    listen: (update) => {
      tell = update;
      return () => undefined;
    },
  });
  store.subscribe(() => undefined);
  await expect.poll(() => store.get()).toEqual({ state: 'ready', value: [1] });
  tell((value) => [...value, 7]);
  expect(store.get()).toEqual({ state: 'ready', value: [1, 7] });
  await new Promise((resolve) => setTimeout(resolve, 10));
  arriveWhole(ok([1, 2]));
  await expect.poll(() => store.get()).toEqual({ state: 'ready', value: [1, 2, 7] });
});
