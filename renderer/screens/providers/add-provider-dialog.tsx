import { useId, useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { isPlayedBySandbox, sandboxProviderId } from '../../../shared/domain/sandbox.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { AddProviderForm } from './add-provider-form.tsx';
import { Catalog } from './catalog.tsx';
import styles from './providers.module.css';
import { useAddProvider } from './use-add-provider.ts';

export interface AddProviderDialogProps {
  readonly onClose: () => void;
  readonly onGenerate: (connectionId: ConnectionId) => void;
}

/** From the catalogue to a connection that works: choose, answer, and the credential is tried before it is kept. */
export function AddProviderDialog({ onClose, onGenerate }: AddProviderDialogProps) {
  const state = useAddProvider();
  const [chosen, setChosen] = useState<ProviderSummary | null>(null);
  const form = useId();

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Add provider" size="large" onClose={onClose} of={state} />;
    case 'ready': {
      const { trying, catalog, add, addSandbox, startOver } = state;
      if (trying.step === 'added') {
        const { connection } = trying;
        return (
          <Dialog
            title="Add provider"
            isOpen
            onClose={onClose}
            footer={
              <>
                <Button variant="quiet" onPress={onClose}>
                  Close
                </Button>
                <Button variant="primary" onPress={() => onGenerate(connection.id)}>
                  Generate key
                </Button>
              </>
            }
          >
            <Callout tone="done" title={`${connection.name} is connected`} isNews>
              The credential was tried and works. It is kept in the vault and sent to{' '}
              <span className="mono">{connection.origin}</span> only.
            </Callout>
          </Dialog>
        );
      }
      const isTrying = trying.step === 'trying';
      if (chosen === null) {
        return (
          <Dialog
            title="Add provider"
            description="A provider issues keys. Choose yours, or try everything with the sandbox first."
            isOpen
            onClose={isTrying ? null : onClose}
            size="large"
          >
            {trying.step === 'filling' && trying.failure !== null && (
              <FailureCallout failure={trying.failure} />
            )}
            <Catalog
              providers={catalog}
              isBusy={isTrying}
              onChoose={(provider) => {
                // The sandbox itself may also run elsewhere, and is asked for; what it plays runs in this app.
                if (isPlayedBySandbox(provider.id) && provider.id !== sandboxProviderId) {
                  return addSandbox(provider.id);
                }
                startOver();
                setChosen(provider);
              }}
              onSandbox={() => addSandbox()}
            />
          </Dialog>
        );
      }
      return (
        <Dialog
          title={`Add ${chosen.name}`}
          description={chosen.description}
          isOpen
          onClose={isTrying ? null : onClose}
          footer={
            <>
              {isTrying && (
                <p className={styles.progress} role="status">
                  Trying the credential with one harmless call.
                </p>
              )}
              <Button
                variant="quiet"
                isDisabled={isTrying}
                onPress={() => {
                  startOver();
                  setChosen(null);
                }}
              >
                Back
              </Button>
              <Button variant="primary" type="submit" form={form} isPending={isTrying}>
                Add provider
              </Button>
            </>
          }
        >
          <AddProviderForm
            id={form}
            provider={chosen}
            isTrying={isTrying}
            failure={trying.step === 'filling' ? trying.failure : null}
            onAdd={(draft) => add(chosen.id, draft)}
          />
        </Dialog>
      );
    }
    default:
      return assertNever(state);
  }
}
