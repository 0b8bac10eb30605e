import { useId } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { phaseOf, workTitle } from '../../text/work.ts';
import { RotateForm } from './rotate-form.tsx';
import styles from './rotation.module.css';
import { useRotateKey } from './use-rotate-key.ts';
import { WorkCard } from './work-card.tsx';

export interface RotateKeyDialogProps {
  readonly keyId: KeyId;
  readonly onClose: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onCopyOnce: (keyId: KeyId) => void;
}

/** Replaces a key: asks for the grace, then tells every step. It can be closed at any time; the work goes on. */
export function RotateKeyDialog({ keyId, onClose, onOpenKey, onCopyOnce }: RotateKeyDialogProps) {
  const state = useRotateKey(keyId);
  const form = useId();

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="Rotate" onClose={onClose} of={state} />;
    case 'choosing':
      return (
        <Dialog
          title={`Rotate ${state.detail.name}`}
          description={descriptionOf(state.connection)}
          isOpen
          onClose={onClose}
          footer={
            <>
              <Button variant="quiet" onPress={onClose}>
                Cancel
              </Button>
              <Button variant="primary" type="submit" form={form} isPending={state.starting}>
                Rotate
              </Button>
            </>
          }
        >
          <RotateForm id={form} {...state} />
        </Dialog>
      );
    case 'under-way': {
      const { work } = state;
      const phase = phaseOf(work);
      const isInPlace = phase === 'done' || phase === 'grace';
      const newKeyId = isInPlace ? work.newKeyId : null;
      return (
        <Dialog
          title={workTitle(work)}
          isOpen
          onClose={onClose}
          footer={
            <>
              <Button variant={newKeyId === null ? 'secondary' : 'quiet'} onPress={onClose}>
                Close
              </Button>
              {newKeyId !== null && (
                <>
                  <Button onPress={() => onOpenKey(newKeyId)}>Open the new key</Button>
                  {work.origin !== 'by-hand' && (
                    <Button variant="primary" onPress={() => onCopyOnce(newKeyId)}>
                      Copy once
                    </Button>
                  )}
                </>
              )}
            </>
          }
        >
          <WorkCard
            work={work}
            actions={state.actions}
            connection={state.connection}
            onCopyOnce={null}
            isTitleHidden
          />
          {isInPlace && <WhatChanged files={state.detail.targets.map((target) => target.file)} />}
        </Dialog>
      );
    }
    default:
      return assertNever(state);
  }
}

/** What a rotation is, for the way in which the provider's keys are replaced. */
function descriptionOf(connection: ConnectionView | null): string {
  return connection?.provider.replacement === 'at-once'
    ? 'A new key takes its place everywhere.'
    : 'A new key takes its place everywhere. The old one keeps working until the new one has been accepted and written.';
}

function WhatChanged({ files }: { readonly files: readonly string[] }) {
  if (files.length === 0) {
    return (
      <p className={styles.quiet}>No file was to be written. Copy the new key, or write it to a file.</p>
    );
  }
  return (
    <div>
      <p className={styles.quiet}>These files have the new key. Restart what reads them:</p>
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file} className="mono">
            {file}
          </li>
        ))}
      </ul>
    </div>
  );
}
