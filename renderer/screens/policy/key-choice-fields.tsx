import type { Environment } from '../../../shared/domain/key.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { Select } from '../../components/select.tsx';
import { type KeyChoice, periodsOf } from './key-choice.ts';
import styles from './policy.module.css';

export interface KeyChoiceFieldsProps {
  readonly choice: KeyChoice;
  readonly onChange: (choice: KeyChoice) => void;
  readonly rows: readonly KeyRow[];
  readonly connections: readonly ConnectionView[];
}

/** Which keys are meant: by provider, connection, environment and present period. */
export function KeyChoiceFields({ choice, onChange, rows, connections }: KeyChoiceFieldsProps) {
  const providers = new Map(connections.map(({ providerId, provider }) => [providerId, provider.name]));
  const own = connections.filter(
    ({ providerId }) => choice.providerId === '' || providerId === choice.providerId,
  );
  const change = (part: Partial<KeyChoice>) => onChange({ ...choice, ...part });
  return (
    <div className={styles.filters}>
      <Select
        label="Provider"
        options={[
          { value: '', label: 'Every provider' },
          ...[...providers].map(([value, label]) => ({ value, label })),
        ]}
        value={choice.providerId}
        onChange={(providerId) => change({ providerId, connectionId: '' })}
      />
      <Select
        label="Connection"
        options={[
          { value: '', label: 'Every connection' },
          ...own.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
        value={choice.connectionId}
        onChange={(connectionId) => change({ connectionId })}
      />
      <Select<Environment | ''>
        label="Environment"
        options={[
          { value: '', label: 'Test and live' },
          { value: 'test', label: 'Test' },
          { value: 'live', label: 'Live' },
        ]}
        value={choice.environment}
        onChange={(environment) => change({ environment })}
      />
      <Select
        label="Present period"
        options={[{ value: '', label: 'Any period' }, ...periodsOf(rows)]}
        value={choice.period}
        onChange={(period) => change({ period })}
      />
    </div>
  );
}
