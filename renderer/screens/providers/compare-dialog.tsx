import { useId } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { AnswerFields } from '../generate-key/answer-fields.tsx';
import { asksAt } from './asked-at.ts';
import styles from './providers.module.css';
import { useAsking } from './use-asking.ts';

export interface CompareDialogProps {
  readonly connection: ConnectionView;
  readonly onCompare: (answers: Record<string, string>) => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

/** Asks what the provider wants to know before it lists its keys. */
export function CompareDialog({ connection, onCompare, onClose }: CompareDialogProps) {
  const id = useId();
  const questions = asksAt(connection.provider, 'list');
  const { asking, form, submit } = useAsking({ questions, act: onCompare, onDone: onClose });
  const isRunning = asking.step === 'running';
  return (
    <Dialog
      title={`Compare with ${connection.provider.name}`}
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={id} isPending={isRunning}>
            Compare
          </Button>
        </>
      }
    >
      <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate>
        {asking.step === 'asking' && asking.failure !== null && <FailureCallout failure={asking.failure} />}
        <AnswerFields
          provider={connection.provider.name}
          questions={questions}
          problems={asking.step === 'asking' ? asking.problems : {}}
        />
      </form>
    </Dialog>
  );
}
