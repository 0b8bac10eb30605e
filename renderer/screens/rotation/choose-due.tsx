import { useMemo, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { chosenWords } from '../../text/batch.ts';
import { count } from '../../text/dates.ts';
import { copyBefore, defaultGrace } from '../../text/grace.ts';
import { ChosenDueList } from './chosen-due-list.tsx';
import { everyOf, idsOf, isInNoFile } from './due-choice.ts';
import { GraceChoice } from './grace-choice.tsx';
import styles from './rotation.module.css';
import type { DueKey } from './timeline.ts';
import type { RotateAll } from './use-rotate-all.ts';

export interface ChooseDueProps extends Omit<Extract<RotateAll, { state: 'choosing' }>, 'state'> {
  readonly onClose: () => void;
}

/**
 * What of all that is due is rotated, and with which grace. Keys that are in no file, and those that were put off, are
 * left out unless they are chosen.
 */
export function ChooseDue({ due, now, isStarting, failure, start, onClose }: ChooseDueProps) {
  const [grace, setGrace] = useState<Grace>(defaultGrace);
  /** What was changed by hand, by key: everything else is as its group is at first. */
  const [byHand, setByHand] = useState<ReadonlyMap<KeyId, boolean>>(new Map());
  const items = useMemo(() => everyOf(due), [due]);
  const atFirst = useMemo(() => idsOf(due.inFiles), [due]);
  const chosen = items.filter(({ key }) => byHand.get(key.id) ?? atFirst.has(key.id));
  const choose = (some: readonly DueKey[], isChosen: boolean) =>
    setByHand((before) => new Map([...before, ...some.map(({ key }) => [key.id, isChosen] as const)]));
  const chosenIds = idsOf(chosen);
  const group = (some: readonly DueKey[], label: string, help?: string) =>
    some.length > 0 && (
      <Checkbox
        label={label}
        help={help}
        isSelected={some.every(({ key }) => chosenIds.has(key.id))}
        onChange={(isChosen) => choose(some, isChosen)}
      />
    );
  const live = chosen.filter(({ key }) => key.environment === 'live').length;
  return (
    <Dialog
      title="Rotate all due"
      description={
        items.length === 0
          ? 'No key is overdue or due soon.'
          : 'A few keys at a time at each provider. Each old key works until its new one is in place; what stops one does not stop the others.'
      }
      isOpen
      size="large"
      onClose={isStarting ? null : onClose}
      footer={
        <>
          <p className={styles.footnote} role="status">
            {items.length > 0 && chosenWords(chosen.length, items.length, live)}
          </p>
          <Button variant="quiet" onPress={onClose} isDisabled={isStarting}>
            Cancel
          </Button>
          <Button
            variant="primary"
            isPending={isStarting}
            isDisabled={chosen.length === 0}
            onPress={() =>
              start(
                chosen.map(({ key }) => key.id),
                grace,
              )
            }
          >
            Rotate
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {failure !== null && <FailureCallout failure={failure} />}
        {items.length > 0 && (
          <>
            <div className={styles.stack}>
              <GraceChoice label="Grace for the old keys" value={grace} onChange={setGrace} />
            </div>
            <fieldset className={styles.choices}>
              <legend className="hidden-words">Which keys are rotated</legend>
              {group(
                due.inFiles,
                `${count(due.inFiles.length, 'key')} overdue or due soon`,
                'Each new key is written to the files of its old one.',
              )}
              {group(
                due.inNoFile,
                `${count(due.inNoFile.length, 'key')} in no file`,
                `After the rotation copy each new key ${copyBefore(grace, now)}.`,
              )}
              {group(
                due.snoozed,
                `${count(due.snoozed.length, 'snoozed key')}`,
                due.snoozed.some(isInNoFile)
                  ? `Put off until a later day. Those in no file: copy each new key ${copyBefore(grace, now)}.`
                  : 'Put off until a later day.',
              )}
            </fieldset>
            <ChosenDueList due={due} chosen={chosenIds} now={now} onChoose={choose} />
          </>
        )}
      </div>
    </Dialog>
  );
}
