import { useState } from 'react';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { TargetForm } from '../key/target-form.tsx';
import styles from './copy-once.module.css';
import type { CopyOnceState } from './use-copy-once.ts';

export interface WriteInlineProps {
  readonly detail: KeyDetail;
  readonly busy: boolean;
  readonly onWrite: Extract<CopyOnceState, { state: 'open' }>['write'];
  readonly onClose: () => void;
}

/** Asks for a file and writes the key there, without leaving the one time. */
export function WriteInline({ detail, busy, onWrite, onClose }: WriteInlineProps) {
  const [hasWritten, setWritten] = useState(false);
  const write: WriteInlineProps['onWrite'] = async (target) => {
    const wrote = await onWrite(target);
    if (wrote.ok) setWritten(true);
    return wrote;
  };
  return (
    <TargetForm detail={detail} isBusy={busy} onWrite={write} onDone={onClose}>
      <div className={styles.buttons}>
        <Button variant="quiet" onPress={onClose} isDisabled={busy}>
          {hasWritten ? 'Close' : 'Cancel'}
        </Button>
        <Button variant="primary" type="submit" isPending={busy}>
          Write to .env
        </Button>
      </div>
    </TargetForm>
  );
}
