import type { Log } from '../../main/log.ts';
import { type CauseDescription, describeCause, redact } from '../../main/redact.ts';

/** A log in memory, redacted like the real one; references are `ref-1`, `ref-2`, … */
export function createMemoryLog() {
  const failures: { ref: string; where: string; cause: CauseDescription }[] = [];
  const notes: { where: string; words: string }[] = [];
  const log: Log = {
    failed(where, cause) {
      const ref = `ref-${failures.length + 1}`;
      failures.push({ ref, where: redact(where), cause: describeCause(cause) });
      return ref;
    },
    note(where, words) {
      notes.push({ where: redact(where), words: redact(words) });
    },
  };
  return { ...log, failures, notes };
}
