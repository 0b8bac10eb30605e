/**
 * How long this thread itself worked, in milliseconds. Other than the time on the clock it is the same on a machine that
 * has much else to do.
 */
export function threadMs(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  return msSince(before);
}

/** How long this thread worked at most without letting anything else have its turn while the task ran, in milliseconds. */
export async function longestTurnMs(task: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let before = process.threadCpuUsage();
  const noteTurn = () => {
    longest = Math.max(longest, msSince(before));
    before = process.threadCpuUsage();
  };
  const ticking = setInterval(noteTurn, 1);
  try {
    await task();
  } finally {
    clearInterval(ticking);
  }
  noteTurn();
  return longest;
}

function msSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
