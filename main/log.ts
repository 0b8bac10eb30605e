import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { describeCause, redact } from './redact.ts';

/** The local log: for the owner of this machine, without a secret in it. */
export interface Log {
  /** Records what went wrong at `where`, redacted, and answers the reference that it stands under. Never throws. */
  failed(where: string, cause: unknown): string;
  /** Records something worth knowing, redacted. Never throws. */
  note(where: string, words: string): void;
}

/** What a log needs of the world. `random` answers that many random bytes. */
export interface LogOptions {
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: (bytes: number) => Uint8Array;
  /** At this size the file becomes `keyturn.1.log`, which replaces the one before it. */
  readonly limitBytes?: number;
}

/**
 * Opens the log `keyturn.log` in `folder`: one JSON line per entry, readable by its owner only, at most twice
 * `limitBytes` (1 MiB unless told) on disk.
 */
export function createLog({ folder, clock, random, limitBytes = 1_048_576 }: LogOptions): Log {
  const file = join(folder, 'keyturn.log');

  function append(entry: Record<string, unknown>): void {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (sizeOf(file) >= limitBytes) renameSync(file, join(folder, 'keyturn.1.log'));
      appendFileSync(file, `${JSON.stringify({ at: new Date(clock.now()).toISOString(), ...entry })}\n`, {
        mode: 0o600,
      });
    } catch {
      // A full or read-only disk must not turn a failure that is being reported into another one.
    }
  }

  return {
    failed(where, cause) {
      const ref = Buffer.from(random(5)).toString('hex');
      append({ ref, where: redact(where), cause: describeCause(cause) });
      return ref;
    },
    note(where, words) {
      append({ where: redact(where), words: redact(words) });
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
