import { type CSSProperties, useCallback } from 'react';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Cell } from '../../components/list-cell.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { RowAction } from '../../components/row-action.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import styles from './graces.module.css';

export interface GracesProps {
  /** Rotations whose old key lives until its grace ends. */
  readonly works: readonly WorkView[];
  /** Shows the rotation step by step, with everything that can be done about it. */
  readonly onOpen: (work: WorkView) => void;
  readonly onEndNow: (work: WorkView) => void;
  readonly onUndo: (work: WorkView) => void;
}

/** Old keys that still work, one line each: until when, and what can be done before that. Of any length. */
export function Graces({ works, onOpen, onEndNow, onUndo }: GracesProps) {
  const keyOf = useCallback((work: WorkView) => work.id, []);
  return (
    <div className={styles.list} style={{ '--lines': works.length } as CSSProperties}>
      <VirtualList
        label="Old keys still alive"
        items={works}
        keyOf={keyOf}
        headingOf={noHeading}
        textOf={nameOf}
        columns={3}
        selectedKey={null}
        onOpen={onOpen}
        renderRow={(work) => (
          <>
            <Cell className={styles.text} title={`${work.name}, ${work.provider}`}>
              <span className={styles.name}>{work.name}</span>{' '}
              <span className={styles.quiet}>{work.provider}</span>
            </Cell>
            <Cell className={styles.quiet}>
              {work.graceUntil !== null && (
                <>
                  Ends <RelativeTime at={work.graceUntil} />
                </>
              )}
            </Cell>
            <Cell className={styles.actions}>
              {work.canUndo && (
                <RowAction
                  label="Undo"
                  of={work.name}
                  name={`Undo: the rotation of ${work.name}`}
                  onPress={() => onUndo(work)}
                />
              )}
              {work.origin !== 'rotated' && (
                <RowAction
                  label="End now"
                  of={work.name}
                  name={`End now: the old key of ${work.name}`}
                  onPress={() => onEndNow(work)}
                />
              )}
            </Cell>
          </>
        )}
      />
    </div>
  );
}

const noHeading = () => null;
const nameOf = (work: WorkView): string => work.name.toLowerCase();
