import { type FormEvent, useId, useState } from 'react';
import type { WorkId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureWords } from '../../components/failure-callout.tsx';
import { NumberedList } from '../../components/numbered-list.tsx';
import { unconfirmedWords } from '../../text/git-standing.ts';
import { defaultGrace } from '../../text/grace.ts';
import { takeValueSteps, takeValueWords } from '../../text/take-value.ts';
import { ConfirmTracked } from '../generate-key/git-guard.tsx';
import { GraceChoice } from '../rotation/grace-choice.tsx';
import { splitPath } from './split-path.ts';
import styles from './target-dialog.module.css';
import { useTakeValue } from './use-take-value.ts';

export interface TakeValueDialogProps {
  readonly detail: KeyDetail;
  /** The account that the key is of; null where it cannot be read. */
  readonly connection: ConnectionView | null;
  readonly target: Target;
  readonly onClose: () => void;
  /** The old key is being replaced by the file's value. */
  readonly onStarted: (workId: WorkId) => void;
}

/** Makes a file's value the key's: says what happens, asks for the grace of the old one, and begins. */
export function TakeValueDialog({ detail, connection, target, onClose, onStarted }: TakeValueDialogProps) {
  const { taking, take } = useTakeValue(detail.id, target.id, onStarted);
  const [grace, setGrace] = useState<Grace>(defaultGrace);
  const [confirmName, setConfirmName] = useState('');
  const [insists, setInsists] = useState(false);
  const form = useId();
  const isRunning = taking.step === 'running';
  const failure = taking.step === 'asking' ? taking.failure : null;
  const mayInsist = failure?.code === 'key-form-unusual';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setInsists(insists || mayInsist);
    take({ grace, confirmName, anyForm: insists || mayInsist });
  };
  return (
    <Dialog
      isOpen
      title="Take this value in"
      description={`${splitPath(target.file).name} holds another value than ${detail.name}. Keyturn can make it the key’s own.`}
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isPending={isRunning}>
            {mayInsist ? 'Take it anyway' : 'Take this value in'}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
        {failure !== null && <FailureWords words={takeValueWords(failure, detail)} />}
        <ConfirmTracked
          isNeeded={false}
          keyName={detail.name}
          value={confirmName}
          error={failure?.code === 'file-tracked' ? unconfirmedWords(confirmName) : undefined}
          onChange={setConfirmName}
        />
        <WhatHappens detail={detail} target={target} grace={grace} />
        <div className={styles.stack}>
          <GraceChoice
            label="Grace for the old key"
            value={grace}
            onChange={setGrace}
            byHand={connection !== null && !connection.provider.operations.includes('revoke')}
          />
        </div>
      </form>
    </Dialog>
  );
}

/** The steps that the work will show, in their order, with what there is to know of each beforehand. */
function WhatHappens({
  detail,
  target,
  grace,
}: Pick<TakeValueDialogProps, 'detail' | 'target'> & { readonly grace: Grace }) {
  const others = detail.targets.filter(({ id }) => id !== target.id);
  return (
    <NumberedList label="What happens">
      {takeValueSteps(detail.provider, grace, others.length).map(({ name, words }) => (
        <li key={name}>
          <div>
            {words}
            {name === 'deliver' &&
              others.map(({ id, file }) => (
                <span key={id} className={styles.path}>
                  {file}
                </span>
              ))}
          </div>
        </li>
      ))}
    </NumberedList>
  );
}
