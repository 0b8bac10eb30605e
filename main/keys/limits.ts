/** How many calls may be under way: for each name, and altogether. */
export interface Limits {
  readonly perName: number;
  readonly overall: number;
}

/** How many calls to the provider of one connection, and to all providers, many pieces of work make at the same time. */
export const callsAtOnce: Limits = { perName: 3, overall: 12 };

/** How many rotations that is: while some write and read here, others use the calls that are free. */
export const rotationsAtOnce: Limits = { perName: 6, overall: 24 };

/** Does the task as soon as there is room for one more of its name. */
export type WithinLimits = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/** A waiting room with these limits: tasks of one name begin in the order of the calls, and those of a busy one hold up no other. */
export function createLimits({ perName, overall }: Limits): WithinLimits {
  const waiting = new Map<string, (() => Promise<void>)[]>();
  const busy = new Map<string, number>();
  let total = 0;

  function beginNext(): void {
    for (const [name, tasks] of waiting) {
      while (total < overall && (busy.get(name) ?? 0) < perName) {
        const task = tasks.shift();
        if (task === undefined) break;
        void begin(name, task);
      }
      if (tasks.length === 0) waiting.delete(name);
      if (total >= overall) return;
    }
  }

  async function begin(name: string, task: () => Promise<void>): Promise<void> {
    count(name, 1);
    await task();
    count(name, -1);
    beginNext();
  }

  function count(name: string, change: 1 | -1): void {
    total += change;
    const now = (busy.get(name) ?? 0) + change;
    if (now === 0) busy.delete(name);
    else busy.set(name, now);
  }

  return (name, task) =>
    new Promise((resolve, reject) => {
      const tasks = waiting.get(name) ?? [];
      tasks.push(() => task().then(resolve, reject));
      waiting.set(name, tasks);
      beginNext();
    });
}
