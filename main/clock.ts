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

/** A difference between the two clocks from which on the wall clock is said to have jumped. */
const jumpFromMs = 60_000;

/**
 * [Note: a clock that jumps]
 * When a grace ends is an instant of the wall clock, so that it survives a restart. A wall clock that was set wrong would end it
 * early, and a revocation cannot be taken back. So each tick compares how far the wall clock went with how far the
 * steady one did: at the tick that sees a jump nothing ends, and at the next one only what is still due. A clock that
 * is put right meanwhile has ended nothing. A machine that slept shows a jump too, which costs it one tick. A clock set back
 * makes a grace longer, never shorter. What happened to it while the app was closed cannot be seen.
 */
export function createJumpWatch(now: () => number, steady: () => number): () => boolean {
  let apart = now() - steady();
  return () => {
    const before = apart;
    apart = now() - steady();
    return Math.abs(apart - before) >= jumpFromMs;
  };
}

/** Milliseconds on a clock that nobody sets. */
export const steadyNow = (): number => performance.now();
