import { useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import type { ConnectionDraft } from './use-add-provider.ts';

export interface Suggested {
  readonly value: string;
  readonly label: string;
}

/** What the provider lists for one setting, as far as it was asked. */
export type Suggestions =
  | { readonly step: 'none' }
  | { readonly step: 'listing' }
  | { readonly step: 'listed'; readonly options: readonly Suggested[] }
  | { readonly step: 'failed'; readonly failure: PageFailure };

export type SuggestDraft = Omit<ConnectionDraft, 'name'>;

const none: Suggestions = { step: 'none' };

/**
 * Lists what may be chosen for settings of a provider. The credential is read when it is sent and not kept here. What was
 * listed for other answers is forgotten as soon as one of them changes.
 */
export function useSuggestions(providerId: string) {
  const [known, setKnown] = useState<Readonly<Record<string, Suggestions>>>({});
  const turn = useRef(0);
  return {
    of: (setting: string): Suggestions => known[setting] ?? none,
    forget: () => {
      turn.current += 1;
      setKnown((before) => (Object.keys(before).length === 0 ? before : {}));
    },
    list: async (setting: string, draft: SuggestDraft) => {
      const mine = turn.current;
      const set = (next: Suggestions) => setKnown((before) => ({ ...before, [setting]: next }));
      set({ step: 'listing' });
      const answer = await api.call('connections.suggest', { providerId, ...draft, setting });
      if (mine !== turn.current) return;
      set(
        answer.ok
          ? { step: 'listed', options: answer.value.options }
          : { step: 'failed', failure: answer.error },
      );
    },
  };
}
