import { useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { isDefinitionMissing } from '../../text/providers.ts';

export interface RemoveConnectionDialogProps {
  readonly connection: ConnectionView;
  readonly onRemove: () => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

type Removing =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' };

/** Asks once before the credential of a connection is forgotten. */
export function RemoveConnectionDialog({ connection, onRemove, onClose }: RemoveConnectionDialogProps) {
  const [removing, setRemoving] = useState<Removing>({ step: 'asking', failure: null });
  const isRunning = removing.step === 'running';
  const remove = async () => {
    setRemoving({ step: 'running' });
    const failure = await onRemove();
    if (failure === null) onClose();
    else setRemoving({ step: 'asking', failure });
  };
  return (
    <Dialog
      title={`Remove ${connection.name}`}
      size="small"
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="danger" onPress={remove} isPending={isRunning}>
            Remove
          </Button>
        </>
      }
    >
      {removing.step === 'asking' && removing.failure !== null && (
        <FailureCallout failure={removing.failure} />
      )}
      <p>
        {connection.provider.credential.length === 0 && !isDefinitionMissing(connection.provider)
          ? 'Keyturn forgets this connection. '
          : 'Keyturn forgets the credential of this connection. '}
        {connection.provider.credential.length === 0 && !isDefinitionMissing(connection.provider)
          ? `Nothing changes at ${connection.provider.name}.`
          : `Nothing changes at ${connection.provider.name}: revoke the credential there if it is not needed any more.`}
      </p>
    </Dialog>
  );
}
