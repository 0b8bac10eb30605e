import { type FormEvent, useId, useMemo, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import { useNow } from '../../components/use-now.ts';
import { count } from '../../text/dates.ts';
import { asEachRecommends } from './changes.ts';
import { ChosenKeys } from './chosen-keys.tsx';
import { EffectCallout } from './effect-callout.tsx';
import { everyKey, rowsChosen, rowsWithIds } from './key-choice.ts';
import { KeyChoiceFields } from './key-choice-fields.tsx';
import { type PeriodDraft, periodDraftOf, periodProblems } from './period-draft.ts';
import { PeriodField } from './period-field.tsx';
import { type Choice, planOf } from './plan.ts';
import styles from './policy.module.css';
import { recommendedBy } from './recommended.ts';
import { type Policy, usePolicy } from './use-policy.ts';
import { useReasons } from './use-reasons.ts';
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
  const [lastWanted, setWanted] = useState<Choice>(start);
  const [isTried, setTried] = useState(false);
  const form = useId();
  const now = useNow();
  const chosen = useMemo(
    () => (keyIds === null ? rowsChosen(rows, choice) : rowsWithIds(rows, keyIds)),
    [rows, keyIds, choice],
  );

  const { usual, recommended, canBeEach } = circumstances(chosen, props);
  // Other keys may have been chosen since, all of one provider.
  const wanted = lastWanted === 'each' && !canBeEach ? null : lastWanted;
  const draft = wanted === 'each' ? null : wanted;
  const problems = draft === null ? {} : periodProblems(draft);
  const reasons = useReasons(chosen, connections, settings, draft?.choice === 'never');
  const plan = useMemo(
    () => planOf(wanted, { rows: chosen, connections, settings, reasons, now }),
    [wanted, chosen, connections, settings, reasons, now],
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (plan.changes.length > 0) set(plan.changes);
  };
  const choose = (next: Choice) => {
    setWanted(next);
    setTried(false);
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
            isDisabled={wanted === null || chosen.length === 0}
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
          onChange={choose}
          usual={usual}
          recommended={recommended}
          each={canBeEach ? { isChosen: wanted === 'each', onChoose: () => choose('each') } : undefined}
          problems={isTried ? problems : {}}
        />
        {canBeEach && plan.longer > 0 && wanted !== start && (
          <Callout
            tone="attention"
            title={`For ${count(plan.longer, 'key')} that is longer than recommended`}
            action={
              <Button size="small" onPress={() => choose('each')}>
                Use what each recommends
              </Button>
            }
          >
            Their providers recommend to rotate more often.
          </Callout>
        )}
        {plan.effect !== null && wanted !== start && chosen.length > 0 && (
          <EffectCallout effect={plan.effect} />
        )}
        {chosen.length > 1 && <ChosenKeys rows={chosen} reasons={reasons} />}
      </form>
    </Dialog>
  );
}

/** What is usual for the keys, and what their provider recommends, as far as that is the same for all of them. */
function circumstances(chosen: readonly KeyRow[], { connections, settings }: ReadyProps) {
  const first = chosen[0];
  if (first === undefined) return { usual: null, recommended: null, canBeEach: false };
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
    canBeEach: !isOneProvider && asEachRecommends(chosen, connections).length > 0,
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
