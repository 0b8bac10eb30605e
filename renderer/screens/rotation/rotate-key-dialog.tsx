import { useId } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { RotateForm } from './rotate-form.tsx';
import { UnderWayDialog } from './under-way-dialog.tsx';
import { useRotateKey } from './use-rotate-key.ts';

export interface RotateKeyDialogProps {
  readonly keyId: KeyId;
  readonly onClose: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onCopyOnce: (keyId: KeyId) => void;
  readonly onUndo: (workId: WorkId) => void;
  /** The key has leaked: leads to where that is dealt with. */
  readonly onLeaked: () => void;
}

/** Replaces a key: asks for the grace, then tells every step. It can be closed at any time; the work goes on. */
export function RotateKeyDialog(props: RotateKeyDialogProps) {
  const { keyId, onClose, onOpenKey, onCopyOnce, onUndo, onLeaked } = props;
  const state = useRotateKey(keyId);
  const form = useId();

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Rotate" onClose={onClose} of={state} />;
    case 'choosing':
      return (
        <Dialog
          title={`Rotate ${state.detail.name}`}
          description={descriptionOf(state.connection)}
          isOpen
          onClose={onClose}
          footer={
            <>
              <Button variant="quiet" onPress={onClose}>
                Cancel
              </Button>
              <Button variant="primary" type="submit" form={form} isPending={state.starting}>
                Rotate
              </Button>
            </>
          }
        >
          <RotateForm id={form} {...state} onLeaked={onLeaked} onShowFiles={() => onOpenKey(keyId)} />
        </Dialog>
      );
    case 'under-way':
      return (
        <UnderWayDialog
          work={state.work}
          actions={state.actions}
          connection={state.connection}
          onClose={onClose}
          onOpenKey={onOpenKey}
          onCopyOnce={onCopyOnce}
          onUndo={onUndo}
        />
      );
    default:
      return assertNever(state);
  }
}

/** What a rotation is, for the way in which the provider's keys are replaced. */
function descriptionOf(connection: ConnectionView | null): string {
  return connection?.provider.replacement === 'at-once'
    ? 'A new key takes its place everywhere.'
    : 'A new key takes its place everywhere. The old one keeps working until the new one has been accepted and written.';
}
