import { useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { ListedKey } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useConnections } from '../frame/use-status.ts';

/** What is going on with one connection, beside what it is. */
export type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'busy'; readonly with: 'check' | 'strays' | 'remove' }
  | { readonly kind: 'failed'; readonly failure: PageFailure }
  | { readonly kind: 'checked' }
  | { readonly kind: 'strays'; readonly strays: readonly ListedKey[] };

export type Providers =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly connections: readonly ConnectionView[];
      readonly doing: (id: ConnectionId) => Doing;
      readonly actions: ProvidersActions;
    };

export interface ProvidersActions {
  readonly check: (id: ConnectionId) => void;
  readonly lookForStrays: (id: ConnectionId) => void;
  readonly hideStrays: (id: ConnectionId) => void;
  readonly remove: (id: ConnectionId) => Promise<PageFailure | null>;
  /** Answers why it could not be revoked; null when the provider refuses the stray now. */
  readonly revokeStray: (
    id: ConnectionId,
    stray: ListedKey,
    confirmName: string,
    answers: Record<string, string>,
  ) => Promise<PageFailure | null>;
}

const nothing: Doing = { kind: 'nothing' };

/** The connections and what can be done with them. */
export function useProviders(): Providers {
  const connections = useConnections();
  const [doings, setDoings] = useState<ReadonlyMap<ConnectionId, Doing>>(new Map());
  const set = (id: ConnectionId, doing: Doing) => setDoings((before) => new Map(before).set(id, doing));

  if (connections.state === 'failed') return { state: 'failed', failure: connections.error };
  if (connections.state === 'loading') return connections;

  const lookForStrays = async (id: ConnectionId) => {
    set(id, { kind: 'busy', with: 'strays' });
    const answer = await api.call('connections.strays', { id });
    set(
      id,
      answer.ok ? { kind: 'strays', strays: answer.value.strays } : { kind: 'failed', failure: answer.error },
    );
  };

  return {
    state: 'ready',
    connections: connections.value,
    doing: (id) => doings.get(id) ?? nothing,
    actions: {
      lookForStrays,
      hideStrays: (id) => set(id, nothing),
      check: async (id) => {
        set(id, { kind: 'busy', with: 'check' });
        const answer = await api.call('connections.check', { id });
        set(id, answer.ok ? { kind: 'checked' } : { kind: 'failed', failure: answer.error });
      },
      remove: async (id) => {
        set(id, { kind: 'busy', with: 'remove' });
        const answer = await api.call('connections.remove', { id });
        set(id, nothing);
        return answer.ok ? null : answer.error;
      },
      revokeStray: async (id, stray, confirmName, answers) => {
        const answer = await api.call('connections.revokeStray', {
          id,
          providerKeyId: stray.providerKeyId,
          confirmName,
          answers,
        });
        if (!answer.ok) return answer.error;
        await lookForStrays(id);
        return null;
      },
    },
  };
}
