import { ok } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import { createLive, useLive } from '../frame/live.ts';
import { applyChange, entryOf, type KeyEntries } from './entries.ts';

const store = createLive<KeyEntries>({
  read: async () => {
    const answer = await api.call('keys.list', {});
    return answer.ok ? ok(answer.value.keys.map(entryOf)) : answer;
  },
  listen: (update) => api.on('keys.changed', (change) => update((known) => applyChange(known, change))),
});

/** Every key that the vault knows, kept up to date. */
export const useKeyEntries = () => useLive(store);

/** Reads the list again, after a failure. */
export const reloadKeys = () => store.reload();
