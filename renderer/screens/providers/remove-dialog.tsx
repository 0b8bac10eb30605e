import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';

export interface RemoveDialogProps {
  readonly title: string;
  /** What stands on the button that removes. */
  readonly action: string;
  /** What removing means. */
  readonly children: ReactNode;
  /** Answers why it is still there; null when it is gone. */
  readonly onRemove: () => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

type Removing =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' };

/** Asks once before something is forgotten, and stays where that fails. */
export function RemoveDialog({ title, action, children, onRemove, onClose }: RemoveDialogProps) {
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
      title={title}
      size="small"
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="danger" onPress={remove} isPending={isRunning}>
            {action}
          </Button>
        </>
      }
    >
      {removing.step === 'asking' && removing.failure !== null && (
        <FailureCallout failure={removing.failure} />
      )}
      <p>{children}</p>
    </Dialog>
  );
}
