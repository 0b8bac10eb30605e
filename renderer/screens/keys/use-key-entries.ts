import { ok, type Result } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { createLive, useLive } from '../frame/live.ts';
import { applyChange, entryOf, type KeyEntries } from './entries.ts';

/** More rows than the largest window shows. */
const firstRows = 200;

async function read(input: { readonly first?: number }): Promise<Result<KeyEntries, PageFailure>> {
  const answer = await api.call('keys.list', input);
  return answer.ok ? ok(answer.value.keys.map(entryOf)) : answer;
}

const store = createLive<KeyEntries>({
  read: () => read({}),
  readFirst: () => read({ first: firstRows }),
  listen: (update) => api.on('keys.changed', (change) => update((known) => applyChange(known, change))),
});

/** Every key that the vault knows, kept up to date. */
export const useKeyEntries = () => useLive(store);

/** Reads the list again, after a failure. */
export const reloadKeys = () => store.reload();
