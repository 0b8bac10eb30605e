import { useEffect, useState } from 'react';
import type { ActivityEntry } from '../../../shared/domain/activity.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

export type Activity =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      /** Newest first. */
      readonly entries: readonly ActivityEntry[];
      readonly more: boolean;
      readonly loadingMore: boolean;
      /** Why the last page could not be read; null when it could. */
      readonly failure: PageFailure | null;
      readonly loadMore: () => void;
    };

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | Omit<Extract<Activity, { state: 'ready' }>, 'loadMore'>;

const pageSize = 100;

/** The record page by page, with what happens meanwhile on top. */
export function useActivity(): Activity {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });

  useEffect(() => {
    let current = true;
    const off = api.on('activity.added', (entry) =>
      setLoaded((before) =>
        before.state === 'ready' ? { ...before, entries: [entry, ...before.entries] } : before,
      ),
    );
    page(null).then((answer) => {
      if (!current) return;
      setLoaded(
        answer.ok
          ? { state: 'ready', ...answer.value, loadingMore: false, failure: null }
          : { state: 'failed', failure: answer.error },
      );
    });
    return () => {
      current = false;
      off();
    };
  }, []);

  if (loaded.state !== 'ready') return loaded;
  return {
    ...loaded,
    loadMore: async () => {
      setLoaded({ ...loaded, loadingMore: true, failure: null });
      const answer = await page(loaded.entries.at(-1)?.at ?? null);
      setLoaded((before) => {
        if (before.state !== 'ready') return before;
        if (!answer.ok) return { ...before, loadingMore: false, failure: answer.error };
        const entries = [...before.entries, ...answer.value.entries];
        return { state: 'ready', entries, more: answer.value.more, loadingMore: false, failure: null };
      });
    },
  };
}

const page = (before: number | null) => api.call('activity.page', { before, limit: pageSize });
