import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { phaseOf, workTitle } from '../../text/work.ts';
import type { WorkActions } from './use-work-actions.ts';
import { WorkCard } from './work-card.tsx';

export interface UnderWayDialogProps {
  readonly work: WorkView;
  readonly actions: WorkActions;
  readonly connection: ConnectionView | null;
  readonly onClose: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onCopyOnce: (keyId: KeyId) => void;
  readonly onUndo: (workId: WorkId) => void;
}

/** A piece of work, step by step, with its next action. It can be closed at any time; the work goes on. */
export function UnderWayDialog(props: UnderWayDialogProps) {
  const { work, actions, connection, onClose, onOpenKey, onCopyOnce, onUndo } = props;
  const phase = phaseOf(work);
  const isInPlace = work.kind === 'rotate' && (phase === 'done' || phase === 'grace');
  const newKeyId = isInPlace ? work.newKeyId : null;
  return (
    <Dialog
      title={workTitle(work)}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button variant={newKeyId === null ? 'secondary' : 'quiet'} onPress={onClose}>
            Close
          </Button>
          {newKeyId !== null && (
            <>
              <Button onPress={() => onOpenKey(newKeyId)}>Open the new key</Button>
              {work.origin !== 'by-hand' && (
                <Button variant="primary" onPress={() => onCopyOnce(newKeyId)}>
                  Copy once
                </Button>
              )}
            </>
          )}
        </>
      }
    >
      <WorkCard
        work={work}
        actions={actions}
        connection={connection}
        onCopyOnce={null}
        onUndo={() => onUndo(work.id)}
        isTitleHidden
      />
    </Dialog>
  );
}
