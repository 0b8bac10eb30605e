import { useId, useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { isAssisted } from '../../text/providers.ts';
import { type Draft, emptyDraft, filledTargets } from './draft.ts';
import styles from './generate-key.module.css';
import { GenerateKeyForm } from './generate-key-form.tsx';
import {
  firstConnection,
  type GenerateKey,
  type GenerateKeyOutcomes,
  type Sending,
  useGenerateKey,
} from './use-generate-key.ts';
import { useIsDelivering } from './use-is-delivering.ts';

export interface GenerateKeyDialogProps extends GenerateKeyOutcomes {
  readonly connectionId?: ConnectionId;
  readonly onClose: () => void;
  readonly onAddProvider: () => void;
  /** Leads to where an unknown outcome is cleared up. */
  readonly onOpenRotation: () => void;
}

/**
 * Asks for everything that a new key needs, and asks the provider for it once. Where the provider makes keys in its
 * dashboard only, the user makes it there and pastes it.
 */
export function GenerateKeyDialog(props: GenerateKeyDialogProps) {
  const { onClose, onAddProvider, onOpenRotation } = props;
  const state = useGenerateKey(props);
  const form = useId();

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Generate key" size="large" onClose={onClose} of={state} />;
    case 'no-connection':
      return (
        <Dialog title="Generate key" isOpen onClose={onClose}>
          <EmptyState
            title="No provider yet"
            actions={
              <Button variant="primary" onPress={onAddProvider}>
                Add provider
              </Button>
            }
          >
            A key is issued by a provider. Add yours, or try everything with the sandbox that comes with
            Keyturn.
          </EmptyState>
        </Dialog>
      );
    case 'ready': {
      const { sending } = state;
      if (sending.step === 'unknown') {
        return (
          <Dialog
            title="Outcome unknown"
            isOpen
            onClose={onClose}
            footer={
              <Button variant="primary" onPress={onOpenRotation}>
                Open Rotation
              </Button>
            }
          >
            <FailureCallout failure={sending.failure} />
          </Dialog>
        );
      }
      return (
        <Filling
          {...state}
          first={props.connectionId ?? null}
          onClose={onClose}
          sending={sending}
          id={form}
        />
      );
    }
    default:
      return assertNever(state);
  }
}

type FillingProps = Omit<Extract<GenerateKey, { state: 'ready' }>, 'sending'> & {
  readonly id: string;
  readonly sending: Exclude<Sending, { step: 'unknown' }>;
  readonly first: ConnectionId | null;
  readonly onClose: () => void;
};

function Filling({ id, choices, sending, first, onClose, ...actions }: FillingProps) {
  const { connections } = choices;
  const [draft, setDraft] = useState<Draft>(() => {
    const start = firstConnection(connections, first);
    return emptyDraft(start?.id ?? null, start?.provider.fields ?? []);
  });
  // A connection that was removed meanwhile leaves the first of the others.
  const connection = firstConnection(connections, draft.connectionId);
  const assisted = connection !== undefined && isAssisted(connection.provider);
  const isRunning = sending.step === 'running';
  const isDelivering = useIsDelivering(draft.name) && filledTargets(draft).length > 0;
  const beforeThat = assisted
    ? 'Storing it and reading it back.'
    : 'Asking the provider, once. What it issues is stored before it is shown.';
  return (
    <Dialog
      title="Generate key"
      isOpen
      onClose={isRunning ? null : onClose}
      size="large"
      footer={
        <>
          {isRunning && (
            <p className={styles.progress} role="status">
              {isDelivering ? 'Writing it to its files, and reading them back.' : beforeThat}
            </p>
          )}
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={id} isPending={isRunning}>
            {assisted ? 'Take in key' : 'Generate key'}
          </Button>
        </>
      }
    >
      {connection !== undefined && (
        <GenerateKeyForm
          id={id}
          choices={choices}
          draft={draft}
          onDraft={setDraft}
          connection={connection}
          placed={sending.step === 'filling' ? sending.placed : null}
          isRunning={isRunning}
          {...actions}
        />
      )}
    </Dialog>
  );
}
