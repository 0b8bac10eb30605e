import { useEffect, useMemo, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import { useNow } from '../../components/use-now.ts';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import { unseenOf } from '../../text/reminders.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type NoticeView, noticeViews } from './notice-view.ts';
import { useNotices } from './use-notices.ts';

/** The list of reminders, and how many of them the user has not seen. */
export interface Reminders {
  readonly unseen: number;
  /** The newest first; null while the list is closed, when nobody needs it. */
  readonly list: readonly NoticeView[] | null;
  /** The notices that were not seen when the list was opened, by their ids. */
  readonly fresh: ReadonlySet<string>;
  readonly failure: PageFailure | null;
}

const noRows: ReadonlyMap<KeyId, KeyRow> = new Map();
const nobody: ReadonlySet<string> = new Set();

/** Follows the reminders. While the list is open whatever comes is seen at once. */
export function useReminders(isOpen: boolean): Reminders {
  const notices = useNotices();
  const keys = useKeyEntries();
  const now = useNow();
  const [fresh, setFresh] = useState(nobody);
  const all = notices.state === 'ready' ? notices.value : null;

  useEffect(() => {
    if (!isOpen) setFresh(nobody);
  }, [isOpen]);
  useEffect(() => {
    const unseen = all?.filter(({ seen }) => !seen) ?? [];
    if (!isOpen || unseen.length === 0) return;
    setFresh((known) => new Set([...known, ...unseen.map(({ id }) => id)]));
    void markSeen();
  }, [isOpen, all]);

  const list = useMemo(() => {
    if (!isOpen || all === null) return null;
    const rows = keys.state === 'ready' ? new Map(keys.value.map(({ row }) => [row.id, row])) : noRows;
    return noticeViews(all, rows, now);
  }, [isOpen, all, keys, now]);

  const failure = notices.state === 'failed' ? notices.error : null;
  return { unseen: unseenOf(all ?? []), list, fresh, failure };
}

async function markSeen(): Promise<void> {
  const answer = await api.call('reminders.see', {});
  if (!answer.ok) notify('danger', oneLine(answer.error));
}
