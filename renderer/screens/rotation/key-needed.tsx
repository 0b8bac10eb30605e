import { type FormEvent, useRef, useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { keyProblems, type Placed, type Problems, placeFailure } from '../generate-key/draft.ts';
import { InTheDashboard } from '../generate-key/in-the-dashboard.tsx';
import { AnyForm, forgetKey, KeyFields, readKey } from '../generate-key/key-fields.tsx';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import styles from './rotation.module.css';
import type { Acting } from './work-buttons.tsx';

export interface KeyNeededProps {
  readonly connection: ConnectionView;
  readonly acting: Acting;
  /** Answers why the key was not taken, or null. */
  readonly onTakeIn: (key: Record<string, string>, anyForm: boolean) => Promise<PageFailure | null>;
  readonly onGiveUp: () => void;
  /** The pasted value is another now: what was said about the last one is over. */
  readonly onEdit: () => void;
}

/** Leads the user to the new key of a rotation, and takes it from them. It waits as long as it takes. */
export function KeyNeeded({ connection, acting, onTakeIn, onGiveUp, onEdit }: KeyNeededProps) {
  const { provider, dashboardUrl } = connection;
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<Problems>({});
  const [anyForm, setAnyForm] = useState(false);
  const failure = acting.step === 'idle' ? acting.failure : null;
  const placed: Placed | null = failure && placeFailure(failure, [], [], provider.fields);
  useLookAtProblem(form, failure);
  const isTaking = acting.step === 'continuing';
  const isGivingUp = acting.step === 'giving-up';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || acting.step !== 'idle') return;
    const key = readKey(form.current);
    const found = keyProblems(key, provider.fields);
    setMissing(found);
    if (Object.keys(found).length > 0) return;
    const refused = await onTakeIn(key, anyForm);
    if (refused === null && form.current !== null) forgetKey(form.current);
  };

  return (
    <form ref={form} className={styles.stack} onSubmit={submit} noValidate aria-label="The new key">
      <InTheDashboard provider={provider} url={dashboardUrl} purpose="replace" />
      {placed?.at === 'form' && <FailureCallout failure={placed.failure} />}
      <KeyFields
        fields={provider.fields}
        problems={placed?.at === 'fields' ? placed.problems : missing}
        onEdit={() => {
          setMissing({});
          setAnyForm(false);
          if (failure !== null) onEdit();
        }}
      />
      {placed?.at === 'fields' && placed.mayInsist === true && (
        <AnyForm isSelected={anyForm} onChange={setAnyForm} />
      )}
      <div className={styles.buttons}>
        <Button variant="quiet" onPress={onGiveUp} isPending={isGivingUp} isDisabled={isTaking}>
          Give up
        </Button>
        <Button variant="primary" type="submit" isPending={isTaking} isDisabled={isGivingUp}>
          Take in key
        </Button>
      </div>
    </form>
  );
}
