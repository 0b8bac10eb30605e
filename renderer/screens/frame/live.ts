import { useSyncExternalStore } from 'react';
import type { Result } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** Something that main holds and the page follows. */
export type Live<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: PageFailure }
  | { readonly state: 'ready'; readonly value: T };

export interface LiveSource<T> {
  readonly read: () => Promise<Result<T, PageFailure>>;
  /** A part of it that is there sooner, to be shown until the whole has arrived. */
  readonly readFirst?: () => Promise<Result<T, PageFailure>>;
  /** Follows the feed; `update` turns what is known into what is known now. */
  readonly listen: (update: (next: (value: T) => T) => void) => () => void;
}

export interface LiveStore<T> {
  readonly get: () => Live<T>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads the snapshot again. */
  readonly reload: () => void;
}

/**
 * One snapshot and a feed, shared by all who look. Read when the first one looks and forgotten when the last
 * one leaves, so that nothing outlives a locked vault. What the feed tells while the snapshot is on its way
 * is applied to it when it arrives. A connection that was lost and found has missed what the feed told: the
 * snapshot is read again.
 */
export function createLive<T>(source: LiveSource<T>): LiveStore<T> {
  let state: Live<T> = { state: 'loading' };
  let reading = 0;
  let early: ((value: T) => T)[] = [];
  let stop: (() => void) | null = null;
  const listeners = new Set<() => void>();

  const become = (next: Live<T>) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const read = async () => {
    reading += 1;
    const mine = reading;
    early = [];
    if (source.readFirst !== undefined && state.state !== 'ready') await readFirst(source.readFirst, mine);
    const answer = await source.read();
    if (mine !== reading || stop === null) return;
    if (!answer.ok) {
      become({ state: 'failed', error: answer.error });
      return;
    }
    const value = early.reduce((known, next) => next(known), answer.value);
    early = [];
    become({ state: 'ready', value });
  };

  const readFirst = async (first: () => Promise<Result<T, PageFailure>>, mine: number) => {
    const answer = await first();
    if (mine !== reading || stop === null || !answer.ok) return;
    become({ state: 'ready', value: early.reduce((known, next) => next(known), answer.value) });
    // Let it be seen before the whole takes the page's time.
    await new Promise((resolve) => setTimeout(resolve));
  };

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      if (stop === null) {
        const stopListening = source.listen((next) => {
          if (state.state === 'ready') become({ state: 'ready', value: next(state.value) });
          early.push(next);
        });
        const stopWatching = whenFound(() => void read());
        stop = () => {
          stopListening();
          stopWatching();
        };
        void read();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
        state = { state: 'loading' };
      };
    },
    reload: () => void read(),
  };
}

/** Acts each time the connection to main is back after it was lost or in another page's hands. */
function whenFound(act: () => void): () => void {
  let isMissing = false;
  return api.connection.subscribe(() => {
    const now = api.connection.current();
    if (now === 'connecting') return;
    const isFound = isMissing && now === 'open';
    isMissing = now !== 'open';
    if (isFound) act();
  });
}

/** Follows a store. */
export function useLive<T>(store: LiveStore<T>): Live<T> {
  return useSyncExternalStore(store.subscribe, store.get);
}
