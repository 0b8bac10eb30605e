import { memo } from 'react';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import styles from './key-filters.module.css';
import type { KeyLook } from './use-keys.ts';
import { noFilter } from './view.ts';

export interface KeyFiltersProps {
  readonly filter: KeyLook['filter'];
  readonly sort: KeyLook['sort'];
  readonly grouping: KeyLook['grouping'];
  readonly onChange: (change: Partial<KeyLook>) => void;
  /** All filters were cleared, and the button for it is gone. */
  readonly onCleared: () => void;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
}

/** What of the list is shown, and in which order. Typing in the search field leaves it as it is. */
export const KeyFilters = memo(function KeyFilters(props: KeyFiltersProps) {
  const { filter, sort, grouping, onChange, onCleared, providers } = props;
  const narrow = (change: Partial<typeof filter>) => onChange({ filter: { ...filter, ...change } });
  const isNarrowed = Object.values(filter).some((value) => value !== 'all');
  return (
    <div className={styles.filters}>
      <Select
        size="small"
        isLabelHidden
        label="Environment"
        value={filter.environment}
        buttonText={filter.environment === 'all' ? 'Environment' : undefined}
        onChange={(environment) => narrow({ environment })}
        options={[
          { value: 'all', label: 'Any environment' },
          { value: 'live', label: 'Live' },
          { value: 'test', label: 'Test' },
        ]}
      />
      <Select
        size="small"
        isLabelHidden
        label="Status"
        value={filter.status}
        buttonText={filter.status === 'all' ? 'Status' : undefined}
        onChange={(status) => narrow({ status })}
        options={[
          { value: 'all', label: 'Any status' },
          { value: 'waiting', label: 'Waiting for you' },
          { value: 'active', label: 'Active' },
          { value: 'rotating', label: 'Rotating' },
          { value: 'retiring', label: 'Retiring' },
          { value: 'needs-attention', label: 'Needs attention' },
          { value: 'revoked', label: 'Revoked' },
        ]}
      />
      <Select
        size="small"
        isLabelHidden
        label="Provider"
        value={filter.providerId}
        buttonText={filter.providerId === 'all' ? 'Provider' : undefined}
        onChange={(providerId) => narrow({ providerId })}
        options={[
          { value: 'all', label: 'Any provider' },
          ...providers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        size="small"
        isLabelHidden
        label="Due"
        value={filter.due}
        buttonText={filter.due === 'all' ? 'Due' : undefined}
        onChange={(due) => narrow({ due })}
        options={[
          { value: 'all', label: 'Due at any time' },
          { value: 'overdue', label: 'Overdue' },
          { value: 'due-soon', label: 'Due soon' },
          { value: 'never', label: 'Never due' },
          { value: 'snoozed', label: 'Snoozed' },
        ]}
      />
      <Select
        size="small"
        isLabelHidden
        label="Files"
        value={filter.files}
        buttonText={filter.files === 'all' ? 'Files' : undefined}
        onChange={(files) => narrow({ files })}
        options={[
          { value: 'all', label: 'Any files' },
          { value: 'astray', label: 'Files out of step' },
          { value: 'none', label: 'No files' },
        ]}
      />
      {isNarrowed && (
        <Button
          size="small"
          variant="quiet"
          onPress={() => {
            onChange({ filter: noFilter });
            onCleared();
          }}
        >
          Clear filters
        </Button>
      )}
      <div className={styles.order}>
        <Select
          size="small"
          isLabelHidden
          label="Group by"
          value={grouping}
          buttonText={grouping === 'none' ? 'Group' : undefined}
          onChange={(grouping) => onChange({ grouping })}
          options={[
            { value: 'none', label: 'No groups' },
            { value: 'provider', label: 'By provider' },
            { value: 'environment', label: 'By environment' },
            { value: 'due', label: 'By due date' },
            { value: 'period', label: 'By period' },
          ]}
        />
        <Select
          size="small"
          isLabelHidden
          label="Sort by"
          value={sort}
          buttonText={sort === 'due' ? 'Sort' : undefined}
          onChange={(sort) => onChange({ sort })}
          options={[
            { value: 'due', label: 'Due first' },
            { value: 'name', label: 'Name' },
            { value: 'provider', label: 'Provider' },
            { value: 'newest', label: 'Newest first' },
          ]}
        />
      </div>
    </div>
  );
});
