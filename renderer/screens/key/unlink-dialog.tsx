import { type FormEvent, useId, useState } from 'react';
import type { Target } from '../../../shared/domain/key.ts';
import type { KeyDetail, TargetState } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { leftWords, listed } from '../../text/targets.ts';
import { splitPath } from './split-path.ts';
import styles from './target-dialog.module.css';
import { useUnlink } from './use-unlink.ts';

export interface UnlinkDialogProps {
  readonly detail: Pick<KeyDetail, 'id' | 'name'>;
  readonly target: Target;
  /** How the target stands; null while that is not known. */
  readonly state: TargetState | null;
  readonly onClose: () => void;
  readonly onUnlinked: () => void;
}

/** Stops following a file, with or without taking the key's lines out of it. */
export function UnlinkDialog({ detail, target, state, onClose, onUnlinked }: UnlinkDialogProps) {
  const { unlinking, unlink } = useUnlink(detail.id, target, onUnlinked);
  const [removesLines, setRemovesLines] = useState(false);
  const form = useId();
  const why = nothingToRemove(state);
  const isRunning = unlinking.step === 'running';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    unlink(removesLines);
  };
  return (
    <Dialog
      isOpen
      title={`Stop following ${splitPath(target.file).name}?`}
      description={`Keyturn no longer watches this file, and rotating ${detail.name} no longer writes to it.`}
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Keep following
          </Button>
          <Button variant="primary" type="submit" form={form} isPending={isRunning}>
            Unlink
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} inert={isRunning}>
        {unlinking.step === 'asking' && unlinking.failure !== null && (
          <FailureCallout failure={unlinking.failure} />
        )}
        <p className={styles.path}>{target.file}</p>
        <Checkbox
          label="Remove its lines from the file"
          help={why ?? linesWords(target, state, removesLines)}
          isSelected={removesLines}
          isDisabled={why !== null}
          onChange={setRemovesLines}
        />
      </form>
    </Dialog>
  );
}

/** Why no line can be removed; null where one may be. */
function nothingToRemove(state: TargetState | null): string | null {
  if (state?.state === 'unreadable') return 'The file cannot be read, so its lines stay.';
  if (state?.state === 'missing' && state.detail !== '') return 'The file is not there.';
  return null;
}

/** What becomes of the lines: which go, and which stay because they hold another value. */
function linesWords({ variables }: Target, state: TargetState | null, removesLines: boolean): string {
  const all = Object.values(variables);
  if (!removesLines) return `The file keeps ${listed(all)}. What reads it goes on as before.`;
  const astray = state === null ? [] : state.astray;
  const ours = all.filter((variable) => !astray.includes(variable));
  const gone = ours.length === 0 ? 'No line holds the key.' : `${listed(ours)} will be gone from the file.`;
  const left = state?.state === 'differs' ? leftWords(astray) : '';
  const rest = left === '' ? 'Lines with another value than the key’s stay.' : left;
  return `${gone} ${rest}`;
}
