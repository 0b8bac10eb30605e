import { useId, useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { isAssisted } from '../../text/providers.ts';
import { AddDefinitionDialog } from './add-definition-dialog.tsx';
import { AddProviderForm } from './add-provider-form.tsx';
import { Catalog } from './catalog.tsx';
import styles from './providers.module.css';
import { RemoveDefinitionDialog } from './remove-definition-dialog.tsx';
import { useAddProvider } from './use-add-provider.ts';

export interface AddProviderDialogProps {
  /** Where to begin; the catalogue unless told otherwise. */
  readonly start?: 'catalogue' | 'file' | { readonly providerId: string };
  readonly onClose: () => void;
  readonly onGenerate: (connectionId: ConnectionId) => void;
}

/** Where one is on the way to a connection. */
type Place =
  | { readonly at: 'catalogue' }
  | { readonly at: 'file' }
  | { readonly at: 'form'; readonly provider: ProviderSummary }
  | { readonly at: 'removal'; readonly provider: ProviderSummary };

const catalogue: Place = { at: 'catalogue' };

function placeToStart(
  start: NonNullable<AddProviderDialogProps['start']>,
  catalog: readonly ProviderSummary[],
): Place {
  if (typeof start === 'string') return { at: start };
  const provider = catalog.find(({ id }) => id === start.providerId);
  return provider === undefined ? catalogue : { at: 'form', provider };
}

/** From the catalogue to a connection that works: choose, answer, and the credential is tried before it is kept. */
export function AddProviderDialog({ start = 'catalogue', onClose, onGenerate }: AddProviderDialogProps) {
  const state = useAddProvider();
  const [chosen, setPlace] = useState<Place | null>(null);
  const form = useId();

  if (state.state !== 'ready') {
    return <UnreadyDialog title="Add provider" size="large" onClose={onClose} of={state} />;
  }
  const { trying, catalog, startOver } = state;
  const place = chosen ?? placeToStart(start, catalog);
  const goTo = (next: Place) => {
    startOver();
    setPlace(next);
  };
  if (trying.step === 'added') {
    return <Added connection={trying.connection} onClose={onClose} onGenerate={onGenerate} />;
  }
  const isTrying = trying.step === 'trying';
  const failure = trying.step === 'filling' ? trying.failure : null;
  switch (place.at) {
    case 'catalogue':
      return (
        <Dialog
          title="Add provider"
          description="A provider issues keys. Choose yours, or try everything with the sandbox first."
          isOpen
          onClose={isTrying ? null : onClose}
          size="large"
        >
          {failure !== null && <FailureCallout failure={failure} />}
          <Catalog
            providers={catalog}
            isBusy={isTrying}
            onChoose={(provider) => goTo({ at: 'form', provider })}
            onSandbox={state.addSandbox}
            onAddFromFile={() => goTo({ at: 'file' })}
            onRemoveDefinition={(provider) => goTo({ at: 'removal', provider })}
          />
        </Dialog>
      );
    case 'file':
      return (
        <AddDefinitionDialog
          onClose={onClose}
          onBack={() => goTo(catalogue)}
          onAdded={(provider) => goTo({ at: 'form', provider })}
        />
      );
    case 'removal':
      return (
        <RemoveDefinitionDialog
          provider={place.provider}
          onRemove={() => state.removeDefinition(place.provider.id)}
          onClose={() => goTo(catalogue)}
        />
      );
    case 'form': {
      const { provider } = place;
      return (
        <Dialog
          title={`Add ${provider.name}`}
          description={provider.description}
          isOpen
          onClose={isTrying ? null : onClose}
          footer={
            <>
              {isTrying && (
                <p className={styles.progress} role="status">
                  {provider.credential.length === 0
                    ? 'Adding the connection.'
                    : 'Trying the credential with one harmless call.'}
                </p>
              )}
              <Button variant="quiet" isDisabled={isTrying} onPress={() => goTo(catalogue)}>
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
            provider={provider}
            isTrying={isTrying}
            failure={failure}
            onAdd={(draft) => state.add(provider.id, draft)}
          />
        </Dialog>
      );
    }
    default:
      return assertNever(place);
  }
}

interface AddedProps extends Omit<AddProviderDialogProps, 'start'> {
  readonly connection: ConnectionView;
}

/** Says that the connection is there and what was done for it, and leads on to its first key. */
function Added({ connection, onClose, onGenerate }: AddedProps) {
  const { name, provider, origin, health } = connection;
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
      <Callout tone="done" title={`${name} is connected`} isNews>
        {provider.credential.length === 0 ? (
          <>
            Nothing was sent anywhere.{' '}
            {isAssisted(provider) && 'Keys are made in its dashboard and pasted here. '}
            {provider.operations.length > 0 && (
              <>
                What Keyturn ever sends of them goes to <span className="mono">{origin}</span> only.
              </>
            )}
          </>
        ) : (
          <>
            {health === 'well'
              ? 'The credential was tried and works.'
              : 'There is no harmless call to try the credential with, so the first key will tell.'}{' '}
            It is kept in the vault and sent to <span className="mono">{origin}</span> only.
          </>
        )}
      </Callout>
    </Dialog>
  );
}
