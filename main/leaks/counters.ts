/** Numbers that all threads of a search share; each is a whole number below 2 ** 31. */
export interface Counters {
  readonly shared: SharedArrayBuffer;
  add(name: CounterName, by?: number): void;
  /** Takes one off, unless nothing is left. */
  take(name: CounterName): boolean;
  get(name: CounterName): number;
}

/**
 * `stopped`: above 0 nothing more is done. `hungry`: threads that have nothing to do. `files`, `kibibytes`: searched so far.
 * `found`: places told so far.
 */
export type CounterName = 'stopped' | 'hungry' | 'files' | 'kibibytes' | 'found';

const names: readonly CounterName[] = ['stopped', 'hungry', 'files', 'kibibytes', 'found'];

/** New counters, or those that another thread has made. */
export function createCounters(shared = new SharedArrayBuffer(names.length * 4)): Counters {
  const numbers = new Int32Array(shared);
  return {
    shared,
    add(name, by = 1) {
      Atomics.add(numbers, names.indexOf(name), by);
    },
    take(name) {
      const index = names.indexOf(name);
      for (;;) {
        const left = Atomics.load(numbers, index);
        if (left <= 0) return false;
        if (Atomics.compareExchange(numbers, index, left, left - 1) === left) return true;
      }
    },
    get: (name) => Atomics.load(numbers, names.indexOf(name)),
  };
}
