import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createLine, createTurns } from '../../main/turns.ts';

/** Tasks that write down when they begin and end, each as long as it is told. */
function diary() {
  const lines: string[] = [];
  const task = (name: string, lastsMs: number) => async () => {
    lines.push(`${name} begins`);
    await wait(lastsMs);
    lines.push(`${name} ends`);
    return name;
  };
  return { lines, task };
}

const oneByOne = ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'];

describe('Tasks of one name', () => {
  test('run one after the other in the order of the calls, however long each takes', async () => {
    const { lines, task } = diary();
    const inTurn = createTurns();
    const turns = [inTurn('x', task('a', 20)), inTurn('x', task('b', 1)), inTurn('x', task('c', 5))];
    expect(await Promise.all(turns)).toEqual(['a', 'b', 'c']);
    expect(lines).toEqual(oneByOne);
  });

  test('do not wait for those of another name', async () => {
    const { lines, task } = diary();
    const inTurn = createTurns();
    await Promise.all([inTurn('x', task('a', 20)), inTurn('y', task('b', 1))]);
    expect(lines).toEqual(['a begins', 'b begins', 'b ends', 'a ends']);
  });

  test('go on after one that failed, which tells its own caller only', async () => {
    const { lines, task } = diary();
    const inTurn = createTurns();
    const failing = inTurn('x', async () => {
      await wait(5);
      throw new Error('no');
    });
    const next = inTurn('x', task('b', 1));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('b');
    expect(lines).toEqual(['b begins', 'b ends']);
  });

  test('wait for one that is under way, also when others of the name have ended', async () => {
    const { lines, task } = diary();
    const inTurn = createTurns();
    const a = inTurn('x', task('a', 1));
    const b = inTurn('x', task('b', 20));
    await a;
    await Promise.all([b, inTurn('x', task('c', 1))]);
    expect(lines).toEqual(oneByOne);
  });
});

describe('One line for all', () => {
  test('runs one task at a time, also after a failure', async () => {
    const { lines, task } = diary();
    const inLine = createLine();
    const a = inLine(task('a', 10));
    const failing = inLine(() => Promise.reject(new Error('no')));
    const rest = [inLine(task('b', 5)), inLine(task('c', 1))];
    await expect(failing).rejects.toThrow('no');
    await Promise.all([a, ...rest]);
    expect(lines).toEqual(oneByOne);
  });
});
