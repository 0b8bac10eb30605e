import { useSyncExternalStore } from 'react';

const tickMs = 30_000;
const staleMs = 1_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function tick(): void {
  now = Date.now();
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // What has just happened must not be told as yet to come because the clock was last looked at before.
  if (Date.now() - now > staleMs) tick();
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/**
 * The time, in milliseconds since 1970, renewed for all who look at it together: every 30 seconds, and
 * whenever somebody new looks.
 */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
