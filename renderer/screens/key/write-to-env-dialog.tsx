import { useId } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { TargetForm } from './target-form.tsx';
import { useWriteToEnv } from './use-write-to-env.ts';

export interface WriteToEnvDialogProps {
  readonly keyId: KeyId;
  readonly onClose: () => void;
}

/** Asks for a file and the names of the variables, and says what the file would take. */
export function WriteToEnvDialog({ keyId, onClose }: WriteToEnvDialogProps) {
  const state = useWriteToEnv(keyId);
  const form = useId();
  if (state.state !== 'ready') return <UnreadyDialog title="Write to .env" onClose={onClose} of={state} />;
  const { detail, isWriting, hasWritten, write } = state;
  return (
    <Dialog
      isOpen
      title="Write to .env"
      description={`${detail.name} goes into the file; everything else in it stays as it is.`}
      onClose={isWriting ? null : onClose}
      footer={
        <>
          <Button variant="quiet" isDisabled={isWriting} onPress={onClose}>
            {hasWritten ? 'Done' : 'Cancel'}
          </Button>
          <Button variant="primary" type="submit" form={form} isPending={isWriting}>
            Write to .env
          </Button>
        </>
      }
    >
      <TargetForm id={form} detail={detail} isBusy={isWriting} onWrite={write} onDone={onClose} />
    </Dialog>
  );
}
