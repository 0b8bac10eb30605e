import { useMemo, useState } from 'react';
import type { ConnectionId, KeyId } from '../../../shared/domain/ids.ts';
import { SearchField } from '../../components/search-field.tsx';
import { count } from '../../text/dates.ts';
import type { DueCellsProps } from './due-cells.tsx';
import { DueGroup } from './due-group.tsx';
import styles from './due-list.module.css';
import { type Agenda, type DueKey, horizonDays } from './timeline.ts';

export interface DueListProps
  extends Pick<DueCellsProps, 'stopped' | 'now' | 'onNext' | 'onSnooze' | 'onEndSnooze'> {
  readonly agenda: Agenda;
  /** The accounts' names, which keys are searched for by. */
  readonly connectionNames: ReadonlyMap<ConnectionId, string>;
  /** The key that is chosen here or on the time line. */
  readonly chosen: KeyId | null;
  readonly onChoose: (keyId: KeyId) => void;
  readonly onOpenKey: (keyId: KeyId) => void;
}

/** From how many keys on they can be searched, and what is far away is folded at first. */
const many = 10;

/** Every key that will be due, by how pressing it is and by its day, each with the one next action. Of any length. */
export function DueList({ agenda, connectionNames, ...rest }: DueListProps) {
  const [search, setSearch] = useState('');
  const isSearchable = agenda.all.length > many;
  const terms = isSearchable ? search.toLowerCase().split(/\s+/).filter(Boolean) : [];
  const isSearching = terms.length > 0;
  const groups = useMemo(() => groupsOf(agenda), [agenda]);
  const shown = groups
    .map((group) => ({
      ...group,
      items: isSearching ? group.items.filter((item) => isFound(item, terms, connectionNames)) : group.items,
    }))
    .filter(({ items }) => items.length > 0);
  return (
    <div className={styles.groups}>
      {isSearchable && (
        <div className={styles.search}>
          <SearchField
            label="Search keys by name, provider or connection"
            placeholder="Search these keys"
            value={search}
            onChange={setSearch}
          />
        </div>
      )}
      {shown.map(({ title, items, isOpenAtFirst }) => (
        <DueGroup
          {...rest}
          key={title}
          title={title}
          items={items}
          isOpenAtFirst={isOpenAtFirst}
          isSearching={isSearching}
        />
      ))}
      {isSearching && (
        <p role="status" className={shown.length === 0 ? styles.quiet : 'hidden-words'}>
          {foundWords(shown.reduce((sum, { items }) => sum + items.length, 0))}
        </p>
      )}
    </div>
  );
}

interface Group {
  readonly title: string;
  readonly items: readonly DueKey[];
  readonly isOpenAtFirst: boolean;
}

/** What is far away is folded, unless there is little of it, or nothing before it. */
function groupsOf({ all, overdue, dueSoon, snoozed, later, beyond }: Agenda): readonly Group[] {
  const isShort = all.length <= many;
  const isNothingDue = overdue.length + dueSoon.length === 0;
  return [
    { title: 'Overdue', items: overdue, isOpenAtFirst: true },
    { title: 'Due soon', items: dueSoon, isOpenAtFirst: true },
    { title: 'Snoozed', items: snoozed, isOpenAtFirst: snoozed.length <= many },
    { title: 'Later', items: later, isOpenAtFirst: isShort || isNothingDue },
    {
      title: `After ${horizonDays} days`,
      items: beyond,
      isOpenAtFirst: isShort || beyond.length === all.length,
    },
  ];
}

function isFound(
  { key }: DueKey,
  terms: readonly string[],
  connectionNames: DueListProps['connectionNames'],
): boolean {
  const text = `${key.name}\n${key.provider}\n${connectionNames.get(key.connectionId) ?? ''}`.toLowerCase();
  return terms.every((term) => text.includes(term));
}

const foundWords = (found: number): string =>
  found === 0 ? 'No key that will be due is called that.' : `${count(found, 'key')} found`;
