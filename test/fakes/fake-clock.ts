import type { Clock } from '../../main/clock.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Moves the time on and wakes every sleeper whose time has come, in the order of their times. */
  advance(ms: number): void;
  /** Sets the time, also back; sleepers wake as if by `advance` when it moved on. */
  set(ms: number): void;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function createFakeClock(start: number): FakeClock {
  let now = start;
  let sleepers: Sleeper[] = [];

  const wakeThoseDue = (): void => {
    const due = sleepers.filter((sleeper) => sleeper.at <= now).sort((a, b) => a.at - b.at);
    sleepers = sleepers.filter((sleeper) => sleeper.at > now);
    for (const sleeper of due) sleeper.wake();
  };

  const set = (ms: number): void => {
    now = ms;
    wakeThoseDue();
  };

  return {
    now: () => now,
    sleep: (ms) => {
      if (ms <= 0) return Promise.resolve();
      return new Promise((wake) => {
        sleepers.push({ at: now + ms, wake });
      });
    },
    advance: (ms) => set(now + ms),
    set,
  };
}
