import { useId, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { TakeInFacts } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import styles from '../generate-key/generate-key.module.css';
import { atProvider, dayFieldOf, emptyTakeIn, needsNothing, type TakeInDraft } from './draft.ts';
import { TakeInForm } from './take-in-form.tsx';
import { type TakeIn, useTakeIn } from './use-take-in.ts';

export interface TakeInDialogProps {
  /** What is known beforehand. */
  readonly facts: TakeInFacts;
  readonly onClose: () => void;
  readonly onTakenIn: (keyId: KeyId) => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onAddProvider: () => void;
}

/** Takes in a key that exists already, so that it is kept, written, reminded of and replaced like any other. */
export function TakeInDialog(props: TakeInDialogProps) {
  const { facts, onClose, onTakenIn } = props;
  const [draft, setDraft] = useState<TakeInDraft | null>(null);
  const state = useTakeIn((account) => setDraft((before) => before && { ...before, account }), onTakenIn);
  const form = useId();

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Take in a key" size="large" onClose={onClose} of={state} />;
    case 'ready': {
      const filled = draft ?? startOf(state, facts);
      const provider = state.catalog.find(({ id }) => id === filled.providerId);
      const isRunning = state.taking.step === 'running';
      const lacksConnection = filled.account === 'new' && provider !== undefined && !needsNothing(provider);
      return (
        <Dialog
          title="Take in a key"
          description={description(facts, provider?.name)}
          isOpen
          size="large"
          onClose={isRunning ? null : onClose}
          footer={
            <>
              {isRunning && (
                <p className={styles.progress} role="status">
                  Looking at it, storing it and reading it back.
                </p>
              )}
              <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
                Cancel
              </Button>
              <Button
                variant="primary"
                type="submit"
                form={form}
                isPending={isRunning}
                isDisabled={lacksConnection}
              >
                Take in key
              </Button>
            </>
          }
        >
          <TakeInForm
            {...state}
            id={form}
            draft={filled}
            onDraft={(change) => setDraft((before) => change(before ?? filled))}
            facts={facts}
            onOpenKey={props.onOpenKey}
            onAddProvider={props.onAddProvider}
          />
        </Dialog>
      );
    }
  }
}

function startOf(
  { catalog, connections }: Extract<TakeIn, { state: 'ready' }>,
  facts: TakeInFacts,
): TakeInDraft {
  const { connectionId, name = '', createdAt = null } = facts;
  const empty: TakeInDraft = {
    ...emptyTakeIn(),
    name,
    madeOn: createdAt === null ? '' : dayFieldOf(createdAt),
  };
  const connection = connections.find(({ id }) => id === connectionId);
  const provider = catalog.find(({ id }) => id === connection?.providerId) ?? connection?.provider;
  if (connection === undefined || provider === undefined) return empty;
  const belonging = { provider, field: null, environment: connection.environment };
  return { ...atProvider(empty, belonging, connections), account: connection.id };
}

function description(facts: TakeInFacts, provider: string | undefined): string {
  if (facts.providerKeyId === undefined) {
    return 'For a key that you have already. Keyturn keeps it, writes it where it is needed and reminds you to replace it.';
  }
  const listed = facts.name === undefined || facts.name === '' ? 'a key' : `“${facts.name}”`;
  return `${provider ?? 'The provider'} lists ${listed}, and the vault does not know it. Paste its value, which the list does not tell.`;
}
