import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { Select } from '../../components/select.tsx';
import { EnvironmentWords } from '../generate-key/environment-words.tsx';
import styles from '../generate-key/generate-key.module.css';
import { needsNothing, type TakeInDraft } from './draft.ts';

/** An account, and the environment of one that is made along the way. */
export type Account = Pick<TakeInDraft, 'account' | 'environment'>;

export interface AccountChoiceProps {
  readonly provider: ProviderSummary;
  readonly connections: readonly ConnectionView[];
  readonly draft: Account;
  /** The connection is given, such as that of a stray. */
  readonly isFixed: boolean;
  /** What becomes of the value while a provider is added. */
  readonly meanwhile: string;
  readonly onChange: (part: Partial<Account>) => void;
  readonly onAddProvider: () => void;
}

/** Which account at the provider the key is of. A new one is made along the way where nothing needs to be asked for it. */
export function AccountChoice(props: AccountChoiceProps) {
  const { provider, connections, draft, isFixed, meanwhile, onChange, onAddProvider } = props;
  const own = connections.filter(({ providerId }) => providerId === provider.id);
  const chosen = own.find(({ id }) => id === draft.account);
  const canMakeOne = needsNothing(provider);
  const options = [
    ...own.map(({ id, name, environment }) => ({
      value: id as string,
      label: name,
      description: environment,
    })),
    ...(isFixed ? [] : [{ value: 'new', label: 'A new connection' }]),
  ];
  return (
    <div className={styles.stack}>
      <div className={styles.tight}>
        <Select
          label="Connection"
          isDisabled={isFixed}
          options={options}
          value={draft.account}
          onChange={(account) => {
            const next = own.find(({ id }) => id === account);
            onChange({ account: next?.id ?? 'new' });
          }}
        />
        {chosen !== undefined && <EnvironmentWords environment={chosen.environment} />}
      </div>
      {draft.account === 'new' && canMakeOne && provider.environments.length > 1 && (
        <SegmentedControl<Environment>
          label="Environment"
          options={provider.environments.map((environment) => ({ value: environment, label: environment }))}
          value={draft.environment}
          onChange={(environment) => onChange({ environment })}
        />
      )}
      {draft.account === 'new' && !canMakeOne && (
        <Callout
          tone="info"
          title={`Add ${provider.name} first`}
          action={<Button onPress={onAddProvider}>Add provider</Button>}
        >
          Keyturn needs an answer or two to connect to it. {meanwhile}
        </Callout>
      )}
    </div>
  );
}
