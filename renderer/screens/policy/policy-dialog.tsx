import { type FormEvent, useId, useMemo, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { useNow } from '../../components/use-now.ts';
import { count } from '../../text/dates.ts';
import { ChosenKeys } from './chosen-keys.tsx';
import { effectOf } from './effect.ts';
import { EffectCallout } from './effect-callout.tsx';
import { everyKey, rowsChosen, rowsWithIds } from './key-choice.ts';
import { KeyChoiceFields } from './key-choice-fields.tsx';
import { type PeriodDraft, periodDraftOf, periodProblems, policyOf } from './period-draft.ts';
import { PeriodField } from './period-field.tsx';
import styles from './policy.module.css';
import { recommendedBy } from './recommended.ts';
import { type Policy, usePolicy } from './use-policy.ts';
import { usualPeriod } from './usual.ts';

export interface PolicyDialogProps {
  /** The keys that it is about; null: they are chosen in the dialog. */
  readonly keyIds: readonly KeyId[] | null;
  readonly onClose: () => void;
}

const title = 'How often to rotate';

/** Sets how often keys are rotated, for all that are chosen at once, and says before what that does. */
export function PolicyDialog({ keyIds, onClose }: PolicyDialogProps) {
  const state = usePolicy(keyIds, onClose);
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title={title} onClose={onClose} of={state} />;
    case 'ready':
      return <Ready {...state} keyIds={keyIds} onClose={onClose} />;
    default:
      return assertNever(state);
  }
}

type ReadyProps = PolicyDialogProps & Extract<Policy, { state: 'ready' }>;

function Ready(props: ReadyProps) {
  const { keyIds, onClose, rows, connections, settings, own, isSetting, failure, set } = props;
  const [choice, setChoice] = useState(everyKey);
  const [start] = useState<PeriodDraft | null>(() => own && periodDraftOf(own));
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const form = useId();
  const now = useNow();
  const chosen = useMemo(
    () => (keyIds === null ? rowsChosen(rows, choice) : rowsWithIds(rows, keyIds)),
    [rows, keyIds, choice],
  );

  const problems = draft === null ? {} : periodProblems(draft);
  const isWrong = Object.keys(problems).length > 0;
  const byId = useMemo(() => new Map(connections.map((each) => [each.id, each])), [connections]);
  const usualDays = (row: KeyRow) =>
    usualPeriod(byId.get(row.connectionId) ?? null, row.providerId, settings).everyDays;
  const policy = draft === null || isWrong ? null : policyOf(draft);
  const effect =
    policy === null
      ? null
      : effectOf(chosen, (row) => (policy.everyDays === undefined ? usualDays(row) : policy.everyDays), now);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (policy !== null && chosen.length > 0) set(chosen, policy);
  };
  return (
    <Dialog
      title={title}
      description={descriptionOf(chosen, keyIds)}
      isOpen
      onClose={isSetting ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isSetting}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            isPending={isSetting}
            isDisabled={draft === null || chosen.length === 0}
          >
            Apply
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate inert={isSetting}>
        {failure !== null && <FailureCallout failure={failure} />}
        {keyIds === null && (
          <KeyChoiceFields choice={choice} onChange={setChoice} rows={rows} connections={connections} />
        )}
        <PeriodField
          value={draft}
          onChange={(next) => {
            setDraft(next);
            setTried(false);
          }}
          {...circumstances(chosen, props)}
          problems={isTried ? problems : {}}
        />
        {effect !== null && draft !== start && chosen.length > 0 && <EffectCallout effect={effect} />}
        {chosen.length > 1 && <ChosenKeys rows={chosen} />}
      </form>
    </Dialog>
  );
}

/** What is usual for the keys, and what their provider recommends, as far as that is the same for all of them. */
function circumstances(chosen: readonly KeyRow[], { connections, settings }: ReadyProps) {
  const first = chosen[0];
  if (first === undefined) return { usual: null, recommended: null };
  const connection = connections.find(({ id }) => id === first.connectionId) ?? null;
  const isOneConnection = chosen.every(({ connectionId }) => connectionId === first.connectionId);
  const isOneProvider = chosen.every(({ providerId }) => providerId === first.providerId);
  return {
    usual: isOneConnection
      ? {
          period: usualPeriod(connection, first.providerId, settings),
          whose: { provider: first.provider, connection: connection?.name ?? '' },
        }
      : null,
    recommended: isOneProvider && connection !== null ? recommendedBy(connection.provider) : null,
  };
}

function descriptionOf(chosen: readonly KeyRow[], keyIds: readonly KeyId[] | null): string {
  const [only, ...others] = chosen;
  const left = keyIds === null ? 0 : keyIds.length - chosen.length;
  const rest = left === 0 ? '' : ` ${count(left, 'key')} left out: replaced or revoked.`;
  if (only === undefined) return keyIds === null ? 'No key fits.' : 'None of these keys is in use any more.';
  const whom = others.length === 0 ? `${only.name}, ${only.provider}.` : `${count(chosen.length, 'key')}.`;
  return `${whom}${rest}`;
}
