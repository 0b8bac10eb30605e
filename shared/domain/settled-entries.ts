import type { ActivityEntry, ActivityEvent } from './activity.ts';

/**
 * Entries, newest first, without those that only say that a file was about to be written where it is told what came of it.
 * One that is left was cut short: nobody knows whether the value reached its file.
 */
export function settledEntries(entries: readonly ActivityEntry[]): ActivityEntry[] {
  const settled = new Map<string, number>();
  return entries.filter(({ event, keyId, detail }) => {
    const outcome = outcomeOf(event, detail);
    if (outcome !== null) {
      const at = `${keyId} ${outcome}`;
      settled.set(at, (settled.get(at) ?? 0) + 1);
      return true;
    }
    if (event !== 'target-writing') return true;
    const left = settled.get(`${keyId} ${detail}`) ?? 0;
    settled.set(`${keyId} ${detail}`, Math.max(0, left - 1));
    return left === 0;
  });
}

/** The file that an entry says was written, or was not; null where it says neither. */
function outcomeOf(event: ActivityEvent, detail: string): string | null {
  if (event === 'target-written') return detail;
  return event === 'target-not-written' ? notWrittenOf(detail).file : null;
}

/** What `target-not-written` tells: the failure's code, and the file. */
export function notWrittenOf(detail: string): { readonly code: string; readonly file: string } {
  const space = detail.indexOf(' ');
  return { code: detail.slice(0, space), file: detail.slice(space + 1) };
}
