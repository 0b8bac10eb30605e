import { vi } from 'vitest';

/**
 * Waits until what is checked no longer fails, and then gives what the check gave. Patient enough for a machine that
 * has much else to do: only a check that fails for 40 seconds fails the test.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 40_000, interval: 25 });
}
