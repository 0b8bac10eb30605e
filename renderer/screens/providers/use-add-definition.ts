import { useRef, useState } from 'react';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { DefinitionPreview } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** How far a definition from a file has come: named, read and shown, added. */
export type AddingDefinition =
  | { readonly step: 'naming'; readonly failure: PageFailure | null }
  | { readonly step: 'checking' }
  | {
      readonly step: 'shown';
      readonly preview: DefinitionPreview;
      readonly isAdding: boolean;
      readonly failure: PageFailure | null;
    };

export interface AddDefinition {
  readonly file: string;
  readonly setFile: (file: string) => void;
  readonly state: AddingDefinition;
  /** Reads the file and tells what its definition would do; nothing is added. */
  readonly check: () => void;
  /** Adds exactly what was shown. */
  readonly add: () => void;
}

/** A definition of the user's own: what is shown belongs to the path in the field, and only what is shown is added. */
export function useAddDefinition(onAdded: (provider: ProviderSummary) => void): AddDefinition {
  const [file, setFile] = useState('');
  const [state, setState] = useState<AddingDefinition>({ step: 'naming', failure: null });
  const asked = useRef(0);

  const check = async () => {
    asked.current += 1;
    const mine = asked.current;
    setState({ step: 'checking' });
    const answer = await api.call('providers.preview', { file: file.trim() });
    if (mine !== asked.current) return;
    setState(
      answer.ok
        ? { step: 'shown', preview: answer.value, isAdding: false, failure: null }
        : { step: 'naming', failure: answer.error },
    );
  };

  return {
    file,
    state,
    setFile: (next) => {
      // An answer about another path than the one in the field must not be shown, and even less be added.
      asked.current += 1;
      setFile(next);
      setState({ step: 'naming', failure: null });
    },
    check,
    add: async () => {
      if (state.step !== 'shown' || state.isAdding) return;
      const { preview } = state;
      setState({ step: 'shown', preview, isAdding: true, failure: null });
      const answer = await api.call('providers.addFromFile', { file: file.trim(), digest: preview.digest });
      if (answer.ok) {
        onAdded(answer.value);
        return;
      }
      const isOutdated = answer.error.code === 'file-changed' || answer.error.code === 'definition-faulty';
      setState(
        isOutdated
          ? { step: 'naming', failure: answer.error }
          : { step: 'shown', preview, isAdding: false, failure: answer.error },
      );
    },
  };
}
