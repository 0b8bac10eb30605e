import { type FormEvent, useState } from 'react';
import type { KeyDetail, NewTarget } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import type { PageFailure } from '../../text/errors.ts';
import {
  newTarget,
  type Problems,
  placeFailure,
  targetInput,
  targetProblems,
} from '../generate-key/draft.ts';
import { TargetFields } from '../generate-key/target-fields.tsx';
import { useChooseFile } from '../generate-key/use-choose-file.ts';
import { useFileInspections } from '../generate-key/use-file-inspections.ts';
import styles from './copy-once.module.css';

export interface WriteInlineProps {
  readonly detail: KeyDetail;
  readonly busy: boolean;
  /** Answers why it was not written, or null. */
  readonly onWrite: (target: NewTarget) => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

/** Asks for a file and writes the key there, without leaving the one time. */
export function WriteInline({ detail, busy, onWrite, onClose }: WriteInlineProps) {
  const [target, setTarget] = useState(() => newTarget([], detail.fields));
  const [problems, setProblems] = useState<Problems>({});
  const inspections = useFileInspections([target.file]);
  const chooseFile = useChooseFile();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = targetProblems(target);
    setProblems(found);
    if (Object.keys(found).length > 0 || busy) return;
    const failure = await onWrite(targetInput(target));
    if (failure === null) {
      onClose();
      return;
    }
    const placed = placeFailure(failure, [target]);
    if (placed.at === 'fields') setProblems(placed.problems);
  };

  return (
    <form className={styles.write} onSubmit={submit} noValidate aria-label="Write to .env">
      <TargetFields
        target={target}
        fields={detail.fields}
        inspection={inspections.get(target.file.trim())}
        problems={problems}
        onChange={setTarget}
        onRemove={null}
        onChoose={chooseFile}
        autoFocus
      />
      <div className={styles.buttons}>
        <Button variant="quiet" onPress={onClose} isDisabled={busy}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" isPending={busy}>
          Write to .env
        </Button>
      </div>
    </form>
  );
}
