import { type FormEvent, useId, useRef } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import { placeFailure } from '../generate-key/draft.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { asksAt } from '../providers/asked-at.ts';
import styles from './rotation.module.css';
import { TargetFailure } from './target-failure.tsx';
import { UnderWayDialog } from './under-way-dialog.tsx';
import { useUndo } from './use-undo.ts';
import { useWork } from './use-work.ts';
import { useWorkActions } from './use-work-actions.ts';
import { WrittenFiles } from './what-changed.tsx';

export interface UndoDialogProps {
  readonly workId: WorkId;
  readonly onClose: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
}

/** Asks once what undoing does, does it, and tells how it ended. */
export function UndoDialog({ workId, onClose, onOpenKey }: UndoDialogProps) {
  const state = useWork(workId);
  const actions = useWorkActions();
  const { undoing, undo } = useUndo(workId);
  const form = useId();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Undo" onClose={onClose} of={state} />;
    case 'ready': {
      const { work, connection } = state;
      if (undoing.step === 'ended') {
        return (
          <UnderWayDialog
            work={work}
            actions={actions}
            connection={connection}
            onClose={onClose}
            onOpenKey={onOpenKey}
            onCopyOnce={onOpenKey}
            onUndo={() => undo({})}
          />
        );
      }
      const isRunning = undoing.step === 'running';
      return (
        <Dialog
          title={`Undo the rotation of ${work.name}?`}
          description={
            work.written.length === 0
              ? 'Puts the old value back into every file that has the new one already, then revokes the new key.'
              : 'Puts the old value back into these files, then revokes the new key.'
          }
          isOpen
          onClose={isRunning ? null : onClose}
          footer={
            <>
              {isRunning && (
                <p className={styles.footnote} role="status">
                  Putting the old value back, then revoking the new key at {work.provider}.
                </p>
              )}
              <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
                Keep the new key
              </Button>
              <Button variant="danger" type="submit" form={form} isPending={isRunning}>
                Undo
              </Button>
            </>
          }
        >
          <UndoForm
            id={form}
            work={work}
            connection={connection}
            isRunning={isRunning}
            failure={undoing.step === 'asking' ? undoing.failure : null}
            onUndo={undo}
            onShowFiles={() => onOpenKey(work.newKeyId ?? work.keyId)}
          />
        </Dialog>
      );
    }
    default:
      return assertNever(state);
  }
}

interface UndoFormProps {
  readonly id: string;
  readonly work: WorkView;
  readonly connection: ConnectionView | null;
  readonly isRunning: boolean;
  readonly failure: Parameters<typeof placeFailure>[0] | null;
  readonly onUndo: (answers: Record<string, string>) => void;
  /** Leads to the key's page, where its files are mended. */
  readonly onShowFiles: () => void;
}

function UndoForm({ id, work, connection, isRunning, failure, onUndo, onShowFiles }: UndoFormProps) {
  const form = useRef<HTMLFormElement>(null);
  useLookAtProblem(form, failure);
  const questions = connection === null ? [] : asksAt(connection.provider, 'revoke');
  const placed = failure === null ? null : placeFailure(failure, [], questions);
  return (
    <form
      id={id}
      ref={form}
      className={styles.form}
      noValidate
      inert={isRunning}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (form.current !== null) onUndo(readAnswers(form.current));
      }}
    >
      {placed?.at === 'form' && <TargetFailure failure={placed.failure} onShowFiles={onShowFiles} />}
      {work.written.length > 0 && (
        <>
          <WrittenFiles written={work.written} />
          <p className={styles.quiet}>What reads them has to be restarted.</p>
        </>
      )}
      <AnswerFields
        provider={work.provider}
        questions={questions}
        problems={placed?.at === 'fields' ? placed.problems : {}}
      />
    </form>
  );
}
