import { type CSSProperties, useCallback, useMemo } from 'react';
import { dueState, usedShare } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { Cell } from '../../components/list-cell.tsx';
import { Ring } from '../../components/ring.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { dueShort, exactTime } from '../../text/dates.ts';
import type { StoppedWorks } from '../keys/stopped-works.ts';
import styles from './due-list.module.css';
import { becauseWords } from './mark-words.ts';
import { type NextOfKey, nextOfKey } from './next-of-key.ts';
import { type Agenda, type DueKey, horizonDays } from './timeline.ts';

export interface DueListProps {
  readonly agenda: Agenda;
  /** The work that waits for a person, by its key. */
  readonly stopped: StoppedWorks;
  readonly now: number;
  /** The key that is chosen here or on the time line. */
  readonly chosen: KeyId | null;
  readonly onChoose: (keyId: KeyId) => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onNext: (item: DueKey, next: NextOfKey) => void;
  readonly onSnooze: (keyId: KeyId) => void;
}

type Line = (DueKey & { readonly text: null }) | { readonly text: string; readonly count: number };

/** Every key that will be due, by its day, each with the one next action. Of any length. */
export function DueList(props: DueListProps) {
  const { agenda, stopped, now, chosen, onChoose, onOpenKey, onNext, onSnooze } = props;
  const lines = useMemo(() => linesOf(agenda), [agenda]);
  const onActive = useCallback(
    (line: Line) => {
      if (line.text === null) onChoose(line.key.id);
    },
    [onChoose],
  );
  return (
    <div className={styles.list} style={{ '--lines': lines.length } as CSSProperties}>
      <VirtualList
        label="Keys by when they are due"
        items={lines}
        keyOf={lineKey}
        headingOf={lineHeading}
        textOf={lineText}
        columns={5}
        selectedKey={chosen}
        renderRow={(line) =>
          line.text === null && (
            <Cells
              item={line}
              next={nextOfKey(line.key, stopped.get(line.key.id) ?? null, now)}
              now={now}
              onNext={onNext}
              onSnooze={onSnooze}
            />
          )
        }
        onActive={onActive}
        onOpen={(line, by) => {
          if (line.text !== null) return;
          if (by === 'key') onOpenKey(line.key.id);
          else onChoose(line.key.id);
        }}
      />
    </div>
  );
}

interface CellsProps extends Pick<DueListProps, 'now' | 'onNext' | 'onSnooze'> {
  readonly item: DueKey;
  readonly next: NextOfKey;
}

function Cells({ item, next, now, onNext, onSnooze }: CellsProps) {
  const { key, dueAt } = item;
  const state = dueState(dueAt, now);
  const because = becauseWords(key);
  const when = [exactTime(dueAt), because, next.words].filter((words) => words !== null);
  const isPressing = state === 'overdue' || state === 'due-soon';
  return (
    <>
      <Cell>
        <Ring share={usedShare(key.issuedAt, dueAt, now)} state={state} isDecoration />
      </Cell>
      <Cell className={styles.text} title={`${key.name}, ${key.provider}`}>
        <span className={styles.name}>{key.name}</span> <span className={styles.quiet}>{key.provider}</span>
      </Cell>
      <Cell className={styles.badge}>
        <EnvironmentBadge environment={key.environment} />
      </Cell>
      <Cell className={cx(styles.text, styles.due, styles[state])} title={when.join('; ')}>
        {dueShort(dueAt, now)}
        {next.words !== null && <span className={styles.quiet}>, {lowerFirst(next.words)}</span>}
        {key.dueBecause === 'plan' && ', planned'}
      </Cell>
      <Cell className={styles.next}>
        {next.to === 'rotate' && isPressing && (
          <Action label="Snooze" of={key.name} isQuiet onPress={() => onSnooze(key.id)} />
        )}
        <Action label={next.label} of={key.name} onPress={() => onNext(item, next)} />
      </Cell>
    </>
  );
}

const lowerFirst = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

interface ActionProps {
  readonly label: string;
  readonly of: string;
  readonly isQuiet?: boolean;
  readonly onPress: () => void;
}

/** By keyboard, Enter leads to the key, where the same is offered, and the time line has R. */
function Action({ label, of, isQuiet = false, onPress }: ActionProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${label} ${of}`}
      className={cx(styles.action, isQuiet && styles.faint)}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      {label}
    </button>
  );
}

function linesOf({ overdue, dueSoon, later, beyond }: Agenda): readonly Line[] {
  const groups: readonly (readonly [string, readonly DueKey[]])[] = [
    ['Overdue', overdue],
    ['Due soon', dueSoon],
    ['Later', later],
    [`After ${horizonDays} days`, beyond],
  ];
  return groups.flatMap(([text, items]): Line[] =>
    items.length === 0
      ? []
      : [{ text, count: items.length }, ...items.map((item): Line => ({ ...item, text: null }))],
  );
}

const lineKey = (line: Line): string => (line.text === null ? line.key.id : line.text.replaceAll(' ', '-'));
const lineHeading = (line: Line) => (line.text === null ? null : line);
const lineText = (line: Line): string => (line.text === null ? line.key.name.toLowerCase() : '');
