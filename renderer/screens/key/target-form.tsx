import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { KeyDetail, NewTarget } from '../../../shared/ipc/keys.contract.ts';
import type { Result } from '../../../shared/result.ts';
import type { PlaceToWrite } from '../../app-state.ts';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import {
  asFollowed,
  newTarget,
  type Placed,
  placeFailure,
  type TargetDraft,
  targetInput,
  targetProblems,
} from '../generate-key/draft.ts';
import { TargetFields } from '../generate-key/target-fields.tsx';
import { useChooseFile } from '../generate-key/use-choose-file.ts';
import { useFileInspections } from '../generate-key/use-file-inspections.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { useProposals } from '../generate-key/use-proposals.ts';
import styles from './target-form.module.css';

const placedAt = (empty: TargetDraft, { file, variables }: PlaceToWrite): TargetDraft => ({
  ...empty,
  file,
  variables: { ...empty.variables, ...variables },
  named: Object.keys(variables),
});

/** What a try to write came to: the file, and what the user should know beyond that it is written. */
export type Wrote = Result<{ readonly file: string; readonly notes: readonly string[] }, PageFailure>;

export interface TargetFormProps {
  readonly id?: string;
  readonly detail: KeyDetail;
  /** What is filled in already. */
  readonly place?: PlaceToWrite;
  readonly isBusy: boolean;
  readonly onWrite: (target: NewTarget) => Promise<Wrote>;
  /** Written, and nothing is left to say. */
  readonly onDone: () => void;
  /** The form's own buttons, where they don't stand elsewhere. */
  readonly children?: ReactNode;
}

/** Asks for a file and writes the key there. Stays, with what there is to know, where a reader sees another value. */
export function TargetForm({ id, detail, place, isBusy, onWrite, onDone, children }: TargetFormProps) {
  const [target, setTarget] = useState(() => {
    const empty = newTarget([], detail.fields);
    return place === undefined ? empty : placedAt(empty, place);
  });
  const [placed, setPlaced] = useState<Placed | null>(null);
  const [wrote, setWrote] = useState<Extract<Wrote, { ok: true }>['value'] | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const inspections = useFileInspections([target.file], detail.fields, detail.id);
  const chooseFile = useChooseFile();
  useProposals([target], inspections, ([proposed = target]) => setTarget(proposed));
  useLookAtProblem(form, placed);

  const change = (next: TargetDraft) => {
    const followed = detail.targets.find(({ file }) => file === next.file.trim());
    setTarget(next.file === target.file || followed === undefined ? next : asFollowed(next, followed));
    setPlaced(null);
    setWrote(null);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const problems = targetProblems(target);
    setPlaced(Object.keys(problems).length === 0 ? null : { at: 'fields', problems });
    if (Object.keys(problems).length > 0) return;
    const outcome = await onWrite(targetInput(target));
    if (!outcome.ok) {
      setPlaced(placeFailure(outcome.error, [target]));
      return;
    }
    if (outcome.value.notes.length === 0) {
      onDone();
      return;
    }
    setWrote(outcome.value);
    // What was said of the file was said before it was written.
    inspections.again(target.file);
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate aria-label="Write to .env">
      {placed?.at === 'form' && <FailureCallout failure={placed.failure} />}
      <TargetFields
        target={target}
        fields={detail.fields}
        inspections={inspections}
        keyName={detail.name}
        environment={detail.environment}
        problems={placed?.at === 'fields' ? placed.problems : {}}
        isWriting={isBusy}
        onChange={change}
        onRemove={null}
        onChoose={chooseFile}
        autoFocus
      />
      {wrote !== null && (
        <Callout isNews tone="attention" title={`Written to ${wrote.file} and read back`}>
          {wrote.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Callout>
      )}
      {children}
    </form>
  );
}
