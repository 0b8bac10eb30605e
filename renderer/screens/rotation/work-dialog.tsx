import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { UnreadyDialog } from '../../components/unready.tsx';
import { UnderWayDialog } from './under-way-dialog.tsx';
import { useWork } from './use-work.ts';
import { useWorkActions } from './use-work-actions.ts';

export interface WorkDialogProps {
  readonly workId: WorkId;
  readonly onClose: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onCopyOnce: (keyId: KeyId) => void;
  readonly onUndo: (workId: WorkId) => void;
}

/** Any piece of work by itself, wherever it was pointed to from. */
export function WorkDialog({ workId, ...does }: WorkDialogProps) {
  const state = useWork(workId);
  const actions = useWorkActions();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Under way" onClose={does.onClose} of={state} />;
    case 'ready':
      return <UnderWayDialog {...does} work={state.work} connection={state.connection} actions={actions} />;
    default:
      return assertNever(state);
  }
}
