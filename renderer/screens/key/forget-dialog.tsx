import { type FormEvent, useId, useRef, useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RadioCards } from '../../components/radio-cards.tsx';
import { TextField } from '../../components/text-field.tsx';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import { placeFailure } from '../generate-key/draft.ts';
import { InTheDashboard } from '../generate-key/in-the-dashboard.tsx';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { asksAt } from '../providers/asked-at.ts';
import styles from './forget-dialog.module.css';
import { useForget } from './use-forget.ts';

export interface ForgetDialogProps {
  readonly detail: KeyDetail;
  /** The account that the key is of; null where it cannot be read. */
  readonly connection: ConnectionView | null;
  readonly onClose: () => void;
  readonly onForgotten: () => void;
}

type Choice = 'revoke' | 'leave-alive';

/** Takes a key and its value out of the vault, and asks what becomes of it at its provider. */
export function ForgetDialog({ detail, connection, onClose, onForgotten }: ForgetDialogProps) {
  const { forgetting, forget } = useForget(detail.id, onForgotten);
  const [choice, setChoice] = useState<Choice>('revoke');
  const [name, setName] = useState('');
  const [isMismatch, setMismatch] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const formId = useId();

  const isAlive = detail.revokedAt === null;
  const isRunning = forgetting.step === 'running';
  const failure = forgetting.step === 'asking' ? forgetting.failure : null;
  const provider = connection?.provider;
  const cannotRevoke = provider !== undefined && !provider.operations.includes('revoke');
  const isByHand = cannotRevoke || failure?.code === 'revocation-needed';
  const revokes = isAlive && choice === 'revoke';
  const mustType = revokes && !isByHand && detail.environment === 'live';
  const questions = provider === undefined || isByHand || !revokes ? [] : asksAt(provider, 'revoke');
  const isNameWrong = failure?.code === 'confirmation-needed';
  const placed = failure === null || isNameWrong ? null : placeFailure(failure, [], questions);
  useLookAtProblem(form, failure);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning || form.current === null) return;
    const isConfirmed = !mustType || name === detail.name;
    setMismatch(!isConfirmed);
    if (!isConfirmed) return;
    forget({
      atProvider: isAlive ? choice : null,
      // What was done in the dashboard needs no second confirmation.
      confirmName: mustType ? name : detail.name,
      answers: readAnswers(form.current),
      doneByHand: revokes && isByHand,
    });
  };

  return (
    <Dialog
      isOpen
      title={`Delete ${detail.name} from the vault?`}
      description="Its record and its value are removed from this computer. Files that hold it keep it."
      size="medium"
      onClose={isRunning ? null : onClose}
      footer={
        <>
          {isRunning && (
            <p className={styles.progress} role="status">
              {forgetting.atProvider === 'revoke'
                ? `Revoking it at ${detail.provider} first. It is deleted once the key is refused there.`
                : 'Deleting it.'}
            </p>
          )}
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Keep it
          </Button>
          <Button variant="danger" type="submit" form={formId} isPending={isRunning}>
            Delete from vault
          </Button>
        </>
      }
    >
      <form id={formId} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
        {placed?.at === 'form' && <FailureCallout failure={placed.failure} />}
        {isAlive ? (
          <RadioCards<Choice>
            label={`What should happen at ${detail.provider}?`}
            options={choices(detail.provider, isByHand)}
            value={choice}
            onChange={(next) => {
              setChoice(next);
              setMismatch(false);
            }}
          />
        ) : (
          <p>{detail.provider} does not accept it any more, so nothing is left to do there.</p>
        )}
        {revokes && isByHand && provider !== undefined && (
          <InTheDashboard provider={provider} url={connection?.dashboardUrl ?? null} purpose="revoke" />
        )}
        {mustType && (
          <TextField
            label={`Type “${detail.name}” to confirm`}
            value={name}
            onChange={(next) => {
              setName(next);
              setMismatch(false);
            }}
            help="This is a live key: what uses it stops working at once."
            error={isMismatch || isNameWrong ? 'That is not the name of the key. Nothing was revoked.' : null}
          />
        )}
        <AnswerFields
          provider={detail.provider}
          questions={questions}
          problems={placed?.at === 'fields' ? placed.problems : {}}
        />
      </form>
    </Dialog>
  );
}

const choices = (provider: string, isByHand: boolean) => [
  {
    value: 'revoke' as const,
    label: isByHand ? 'I have revoked it there' : 'Revoke it first',
    description: isByHand
      ? 'Follow the steps below before you delete it here.'
      : `It is deleted here only once ${provider} refuses it.`,
  },
  {
    value: 'leave-alive' as const,
    label: 'Leave it alive',
    description: 'It keeps working, and nobody but the provider will know of it afterwards.',
  },
];
