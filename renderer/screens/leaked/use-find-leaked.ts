import { useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useCatalog, useConnections } from '../frame/use-status.ts';
import type { KeyEntries } from '../keys/entries.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import type { Belonging } from '../take-in/draft.ts';
import { belongings } from '../take-in/recognised.ts';

/** What looking for a pasted value came to. */
export type Finding =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'looking' }
  /** Not in the vault; `found` says what it looks like. */
  | { readonly step: 'unknown'; readonly found: readonly Belonging[] };

/** Finds the key of the vault that a value is. The value goes to main and nowhere else, and is not kept here. */
export function useFindLeaked(onFound: (id: KeyId) => void): {
  readonly finding: Finding;
  readonly find: (value: string) => void;
  readonly again: () => void;
  /** Every key, to choose from by name. */
  readonly entries: KeyEntries;
  /** The page for keys of a provider: of the user's own account there, or the provider's. */
  readonly dashboardOf: (provider: ProviderSummary) => string | null;
} {
  const [finding, setFinding] = useState<Finding>({ step: 'asking', failure: null });
  const isLooking = useRef(false);
  const catalog = useCatalog();
  const connections = useConnections();
  const keys = useKeyEntries();
  const find = async (value: string) => {
    if (isLooking.current) return;
    isLooking.current = true;
    setFinding({ step: 'looking' });
    const answer = await api.call('keys.recognise', { value });
    isLooking.current = false;
    if (!answer.ok) setFinding({ step: 'asking', failure: answer.error });
    else if (answer.value.known !== null) onFound(answer.value.known.id);
    else {
      const providers = catalog.state === 'ready' ? catalog.value : [];
      setFinding({ step: 'unknown', found: belongings(answer.value, providers) });
    }
  };
  return {
    finding,
    find: (value) => void find(value),
    again: () => setFinding({ step: 'asking', failure: null }),
    entries: keys.state === 'ready' ? keys.value : [],
    dashboardOf: (provider) => {
      const own =
        connections.state === 'ready'
          ? connections.value.find((each) => each.providerId === provider.id && each.dashboardUrl !== null)
          : undefined;
      return own?.dashboardUrl ?? provider.dashboard?.url ?? null;
    },
  };
}
