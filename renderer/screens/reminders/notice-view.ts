import { dueState } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Notice } from '../../../shared/domain/notice.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { dueWords, localDay } from '../../text/dates.ts';
import { statusWords } from '../../text/keys.ts';
import { noticeTitle, snoozedWords, snoozeOf, wasWords } from '../../text/reminders.ts';

/** One key of a notice, and what has become of it since. */
export interface NoticedKey {
  readonly id: KeyId;
  readonly name: string;
  /** How it stands now: "3 days overdue", "Snoozed until 3 Mar", "Revoked"; where a newer notice names it, how it stood. */
  readonly standing: string;
  /** Whether it is still to be rotated, or put off from being so. */
  readonly isOpen: boolean;
  readonly isSnoozed: boolean;
  /** Whether the vault still has it. */
  readonly isThere: boolean;
}

/** A notice as the list shows it. */
export interface NoticeView {
  readonly id: string;
  readonly at: number;
  readonly title: string;
  readonly keys: readonly NoticedKey[];
  /** What was said of its one key, in this notice and in older ones of the same key, the newest first. */
  readonly said: readonly Said[];
  /** The keys that are still to be rotated and that no newer notice names. */
  readonly open: readonly NoticedKey[];
}

/** What was said of a key on a day that has passed. */
export interface Said {
  readonly at: number;
  /** "Was due in 14 days". */
  readonly words: string;
}

/**
 * The notices, the newest first as they are given, with what has become of their keys since. Those about one key alone are
 * part of the newest of them.
 */
export function noticeViews(
  notices: readonly Notice[],
  rows: ReadonlyMap<KeyId, KeyRow>,
  now: number,
): readonly NoticeView[] {
  const named = new Set<KeyId>();
  const olderOf = olderByKey(notices);
  return notices.flatMap(({ id, at, keys }): NoticeView[] => {
    const [one, ...others] = keys;
    const isOfOne = one !== undefined && others.length === 0;
    const story = isOfOne ? (olderOf.get(one.id) ?? []) : [];
    if (isOfOne && story[0]?.id !== id) return [];
    // What has waited longest comes first, since only some are named.
    const sorted = keys.toSorted((a, b) => a.due - b.due);
    const noticed = sorted.map((key): NoticedKey => {
      const present = noticedKey(key, rows.get(key.id), now);
      return named.has(key.id) ? { ...present, standing: saidWords(key.due, at) } : present;
    });
    const open = noticed.filter((key) => key.isOpen && !named.has(key.id));
    for (const key of keys) named.add(key.id);
    const [only] = noticed;
    const title = noticed.length === 1 && only !== undefined ? only.name : noticeTitle({ at, keys });
    const said = story
      .filter((each) => localDay(each.at) < localDay(now))
      .map((each) => ({ at: each.at, words: saidWords(each.due, each.at) }));
    return [{ id, at, title, keys: noticed, said, open }];
  });
}

interface Told {
  readonly id: string;
  readonly at: number;
  readonly due: number;
}

/** The notices about one key alone, by the key, the newest first. */
function olderByKey(notices: readonly Notice[]): ReadonlyMap<KeyId, readonly Told[]> {
  const byKey = new Map<KeyId, Told[]>();
  for (const { id, at, keys } of notices) {
    const [one, ...others] = keys;
    if (one === undefined || others.length > 0) continue;
    const told = byKey.get(one.id);
    if (told === undefined) byKey.set(one.id, [{ id, at, due: one.due }]);
    else told.push({ id, at, due: one.due });
  }
  return byKey;
}

/** How a key stood when a notice was made. */
const saidWords = (due: number, at: number): string => wasWords(due - localDay(at));

function noticedKey({ id, name }: Notice['keys'][number], row: KeyRow | undefined, now: number): NoticedKey {
  if (row === undefined) {
    const shownName = name === '' ? 'A key' : name;
    return { ...over, id, name: shownName, standing: 'No longer in the vault', isThere: false };
  }
  const isInUse = row.status === 'active' || row.status === 'needs-attention';
  if (!isInUse) return { ...over, id, name: row.name, standing: statusWords(row.status), isThere: true };
  const snoozed = snoozeOf(row, now);
  const state = dueState(row.dueAt, now);
  return {
    id,
    name: row.name,
    standing: snoozed === null ? dueWords(row.dueAt, now) : snoozedWords(snoozed, now),
    isOpen: state === 'overdue' || state === 'due-soon',
    isSnoozed: snoozed !== null,
    isThere: true,
  };
}

const over = { isOpen: false, isSnoozed: false } as const;
