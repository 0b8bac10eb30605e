import { useSyncExternalStore } from 'react';
import { api } from '../../api/client.ts';
import type { Connection } from '../../api/transport.ts';

/** Whether main can be reached from this page. */
export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => api.connection.subscribe(listener),
    () => api.connection.current(),
  );

/** Connects this page in place of another one. */
export const takeConnection = (): void => api.connection.take();
