import { useId } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import styles from './generate-key.module.css';
import { GenerateKeyForm } from './generate-key-form.tsx';
import { useGenerateKey } from './use-generate-key.ts';

export interface GenerateKeyDialogProps {
  readonly connectionId?: ConnectionId;
  readonly onClose: () => void;
  /** The key is made and stored: its one time begins. */
  readonly onIssued: Parameters<typeof useGenerateKey>[0];
  readonly onAddProvider: () => void;
  /** Leads to where an unknown outcome is cleared up. */
  readonly onOpenRotation: () => void;
}

/** Asks for everything that a new key needs, and asks the provider for it once. */
export function GenerateKeyDialog(props: GenerateKeyDialogProps) {
  const { onClose, onAddProvider, onOpenRotation } = props;
  const state = useGenerateKey(props.onIssued);
  const form = useId();

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Generate key" size="large" onClose={onClose} of={state} />;
    case 'no-connection':
      return (
        <Dialog title="Generate key" isOpen onClose={onClose}>
          <EmptyState
            title="No provider yet"
            actions={
              <Button variant="primary" onPress={onAddProvider}>
                Add provider
              </Button>
            }
          >
            A key is issued by a provider. Add yours, or try everything with the sandbox that comes with
            Keyturn.
          </EmptyState>
        </Dialog>
      );
    case 'ready': {
      const { sending } = state;
      if (sending.step === 'unknown') {
        return (
          <Dialog
            title="Outcome unknown"
            isOpen
            onClose={onClose}
            footer={
              <Button variant="primary" onPress={onOpenRotation}>
                Open Rotation
              </Button>
            }
          >
            <FailureCallout failure={sending.failure} />
          </Dialog>
        );
      }
      const isRunning = sending.step === 'running';
      return (
        <Dialog
          title="Generate key"
          isOpen
          onClose={isRunning ? null : onClose}
          size="large"
          footer={
            <>
              {isRunning && (
                <p className={styles.progress} role="status">
                  Asking the provider, once. What it issues is stored before it is shown.
                </p>
              )}
              <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
                Cancel
              </Button>
              <Button variant="primary" type="submit" form={form} isPending={isRunning}>
                Generate key
              </Button>
            </>
          }
        >
          <GenerateKeyForm
            id={form}
            choices={state.choices}
            first={props.connectionId ?? null}
            placed={sending.step === 'filling' ? sending.placed : null}
            isRunning={isRunning}
            onSend={state.send}
            onPlace={state.place}
          />
        </Dialog>
      );
    }
    default:
      return assertNever(state);
  }
}
