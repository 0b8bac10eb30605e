import { type CSSProperties, useCallback, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { Button } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { DueCells, type DueCellsProps } from './due-cells.tsx';
import styles from './due-list.module.css';
import type { DueKey } from './timeline.ts';

export interface DueGroupProps extends Omit<DueCellsProps, 'item'> {
  readonly title: string;
  /** Those due first first. */
  readonly items: readonly DueKey[];
  readonly isOpenAtFirst: boolean;
  /** What was found is shown whether the group was folded or not. */
  readonly isSearching: boolean;
  readonly chosen: KeyId | null;
  readonly onChoose: (keyId: KeyId) => void;
  readonly onOpenKey: (keyId: KeyId) => void;
}

/** So many keys are shown before all are asked for, so that whoever scrolls the page passes by. */
const shownAtFirst = 10;
/** A button for a few more would take as much room as they do. */
const fewMore = 3;

/** Keys that are about as pressing, which can be folded: the first ones, and all of them when they are asked for. */
export function DueGroup(props: DueGroupProps) {
  const { title, items, isOpenAtFirst, isSearching, chosen, onChoose, onOpenKey, ...cells } = props;
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [isAll, setAll] = useState(false);
  const isCut = items.length > shownAtFirst + fewMore;
  const shown = isCut && !isAll ? items.slice(0, shownAtFirst) : items;
  const onActive = useCallback(({ key }: DueKey) => onChoose(key.id), [onChoose]);
  return (
    <Disclosure
      title={`${title} ${items.length.toLocaleString('en-GB')}`}
      isOpen={isOpen || isSearching}
      onOpenChange={setOpen}
    >
      <div className={styles.list} style={{ '--lines': shown.length } as CSSProperties}>
        <VirtualList
          label={`${title}: keys by when they are due`}
          items={shown}
          keyOf={keyOf}
          headingOf={noHeading}
          textOf={nameOf}
          columns={5}
          selectedKey={chosen}
          renderRow={(item) => <DueCells {...cells} item={item} />}
          onActive={onActive}
          onOpen={({ key }, by) => {
            if (by === 'key') onOpenKey(key.id);
            else onChoose(key.id);
          }}
        />
      </div>
      {isCut && (
        <div>
          <Button variant="quiet" size="small" onPress={() => setAll(!isAll)}>
            {isAll ? 'Show fewer' : `Show all ${items.length.toLocaleString('en-GB')}`}
            <span className="hidden-words">{` of ${title}`}</span>
          </Button>
        </div>
      )}
    </Disclosure>
  );
}

const keyOf = ({ key }: DueKey): string => key.id;
const noHeading = () => null;
const nameOf = ({ key }: DueKey): string => key.name.toLowerCase();
