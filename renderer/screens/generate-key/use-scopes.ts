import { useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

export interface Scope {
  readonly value: string;
  readonly label: string;
}

/** What the provider lists as scopes; `unasked` until somebody wants to see them. */
export type Scopes =
  | { readonly state: 'unasked' }
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'ready'; readonly scopes: readonly Scope[] };

/** Asks for the scopes of a connection when told to. Must be keyed by the connection. */
export function useScopes(connectionId: ConnectionId): {
  readonly listed: Scopes;
  readonly ask: () => void;
} {
  const [listed, setListed] = useState<Scopes>({ state: 'unasked' });
  const ask = async () => {
    setListed({ state: 'asking' });
    const answer = await api.call('connections.scopes', { id: connectionId });
    setListed(
      answer.ok
        ? { state: 'ready', scopes: answer.value.options }
        : { state: 'failed', failure: answer.error },
    );
  };
  return { listed, ask: () => void ask() };
}
