import { useId } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import type { PlaceToWrite } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { TargetForm } from './target-form.tsx';
import { useWriteToEnv, type WriteToEnv } from './use-write-to-env.ts';

export interface WriteToEnvDialogProps {
  readonly keyId: KeyId;
  /** What is filled in already. */
  readonly place?: PlaceToWrite;
  readonly onClose: () => void;
}

/** Asks for a file and the names of the variables, says what the file would take, and writes the key there. */
export function WriteToEnvDialog({ keyId, place, onClose }: WriteToEnvDialogProps) {
  const state = useWriteToEnv(keyId);
  const form = useId();
  const ready = state.state === 'ready' ? state : null;
  const isWriting = ready?.isWriting ?? false;
  return (
    <Dialog
      isOpen
      title="Write to .env"
      description={
        ready === null ? '' : `${ready.detail.name} goes into the file; everything else in it stays as it is.`
      }
      onClose={isWriting ? null : onClose}
      footer={
        <>
          <Button variant="quiet" isDisabled={isWriting} onPress={onClose}>
            {ready?.hasWritten === true ? 'Done' : 'Cancel'}
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            isPending={isWriting}
            isDisabled={ready === null}
          >
            Write to .env
          </Button>
        </>
      }
    >
      <Body form={form} state={state} place={place} onDone={onClose} />
    </Dialog>
  );
}

interface BodyProps {
  readonly form: string;
  readonly state: WriteToEnv;
  readonly place: PlaceToWrite | undefined;
  readonly onDone: () => void;
}

function Body({ form, state, place, onDone }: BodyProps) {
  switch (state.state) {
    case 'loading':
      return <Spinner label="Reading the key" />;
    case 'failed':
      return <FailureCallout failure={state.failure} />;
    case 'ready':
      return (
        <TargetForm
          id={form}
          detail={state.detail}
          {...(place === undefined ? {} : { place })}
          isBusy={state.isWriting}
          onWrite={state.write}
          onDone={onDone}
        />
      );
    default:
      return assertNever(state);
  }
}
