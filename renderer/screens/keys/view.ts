import { type DueState, dueState } from '../../../shared/domain/due.ts';
import type { Environment, KeyStatus } from '../../../shared/domain/key.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { policyWords, statusWords } from '../../text/keys.ts';
import { snoozeOf } from '../../text/reminders.ts';
import type { KeyEntries, KeyEntry } from './entries.ts';
import { noneStopped, type StoppedWorks } from './stopped-works.ts';

export type KeySort = 'due' | 'name' | 'provider' | 'newest';
export type KeyGrouping = 'none' | 'provider' | 'environment' | 'due' | 'period';

/** What the user wants to see of the list, beside what is searched for. */
export interface KeyFilter {
  readonly environment: Environment | 'all';
  readonly status: KeyStatus | 'all' | 'waiting';
  readonly providerId: string;
  readonly due: Exclude<DueState, 'fine'> | 'snoozed' | 'all';
  /** `astray`: at least one of its files does not hold it. */
  readonly files: 'astray' | 'none' | 'all';
}

export const noFilter: KeyFilter = {
  environment: 'all',
  status: 'all',
  providerId: 'all',
  due: 'all',
  files: 'all',
};

/** A line of the list: a heading or a key. */
export type KeyLine =
  | { readonly kind: 'heading'; readonly key: string; readonly text: string; readonly count: number }
  | KeyEntry;

/** Whether a key waits for a person: it or its work needs attention, or its one time of copying is still open. */
export const isWaiting = (row: KeyRow, stopped: StoppedWorks = noneStopped): boolean =>
  row.attention !== null || row.unsealed || stopped.has(row.id);

/** Whether a file of a key that is in use does not hold it. What a revoked key left behind is of no account. */
export const isAstray = (row: Pick<KeyRow, 'targetsAstray' | 'status'>): boolean =>
  row.targetsAstray > 0 && row.status !== 'revoked';

const never = Number.MAX_SAFE_INTEGER;
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

type Compare = (a: KeyEntry, b: KeyEntry) => number;
const byName: Compare = (a, b) => names.compare(a.row.name, b.row.name);
const byDue: Compare = (a, b) => (a.row.dueAt ?? never) - (b.row.dueAt ?? never);

const compares: Record<KeySort, Compare> = {
  due: (a, b) => byDue(a, b) || byName(a, b),
  name: (a, b) => byName(a, b) || byDue(a, b),
  provider: (a, b) => names.compare(a.row.provider, b.row.provider) || byName(a, b),
  newest: (a, b) => b.row.issuedAt - a.row.issuedAt || byName(a, b),
};

/** All keys in the order asked for. Done when keys or the order change, never when the search does. */
export function sortEntries(entries: KeyEntries, sort: KeySort): KeyEntry[] {
  return entries.toSorted(compares[sort]);
}

/** The keys that pass the filter, in the order given. One pass without allocation per key. */
export function filterEntries(
  entries: KeyEntries,
  search: string,
  filter: KeyFilter,
  now: number,
  stopped: StoppedWorks = noneStopped,
): KeyEntry[] {
  const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
  const { environment, status, providerId, due, files } = filter;
  return entries.filter(({ row, haystack }) => {
    if (environment !== 'all' && row.environment !== environment) return false;
    if (providerId !== 'all' && row.providerId !== providerId) return false;
    if (status === 'waiting' && !isWaiting(row, stopped)) return false;
    if (status !== 'all' && status !== 'waiting' && row.status !== status) return false;
    if (due !== 'all' && !isDue(row, due, now)) return false;
    if (files === 'astray' && !isAstray(row)) return false;
    if (files === 'none' && row.targets > 0) return false;
    for (const term of terms) if (!haystack.includes(term)) return false;
    return true;
  });
}

function isDue(row: KeyRow, due: Exclude<KeyFilter['due'], 'all'>, now: number): boolean {
  if (row.status === 'revoked') return false;
  return due === 'snoozed' ? snoozeOf(row, now) !== null : dueState(row.dueAt, now) === due;
}

/** The list with its headings. What waits for a person comes first, revoked keys last, whatever the grouping. */
export function linesOf(
  entries: KeyEntries,
  grouping: KeyGrouping,
  now: number,
  stopped: StoppedWorks = noneStopped,
): KeyLine[] {
  const groups = new Map<string, { rank: string; lines: KeyLine[] }>();
  for (const entry of entries) {
    const { rank, text } = isWaiting(entry.row, stopped) ? waitingGroup : groupOf(entry.row, grouping, now);
    const group = groups.get(text) ?? { rank, lines: [] };
    group.lines.push(entry);
    groups.set(text, group);
  }
  const ordered = [...groups].toSorted(([, a], [, b]) => names.compare(a.rank, b.rank));
  const isPlain = grouping === 'none' && ordered.length === 1 && groups.has(plainGroup);
  return ordered.flatMap(([text, { lines }]): KeyLine[] =>
    isPlain ? lines : [{ kind: 'heading', key: `heading ${text}`, text, count: lines.length }, ...lines],
  );
}

const plainGroup = 'Keys';
const waitingGroup = { rank: '0', text: 'Waiting for you' };
const dueGroups: Record<DueState, { rank: string; text: string }> = {
  overdue: { rank: '1', text: 'Overdue' },
  'due-soon': { rank: '2', text: 'Due soon' },
  fine: { rank: '3', text: 'Later' },
  never: { rank: '4', text: 'Never due' },
};

function groupOf(row: KeyRow, grouping: KeyGrouping, now: number): { rank: string; text: string } {
  if (row.status === 'revoked') return { rank: '9', text: statusWords('revoked') };
  switch (grouping) {
    case 'none':
      return { rank: '1', text: plainGroup };
    case 'provider':
      return { rank: `1 ${row.provider}`, text: row.provider };
    case 'environment':
      return row.environment === 'live' ? { rank: '1', text: 'Live' } : { rank: '2', text: 'Test' };
    case 'due':
      return dueGroups[dueState(row.dueAt, now)];
    case 'period':
      return { rank: `1 ${row.everyDays ?? never}`, text: policyWords(row.everyDays) };
  }
}

/** The share of its period that a key has used; null when it is never due. */
export function shareOf(row: Pick<KeyRow, 'issuedAt' | 'dueAt'>, now: number): number | null {
  if (row.dueAt === null) return null;
  return Math.max(0, (now - row.issuedAt) / Math.max(1, row.dueAt - row.issuedAt));
}
