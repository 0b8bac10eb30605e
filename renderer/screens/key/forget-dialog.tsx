import { useState } from 'react';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Dialog } from '../../components/dialog.tsx';

export interface ForgetDialogProps {
  readonly detail: Pick<KeyDetail, 'name' | 'provider' | 'revokedAt'>;
  readonly isDeleting: boolean;
  readonly onClose: () => void;
  readonly onForget: (leaveAlive: boolean) => void;
}

/** Takes a key and its value out of the vault, and says what stays behind. */
export function ForgetDialog({ detail, isDeleting, onClose, onForget }: ForgetDialogProps) {
  const isAlive = detail.revokedAt === null;
  const [leavesAlive, setLeavesAlive] = useState(false);
  return (
    <Dialog
      isOpen
      title={`Delete ${detail.name} from the vault?`}
      size="medium"
      onClose={isDeleting ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isDeleting}>
            Keep it
          </Button>
          <Button
            variant="danger"
            isPending={isDeleting}
            isDisabled={isAlive && !leavesAlive}
            onPress={() => onForget(isAlive)}
          >
            Delete from vault
          </Button>
        </>
      }
    >
      <p>Its record and its value are removed from this computer. Files that hold it keep it.</p>
      {isAlive && (
        <>
          <Callout tone="attention" title={`${detail.provider} still accepts this key`}>
            <p>Deleting it here does not revoke it. Revoke it first, unless somebody else needs it.</p>
          </Callout>
          <Checkbox
            label="Delete it and leave it alive"
            help="Nobody but the provider will know of it afterwards."
            isSelected={leavesAlive}
            onChange={setLeavesAlive}
          />
        </>
      )}
    </Dialog>
  );
}
