import { useEffect, useState } from 'react';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What was filled in, without knowing whether it works. */
export interface ConnectionDraft {
  readonly name: string;
  readonly environment: Environment;
  readonly settings: Record<string, string>;
  readonly credential: Record<string, string>;
}

/** Whether the credential is being tried, was refused, or works. */
export type Trying =
  | { readonly step: 'filling'; readonly failure: PageFailure | null }
  | { readonly step: 'trying' }
  | { readonly step: 'added'; readonly connection: ConnectionView };

export type AddProvider =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly catalog: readonly ProviderSummary[];
      readonly trying: Trying;
      readonly add: (providerId: string, draft: ConnectionDraft) => void;
      /** Connects to the embedded sandbox, or to another provider that it plays, without asking anything. */
      readonly addSandbox: (providerId: string) => void;
      /** Forgets a definition of the user's own. Answers why it is still there; null when it is gone. */
      readonly removeDefinition: (providerId: string) => Promise<PageFailure | null>;
      readonly startOver: () => void;
    };

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'ready'; readonly catalog: readonly ProviderSummary[] };

/** Follows the catalogue and adds a connection, which main tries before it keeps it. */
export function useAddProvider(): AddProvider {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [trying, setTrying] = useState<Trying>({ step: 'filling', failure: null });

  useEffect(() => {
    let current = true;
    const stop = api.on('providers.changed', ({ providers }) =>
      setLoaded({ state: 'ready', catalog: providers }),
    );
    api.call('providers.catalog', {}).then((answer) => {
      if (!current) return;
      setLoaded(
        answer.ok
          ? { state: 'ready', catalog: answer.value.providers }
          : { state: 'failed', failure: answer.error },
      );
    });
    return () => {
      current = false;
      stop();
    };
  }, []);

  if (loaded.state !== 'ready') return loaded;
  return {
    ...loaded,
    trying,
    add: async (providerId, draft) => {
      setTrying({ step: 'trying' });
      const answer = await api.call('connections.add', { providerId, ...draft });
      setTrying(
        answer.ok ? { step: 'added', connection: answer.value } : { step: 'filling', failure: answer.error },
      );
    },
    addSandbox: async (providerId) => {
      setTrying({ step: 'trying' });
      const answer = await api.call('connections.addSandbox', { providerId });
      setTrying(
        answer.ok ? { step: 'added', connection: answer.value } : { step: 'filling', failure: answer.error },
      );
    },
    removeDefinition: async (providerId) => {
      const answer = await api.call('providers.remove', { providerId });
      return answer.ok ? null : answer.error;
    },
    startOver: () => setTrying({ step: 'filling', failure: null }),
  };
}
