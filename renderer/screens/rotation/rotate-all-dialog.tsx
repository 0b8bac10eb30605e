import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { ChooseDue } from './choose-due.tsx';
import { useRotateAll } from './use-rotate-all.ts';

export interface RotateAllDialogProps {
  readonly onClose: () => void;
  readonly onOpenWork: (workId: WorkId) => void;
  readonly onRotate: (keyId: KeyId) => void;
}

/** Rotates what is due, with one grace. It can be left at any time; the rotations go on. */
export function RotateAllDialog({ onClose, onOpenWork, onRotate }: RotateAllDialogProps) {
  const state = useRotateAll();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Rotate all due" onClose={onClose} of={state} />;
    case 'begun':
      return (
        <Dialog
          title="Rotate all due"
          isOpen
          onClose={onClose}
          footer={
            <Button variant={state.batch.finishedAt === null ? 'secondary' : 'primary'} onPress={onClose}>
              Close
            </Button>
          }
        >
          <BatchProgress
            batch={state.batch}
            rows={state.rows}
            works={state.works}
            onOpenWork={onOpenWork}
            onRotate={onRotate}
            onLeave={onClose}
          />
        </Dialog>
      );
    case 'choosing':
      return <ChooseDue {...state} onClose={onClose} />;
    default:
      return assertNever(state);
  }
}
