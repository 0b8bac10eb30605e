import { type CSSProperties, useMemo } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { Cell, TextCell } from '../../components/list-cell.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { dueShort, exactTime } from '../../text/dates.ts';
import { ChooseCell } from '../keys/choose-cell.tsx';
import styles from './chosen-due-list.module.css';
import { type DueChoice, everyOf, isInNoFile } from './due-choice.ts';
import { snoozeWordsOf } from './mark-words.ts';
import { type DueKey, standingOf } from './timeline.ts';

export interface ChosenDueListProps {
  readonly due: DueChoice;
  readonly chosen: ReadonlySet<KeyId>;
  readonly now: number;
  /** Takes keys in, or leaves them out. */
  readonly onChoose: (items: readonly DueKey[], isChosen: boolean) => void;
}

type Line = (DueKey & { readonly text: null }) | { readonly text: string; readonly count: number };

/** Every key that may be rotated with the others, with its day and a check mark. Of any length. */
export function ChosenDueList({ due, chosen, now, onChoose }: ChosenDueListProps) {
  const lines = useMemo(() => linesOf(due), [due]);
  const items = useMemo(() => everyOf(due), [due]);
  const onChosen = (next: ReadonlySet<string>) => {
    onChoose(
      items.filter(({ key }) => next.has(key.id) && !chosen.has(key.id)),
      true,
    );
    onChoose(
      items.filter(({ key }) => !next.has(key.id) && chosen.has(key.id)),
      false,
    );
  };
  return (
    <div className={styles.list} style={{ '--lines': lines.length } as CSSProperties}>
      <VirtualList
        label="Keys that are due"
        items={lines}
        keyOf={lineKey}
        headingOf={lineHeading}
        textOf={lineText}
        columns={4}
        selectedKey={null}
        chosen={chosen}
        onChoose={onChosen}
        onOpen={(line) => line.text === null && onChoose([line], !chosen.has(line.key.id))}
        renderRow={(line) => line.text === null && <Cells item={line} now={now} />}
      />
    </div>
  );
}

function Cells({ item, now }: { readonly item: DueKey; readonly now: number }) {
  const { key, dueAt } = item;
  const second = snoozeWordsOf(key, now);
  return (
    <>
      <ChooseCell name={key.name} />
      <TextCell title={`${key.name}, ${key.provider}`}>
        <span className={styles.name}>{key.name}</span> <span className={styles.quiet}>{key.provider}</span>
      </TextCell>
      <Cell className={styles.badge}>
        <EnvironmentBadge environment={key.environment} />
      </Cell>
      <Cell className={styles.when} title={exactTime(dueAt)}>
        <span className={cx(styles.due, styles[standingOf(item, now)])}>{dueShort(dueAt, now)}</span>
        {second !== null && (
          <span className={styles.second}>{isInNoFile(item) ? `${second}, in no file` : second}</span>
        )}
      </Cell>
    </>
  );
}

function linesOf({ inFiles, inNoFile, snoozed }: DueChoice): readonly Line[] {
  const groups: readonly (readonly [string, readonly DueKey[]])[] = [
    ['Overdue or due soon', inFiles],
    ['In no file', inNoFile],
    ['Snoozed', snoozed],
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
