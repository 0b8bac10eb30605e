import { useId } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import styles from './revoke.module.css';
import { RevokeForm } from './revoke-form.tsx';
import { isRevokedByHand, useRevoke } from './use-revoke.ts';

export interface RevokeDialogProps {
  readonly keyId: KeyId;
  readonly onClose: () => void;
}

/** Ends a key for good, after saying what will break. Says "revoked" only when the provider refuses the key. */
export function RevokeDialog({ keyId, onClose }: RevokeDialogProps) {
  const state = useRevoke(keyId);
  const form = useId();

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Revoke" onClose={onClose} of={state} />;
    case 'ready': {
      const { revoking, detail, connection } = state;
      const isByHand = isRevokedByHand(connection);
      const canAsk = connection?.provider.operations.includes('check') ?? true;
      if (revoking.step === 'revoked') {
        return (
          <Dialog
            title={`Revoked ${detail.name}`}
            isOpen
            onClose={onClose}
            footer={
              <Button variant="primary" onPress={onClose}>
                Close
              </Button>
            }
          >
            <Callout
              tone="done"
              title={isByHand && !canAsk ? 'Noted as revoked' : 'The key is revoked'}
              isNews
            >
              {isByHand && !canAsk
                ? `${detail.provider} cannot be asked about it, so Keyturn takes your word.`
                : `${detail.provider} refuses it now.`}{' '}
              It stays in the list as revoked.
            </Callout>
          </Dialog>
        );
      }
      const isRunning = revoking.step === 'running';
      return (
        <Dialog
          title={`Revoke ${detail.name}`}
          description={`${detail.provider} will refuse the key from then on. This cannot be undone.`}
          isOpen
          onClose={isRunning ? null : onClose}
          footer={
            <>
              {isRunning && (
                <p className={styles.progress} role="status">
                  {isByHand && !canAsk
                    ? 'Noting it down.'
                    : `Asking ${detail.provider}. The key counts as alive until it is refused.`}
                </p>
              )}
              <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
                Cancel
              </Button>
              <Button
                variant={isByHand ? 'primary' : 'danger'}
                type="submit"
                form={form}
                isPending={isRunning}
              >
                {isByHand ? 'I have revoked it' : 'Revoke'}
              </Button>
            </>
          }
        >
          <RevokeForm id={form} {...state} />
        </Dialog>
      );
    }
    default:
      return assertNever(state);
  }
}
