/** The middle one of the times; the upper of two. NaN without any. */
export function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** How long each of `count` turns takes, in milliseconds, one after the other. */
export async function timesOf(count: number, act: (turn: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const start = performance.now();
    await act(turn);
    times.push(performance.now() - start);
  }
  return times;
}
