import { setTimeout as wait } from 'node:timers/promises';

/** The time, as a thing that is handed in. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Answers after that many milliseconds, at the earliest. */
  sleep(ms: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    await wait(ms);
  },
};
