import { useId, useState } from 'react';
import type { ConnectionView, Standing } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { AnswerFields } from '../generate-key/answer-fields.tsx';
import { asksAt } from './asked-at.ts';
import styles from './providers.module.css';
import { useAsking } from './use-asking.ts';

export interface RevokeStrayDialogProps {
  readonly connection: ConnectionView;
  readonly stray: Standing;
  readonly onRevoke: (confirmName: string, answers: Record<string, string>) => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

/** Asks twice before a key is revoked that something unknown may use: a live one by its name. */
export function RevokeStrayDialog({ connection, stray, onRevoke, onClose }: RevokeStrayDialogProps) {
  const [name, setName] = useState('');
  const id = useId();
  const isLive = connection.environment === 'live';
  // The list is read once more before anything is revoked, so what it asks is asked here too.
  const questions = asksAt(connection.provider, 'revoke', 'list');
  const { asking, form, submit } = useAsking({
    questions,
    check: () =>
      isLive && name !== stray.name ? { name: 'That is not its name. Nothing was revoked.' } : {},
    act: (answers) => onRevoke(stray.name, answers),
    onDone: onClose,
  });
  const isRunning = asking.step === 'running';
  const problems = asking.step === 'asking' ? asking.problems : {};

  return (
    <Dialog
      title={`Revoke ${stray.name}`}
      description="The vault does not have this key. If something uses it, that stops working. This cannot be undone."
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="danger" type="submit" form={id} isPending={isRunning}>
            Revoke
          </Button>
        </>
      }
    >
      <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate>
        {asking.step === 'asking' && asking.failure !== null && <FailureCallout failure={asking.failure} />}
        {isLive && (
          <TextField
            label={`Type “${stray.name}” to confirm`}
            value={name}
            onChange={setName}
            help="It works in the live environment."
            error={problems.name}
            autoFocus
          />
        )}
        <AnswerFields provider={connection.provider.name} questions={questions} problems={problems} />
      </form>
    </Dialog>
  );
}
