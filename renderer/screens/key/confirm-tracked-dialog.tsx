import { type FormEvent, useId, useState } from 'react';
import type { Target } from '../../../shared/domain/key.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { gitWords, unconfirmedWords } from '../../text/git-standing.ts';
import { ConfirmTracked } from '../generate-key/git-guard.tsx';
import styles from './target-dialog.module.css';

export interface ConfirmTrackedDialogProps {
  readonly keyName: string;
  readonly target: Target;
  readonly onClose: () => void;
  /** Answers whether it was written; a wrong name is refused by main. */
  readonly onWrite: (confirmName: string) => Promise<boolean>;
}

/** Asks for the key's name before a live key goes into a file that Git has come to track. */
export function ConfirmTrackedDialog({ keyName, target, onClose, onWrite }: ConfirmTrackedDialogProps) {
  const [name, setName] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const form = useId();
  const words = gitWords({ state: 'tracked', detail: '' }, 'live');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isRunning) return;
    setRunning(true);
    const isWritten = await onWrite(name);
    setRunning(false);
    if (isWritten) onClose();
    else setRefused(true);
  };
  return (
    <Dialog
      isOpen
      title="Let a live key into a tracked file?"
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isPending={isRunning}>
            Confirm
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
        <p className={styles.path}>{target.file}</p>
        {words !== null && (
          <Callout tone={words.tone} title={words.title}>
            {words.text}
          </Callout>
        )}
        <ConfirmTracked
          isNeeded
          keyName={keyName}
          value={name}
          error={isRefused ? unconfirmedWords(name) : undefined}
          onChange={(next) => {
            setName(next);
            setRefused(false);
          }}
        />
      </form>
    </Dialog>
  );
}
