import { dueState } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Notice } from '../../../shared/domain/notice.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { dueWords } from '../../text/dates.ts';
import { statusWords } from '../../text/keys.ts';
import { noticeTitle, snoozedWords, snoozeOf } from '../../text/reminders.ts';

/** One key of a notice, and what has become of it since. */
export interface NoticedKey {
  readonly id: KeyId;
  readonly name: string;
  /** How it stands now: "3 days overdue", "Snoozed until 3 Mar", "Revoked". */
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
  /** The keys that are still to be rotated and that no newer notice names. */
  readonly open: readonly NoticedKey[];
}

/** The notices, the newest first as they are given, with what has become of their keys since. */
export function noticeViews(
  notices: readonly Notice[],
  rows: ReadonlyMap<KeyId, KeyRow>,
  now: number,
): readonly NoticeView[] {
  const named = new Set<KeyId>();
  return notices.map(({ id, at, keys }): NoticeView => {
    // What has waited longest comes first, since only some are named.
    const sorted = keys.toSorted((a, b) => a.due - b.due);
    const noticed = sorted.map((key) => noticedKey(key, rows.get(key.id), now));
    const open = noticed.filter((key) => key.isOpen && !named.has(key.id));
    for (const key of keys) named.add(key.id);
    const [only] = noticed;
    const title = noticed.length === 1 && only !== undefined ? only.name : noticeTitle({ at, keys });
    return { id, at, title, keys: noticed, open };
  });
}

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
