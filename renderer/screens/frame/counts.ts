import { dueState } from '../../../shared/domain/due.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { BatchView, WorkView } from '../../../shared/ipc/work.contract.ts';
import { overOf } from '../../text/batch.ts';
import { snoozeOf } from '../../text/reminders.ts';
import { waitsForUser } from '../../text/work.ts';
import type { KeyEntries } from '../keys/entries.ts';
import { noneStopped, type StoppedWorks } from '../keys/stopped-works.ts';
import { isWaiting } from '../keys/view.ts';

/** How many things wait in each place. Zero where nothing does. */
export interface Counts {
  readonly keys: number;
  readonly rotation: number;
  readonly providers: number;
}

/** Counts keys that wait for a person, keys that are overdue and not put off, and connections that do not answer as they should. */
export function countWaiting(
  entries: KeyEntries,
  connections: readonly ConnectionView[],
  now: number,
  stopped: StoppedWorks = noneStopped,
): Counts {
  let keys = 0;
  let rotation = 0;
  for (const { row } of entries) {
    if (isWaiting(row, stopped)) keys += 1;
    const isOverdue = row.status === 'active' && dueState(row.dueAt, now) === 'overdue';
    if (isOverdue && snoozeOf(row, now) === null) rotation += 1;
  }
  const providers = connections.filter(
    ({ health }) => health === 'refused' || health === 'unreachable',
  ).length;
  return { keys, rotation, providers };
}

/** How much work goes on, how much has stopped, and how much waits for the user's part. Waiting out a grace is none. */
export interface WorkCounts {
  readonly running: number;
  readonly stopped: number;
  readonly yours: number;
  /** Many rotations at once, which are not counted one by one; null when that does not run. */
  readonly batch: { readonly over: number; readonly total: number } | null;
}

/** Counts what is unfinished. */
export function countWork(works: readonly WorkView[], last: BatchView | null): WorkCounts {
  const batch = last === null || last.finishedAt !== null ? null : last;
  const ofBatch = new Set(batch?.keys.filter(({ state }) => state === 'running').map(({ keyId }) => keyId));
  const open = works.filter(({ keyId, finished }) => finished === null && !ofBatch.has(keyId));
  const yours = open.filter(waitsForUser).length;
  const blocked = open.filter((work) => work.blocked !== null || work.outcomeUnknown).length;
  const waiting = open.filter(
    ({ blocked, outcomeUnknown, graceUntil }) => blocked === null && !outcomeUnknown && graceUntil !== null,
  ).length;
  return {
    running: open.length - blocked - waiting,
    stopped: blocked - yours,
    yours,
    batch: batch === null ? null : { over: overOf(batch), total: batch.keys.length },
  };
}
