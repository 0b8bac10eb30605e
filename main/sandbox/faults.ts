import { z } from 'zod';

/** A way in which the sandbox can be told to misbehave. `after acting` ones do what was asked and spoil the answer. */
export const faultSchema = z.strictObject({
  system: z.string().default('bearer-rest'),
  operation: z.string(),
  fault: z.enum([
    /** Acts, then closes the connection without an answer. */
    'drop-after-acting',
    /** Closes the connection without acting. */
    'drop',
    /** Acts, then answers after `ms`. */
    'delay',
    '429',
    '500',
    /** Acts, then answers 500. */
    '500-after-acting',
    '401',
    '403',
    '404',
    /** Acts, then answers 200 and something that is not JSON. */
    'not-json',
    /** Acts, then answers 100 MB. */
    'huge',
    /** Answers 307 to `to`, without acting. */
    'redirect',
  ]),
  /** How often, before it behaves again. */
  times: z.int().positive().default(1),
  ms: z.int().min(0).default(1000),
  retryAfterSeconds: z.int().min(0).nullable().default(null),
  to: z.string().default('https://elsewhere.example'),
});
export type Fault = z.infer<typeof faultSchema>;

/** One answered call: never what was in it. */
export interface LogEntry {
  readonly system: string;
  readonly operation: string;
  readonly fault: string | null;
}

/** The faults that are still to happen, and what has happened. */
export interface FaultDesk {
  add(fault: Fault): void;
  /** The fault that this call shall meet, counted off, or null. */
  take(system: string, operation: string): Fault | null;
  record(entry: LogEntry): void;
  log(): { readonly calls: readonly LogEntry[]; readonly counts: Readonly<Record<string, number>> };
}

/** A desk without any fault. Faults of one operation happen in the order they were set. */
export function createFaultDesk(): FaultDesk {
  const waiting: { fault: Fault; left: number }[] = [];
  const calls: LogEntry[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.times }),
    take(system, operation) {
      const found = waiting.find(
        ({ fault, left }) => left > 0 && fault.system === system && fault.operation === operation,
      );
      if (found === undefined) return null;
      found.left -= 1;
      return found.fault;
    },
    record: (entry) => void calls.push(entry),
    log() {
      const counts: Record<string, number> = {};
      for (const { system, operation } of calls) {
        const name = `${system}.${operation}`;
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return { calls, counts };
    },
  };
}
