import { type FormEvent, useId, useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { useNow } from '../../components/use-now.ts';
import { rotationAdvice } from '../../text/period.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { effectOf } from '../policy/effect.ts';
import { EffectCallout } from '../policy/effect-callout.tsx';
import { isRotated } from '../policy/key-choice.ts';
import { type PeriodDraft, periodDraftOf, periodProblems, policyOf } from '../policy/period-draft.ts';
import { PeriodField } from '../policy/period-field.tsx';
import { isLonger, recommendedBy } from '../policy/recommended.ts';
import { type PeriodSettings, usualPeriod } from '../policy/usual.ts';
import styles from './providers.module.css';
import { type Scope, useScopePolicy } from './use-scope-policy.ts';

export interface RotationDialogProps {
  readonly connection: ConnectionView;
  readonly settings: PeriodSettings;
  readonly onClose: () => void;
}

/** How often keys are rotated that do not say so themselves: those of one connection, or all of its provider. */
export function RotationDialog({ connection, settings, onClose }: RotationDialogProps) {
  const { provider, providerId } = connection;
  const policies: Record<Scope, PeriodDraft> = {
    connection: periodDraftOf(connection.policy),
    provider: periodDraftOf(settings.providerPolicies[providerId] ?? {}),
  };
  const [scope, setScope] = useState<Scope>('connection');
  const [start, setStart] = useState(policies.connection);
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const { setting, set } = useScopePolicy(connection, onClose);
  const keys = useKeyEntries();
  const form = useId();
  const now = useNow();
  const isRunning = setting.step === 'running';

  const problems = periodProblems(draft);
  const policy = Object.keys(problems).length === 0 ? policyOf(draft) : null;
  const usual = usualOf(scope, providerId, settings);
  const rows = keys.state === 'ready' ? keys.value.map(({ row }) => row) : [];
  const following = rows.filter((row) => isRotated(row) && follows(row, scope, connection));
  const everyDays = policy?.everyDays === undefined ? usual.everyDays : policy.everyDays;
  const recommended = recommendedBy(provider);
  const isSaidAbove = recommended !== null && isLonger(draft, usual, recommended);
  const advice = isSaidAbove ? null : rotationAdvice(provider);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (policy !== null) set(scope, policy);
  };
  return (
    <Dialog
      title="How often to rotate"
      description="For the keys that have no period of their own. The closest word counts: a key’s, its connection’s, its provider’s, then Settings."
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isPending={isRunning}>
            Apply
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
        {setting.step === 'asking' && setting.failure !== null && (
          <FailureCallout failure={setting.failure} />
        )}
        <SegmentedControl<Scope>
          label="Which keys"
          options={[
            { value: 'connection', label: 'This connection' },
            { value: 'provider', label: `All of ${provider.name}` },
          ]}
          value={scope}
          onChange={(next) => {
            setScope(next);
            setStart(policies[next]);
            setDraft(policies[next]);
            setTried(false);
          }}
        />
        <PeriodField
          key={scope}
          value={draft}
          onChange={(next) => {
            setDraft(next);
            setTried(false);
          }}
          usual={{ period: usual, whose: { provider: provider.name, connection: connection.name } }}
          recommended={recommended}
          problems={isTried ? problems : {}}
        />
        {policy !== null && draft !== start && keys.state === 'ready' && (
          <EffectCallout effect={effectOf(following, () => everyDays, now)} />
        )}
        {advice !== null && <p className={styles.quiet}>{advice}</p>}
      </form>
    </Dialog>
  );
}

/** What applies where this one says nothing. */
const usualOf = (scope: Scope, providerId: string, settings: PeriodSettings) =>
  scope === 'connection'
    ? usualPeriod(null, providerId, settings)
    : usualPeriod(null, providerId, { ...settings, providerPolicies: {} });

/** Whether the word of the connection or the provider is the one that counts for the key, or would be if it spoke. */
function follows(row: KeyRow, scope: Scope, { id, providerId }: ConnectionView): boolean {
  if (scope === 'connection') return row.connectionId === id && row.periodFrom !== 'key';
  return row.providerId === providerId && (row.periodFrom === 'provider' || row.periodFrom === 'default');
}
