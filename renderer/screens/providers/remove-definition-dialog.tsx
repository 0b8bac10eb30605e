import { useState } from 'react';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';

export interface RemoveDefinitionDialogProps {
  readonly provider: ProviderSummary;
  /** Answers why it is still there; null when it is gone. */
  readonly onRemove: () => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

type Removing =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' };

/** Asks once before a definition of the user's own is forgotten. */
export function RemoveDefinitionDialog({ provider, onRemove, onClose }: RemoveDefinitionDialogProps) {
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
      title={`Remove the definition of ${provider.name}`}
      size="small"
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="danger" onPress={remove} isPending={isRunning}>
            Remove definition
          </Button>
        </>
      }
    >
      {removing.step === 'asking' && removing.failure !== null && (
        <FailureCallout failure={removing.failure} />
      )}
      <p>
        Keyturn forgets how {provider.name} works. The file that it came from stays where it is, and can be
        added again.
      </p>
    </Dialog>
  );
}
