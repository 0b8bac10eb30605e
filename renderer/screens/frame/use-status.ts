import type { BatchView } from '../../../shared/ipc/work.contract.ts';
import { ok } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import { createLive, useLive } from './live.ts';

const vault = createLive({
  read: () => api.call('vault.status', {}),
  listen: (update) => api.on('vault.changed', (status) => update(() => status)),
});

const app = createLive({
  read: () => api.call('app.status', {}),
  listen: (update) => api.on('app.changed', (status) => update(() => status)),
});

const settings = createLive({
  read: () => api.call('settings.get', {}),
  listen: (update) => api.on('settings.changed', (next) => update(() => next)),
});

const connections = createLive({
  read: async () => {
    const answer = await api.call('connections.list', {});
    return answer.ok ? ok(answer.value.connections) : answer;
  },
  listen: (update) => api.on('connections.changed', (next) => update(() => next.connections)),
});

const catalog = createLive({
  read: async () => {
    const answer = await api.call('providers.catalog', {});
    return answer.ok ? ok(answer.value.providers) : answer;
  },
  listen: (update) => api.on('providers.changed', (next) => update(() => next.providers)),
});

const works = createLive({
  read: async () => {
    const answer = await api.call('work.list', {});
    return answer.ok ? ok(answer.value.works) : answer;
  },
  listen: (update) =>
    api.on('work.changed', (work) =>
      update((known) =>
        known.some((each) => each.id === work.id)
          ? known.map((each) => (each.id === work.id ? work : each))
          : [work, ...known],
      ),
    ),
});

const batch = createLive<BatchView | null>({
  read: () => api.call('work.batch', {}),
  listen: (update) => api.on('work.batchChanged', (next) => update(() => next)),
});

/** How the vault stands. */
export const useVaultStatus = () => useLive(vault);
/** The host, the clipboard, the version. */
export const useAppStatus = () => useLive(app);
/** What the user has set. */
export const useSettings = () => useLive(settings);
/** The accounts at providers. */
export const useConnections = () => useLive(connections);
/** Every provider that Keyturn knows. */
export const useCatalog = () => useLive(catalog);
/** Unfinished work, and what finished since the app started; newest first. */
export const useWorks = () => useLive(works);
/** The last time that many keys were rotated at once, since the app started; null when there was none. */
export const useBatch = () => useLive(batch);
