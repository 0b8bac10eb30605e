import { CircleAlert, FileWarning, KeyRound } from 'lucide-react';
import { memo } from 'react';
import { type DueState, dueState } from '../../../shared/domain/due.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { Cell, EnvironmentCell, TextCell } from '../../components/list-cell.tsx';
import { Ring, type RingState } from '../../components/ring.tsx';
import { RowAction } from '../../components/row-action.tsx';
import { Value } from '../../components/value.tsx';
import { dayOf, dueShort, exactTime, relativeTime } from '../../text/dates.ts';
import { statusWords, targetsWords } from '../../text/keys.ts';
import { snoozedWords, snoozeOf } from '../../text/reminders.ts';
import { ringTitle } from '../../text/ring.ts';
import { astrayWords } from '../../text/targets.ts';
import { ChooseCell } from './choose-cell.tsx';
import styles from './key-cells.module.css';
import { type NextStep, nextStep } from './next-action.ts';
import { isAstray, shareOf } from './view.ts';

/** How a key stands towards its due date; `gone` once it is revoked or replaced, which is never due again. */
export function ringState(row: Pick<KeyRow, 'status' | 'dueAt'>, now: number): DueState | 'gone' {
  return row.status === 'revoked' || row.status === 'retiring' ? 'gone' : dueState(row.dueAt, now);
}

/** The same, or that the key is put off where it would be due some day. */
function shownState(row: KeyRow, now: number): RingState {
  const state = ringState(row, now);
  const isDueSomeDay = state !== 'gone' && state !== 'never';
  return isDueSomeDay && snoozeOf(row, now) !== null ? 'snoozed' : state;
}

export interface KeyCellsProps {
  readonly row: KeyRow;
  /** The work that has stopped at the key; null where none has. */
  readonly work: WorkView | null;
  readonly now: number;
  readonly onStep: (row: KeyRow, step: NextStep) => void;
}

/** A key in the wide list: one cell for each column. */
export const KeyCells = memo(function KeyCells({ row, work, now, onStep }: KeyCellsProps) {
  const state = shownState(row, now);
  const step = nextStep(row, work);
  return (
    <>
      <ChooseCell name={row.name} />
      <Cell>
        <Ring share={shareOf(row, now)} state={state} words={ringTitle(row, now)} />
      </Cell>
      <TextCell className={styles.name} title={row.name}>
        {row.name}
      </TextCell>
      <TextCell isQuiet>{row.provider}</TextCell>
      <EnvironmentCell environment={row.environment} />
      <Cell>
        <Value lastFour={row.lastFour} />
      </Cell>
      <TextCell className={cx(styles.due, styles[state])} title={exactDue(row, now)}>
        {state === 'snoozed' ? <Snoozed row={row} now={now} /> : dueOrEnd(row, state, now)}
      </TextCell>
      <Files row={row} />
      <Cell className={styles.state}>
        {step === null ? (
          <StatusBadge status={row.status} />
        ) : (
          <Step step={step} of={row.name} onPress={() => onStep(row, step)} />
        )}
      </Cell>
    </>
  );
});

/** A key in the list beside a detail: what tells it from the others, and what it waits for. */
export const KeyCellsBeside = memo(function KeyCellsBeside({
  row,
  work,
  now,
}: Omit<KeyCellsProps, 'onStep'>) {
  const state = shownState(row, now);
  const step = nextStep(row, work);
  return (
    <>
      <Cell>
        <Ring share={shareOf(row, now)} state={state} words={ringTitle(row, now)} />
      </Cell>
      <TextCell title={`${row.name}, ${row.provider}`}>
        <span className={styles.name}>{row.name}</span> <span className={styles.faint}>{row.provider}</span>
      </TextCell>
      <EnvironmentCell environment={row.environment} />
      <Cell className={cx(styles.beside, step === null ? styles[state] : styles[step.tone])}>
        {step === null ? <ShortState row={row} state={state} now={now} /> : <StepMark step={step} />}
      </Cell>
    </>
  );
});

/** Until when it is put off; in a narrow window the ring alone says that it is. */
function Snoozed({ row, now }: Pick<KeyCellsProps, 'row' | 'now'>) {
  const [first, ...rest] = dueOrEnd(row, 'snoozed', now).split(' ');
  return (
    <>
      <span className={styles.why}>{first} </span>
      {rest.join(' ')}
    </>
  );
}

/** In how many files it is; marked where one of them does not hold it. */
function Files({ row }: Pick<KeyCellsProps, 'row'>) {
  const words = targetsWords(row.targets);
  if (!isAstray(row)) return <TextCell isQuiet>{words}</TextCell>;
  const astray = astrayWords(row.targets, row.targetsAstray);
  return (
    <Cell className={cx(styles.mark, styles.attention)} title={astray}>
      <FileWarning aria-hidden className={styles.icon} />
      <span aria-hidden>{words}</span>
      <span className="hidden-words">{astray}</span>
    </Cell>
  );
}

function ShortState({ row, state, now }: Pick<KeyCellsProps, 'row' | 'now'> & { readonly state: RingState }) {
  if (state === 'snoozed') return <Snoozed row={row} now={now} />;
  return state === 'gone' && row.retiresAt === null ? statusWords(row.status) : dueOrEnd(row, state, now);
}

/** When a key is due; of one that was replaced, when its grace ends; of one that is put off, until when. */
function dueOrEnd(row: KeyRow, state: RingState, now: number): string {
  if (row.retiresAt !== null) return `Ends ${relativeTime(row.retiresAt, now)}`;
  const snoozed = state === 'snoozed' ? snoozeOf(row, now) : null;
  if (snoozed !== null) return snoozedWords(snoozed, now);
  return state === 'gone' ? '–' : dueShort(row.dueAt, now);
}

function StepMark({ step }: { readonly step: NextStep }) {
  const Icon = step.tone === 'attention' ? CircleAlert : KeyRound;
  return (
    <span className={styles.mark} title={step.title}>
      <Icon aria-hidden className={styles.icon} />
      {step.label}
    </span>
  );
}

interface StepProps {
  readonly step: NextStep;
  readonly of: string;
  readonly onPress: () => void;
}

function Step({ step, of, onPress }: StepProps) {
  const Icon = step.tone === 'attention' ? CircleAlert : KeyRound;
  return (
    <>
      <span className={cx(styles.text, styles.step, styles[step.tone])} title={step.title}>
        <Icon aria-hidden className={styles.icon} />
        <span className={cx(styles.text, styles.why)}>{step.short}</span>
      </span>
      <RowAction label={step.label} of={of} onPress={onPress} />
    </>
  );
}

function exactDue(row: KeyRow, now: number): string {
  if (row.retiresAt !== null) return exactTime(row.retiresAt);
  if (row.dueAt === null) return 'Never due';
  const due = `Due ${dayOf(row.dueAt)}`;
  const snoozed = snoozeOf(row, now);
  return snoozed === null ? due : `${snoozedWords(snoozed, now)}. ${due}`;
}
