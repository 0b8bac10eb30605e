import { useId } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { UnderWayDialog } from '../rotation/under-way-dialog.tsx';
import { LeakedForm } from './leaked-form.tsx';
import { useReplaceLeaked } from './use-replace-leaked.ts';

export interface LeakedDialogProps {
  readonly keyId: KeyId;
  readonly onClose: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onCopyOnce: (keyId: KeyId) => void;
  readonly onOpenWork: (workId: WorkId) => void;
  readonly onUndo: (workId: WorkId) => void;
  readonly onRevoke: () => void;
}

/** Replaces a key that others may have: no grace. Ends with what changed and has to be restarted. */
export function LeakedDialog(props: LeakedDialogProps) {
  const { keyId, onClose } = props;
  const state = useReplaceLeaked(keyId);
  const form = useId();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Leaked: replace now" onClose={onClose} of={state} />;
    case 'choosing': {
      const title = `Replace ${state.detail.name} now`;
      const already = alreadyOf(state.detail);
      if (already !== null) {
        return (
          <Dialog title={title} isOpen onClose={onClose} footer={<Already {...props} already={already} />}>
            <Callout tone={already.tone} title={already.title}>
              {already.text}
            </Callout>
          </Dialog>
        );
      }
      return (
        <Dialog
          title={title}
          description="Whoever has the leaked value can use it until it is revoked. There is no grace."
          isOpen
          onClose={onClose}
          footer={
            <>
              <Button variant="quiet" onPress={onClose}>
                Cancel
              </Button>
              <Button variant="danger" type="submit" form={form} isPending={state.isStarting}>
                Replace now
              </Button>
            </>
          }
        >
          <LeakedForm id={form} {...state} onShowFiles={() => props.onOpenKey(keyId)} />
        </Dialog>
      );
    }
    case 'under-way':
      return (
        <UnderWayDialog
          work={state.work}
          actions={state.actions}
          connection={state.connection}
          onClose={onClose}
          onOpenKey={props.onOpenKey}
          onCopyOnce={props.onCopyOnce}
          onUndo={props.onUndo}
        />
      );
    default:
      return assertNever(state);
  }
}

interface AlreadyWords {
  readonly tone: 'done' | 'attention';
  readonly title: string;
  readonly text: string;
  /** What is left to do; `revoke`: end it now. */
  readonly next: 'nothing' | 'revoke' | { readonly workId: WorkId };
}

/** What has happened to the key before, so that it is not replaced now; null where it can be. */
function alreadyOf({ status, provider, workId }: KeyDetail): AlreadyWords | null {
  if (status === 'revoked') {
    return {
      tone: 'done',
      title: 'It is revoked already',
      text: `${provider} does not accept it any more. Whoever has the value can do nothing with it.`,
      next: 'nothing',
    };
  }
  if (status === 'retiring') {
    return {
      tone: 'attention',
      title: 'It has been replaced already, and still works',
      text: 'Its grace has not ended. Revoke it now: the new key stays in place.',
      next: 'revoke',
    };
  }
  if (workId === null) return null;
  return {
    tone: 'attention',
    title: 'Something is under way with this key',
    text: 'Finish that first: a second change at the same time could lose one of them.',
    next: { workId },
  };
}

function Already({
  already,
  onClose,
  onRevoke,
  onOpenWork,
}: LeakedDialogProps & { readonly already: AlreadyWords }) {
  const { next } = already;
  return (
    <>
      <Button variant="quiet" onPress={onClose}>
        Close
      </Button>
      {next === 'revoke' && (
        <Button variant="danger" onPress={onRevoke}>
          Revoke
        </Button>
      )}
      {typeof next === 'object' && (
        <Button variant="primary" onPress={() => onOpenWork(next.workId)}>
          Show what is under way
        </Button>
      )}
    </>
  );
}
