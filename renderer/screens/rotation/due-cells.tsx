import { usedShare } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { ActionsCell, Cell, TextCell } from '../../components/list-cell.tsx';
import { Ring } from '../../components/ring.tsx';
import { RowAction } from '../../components/row-action.tsx';
import { dueShort, exactTime } from '../../text/dates.ts';
import type { StoppedWorks } from '../keys/stopped-works.ts';
import styles from './due-list.module.css';
import { becauseWords } from './mark-words.ts';
import { type NextOfKey, nextOfKey } from './next-of-key.ts';
import { type DueKey, standingOf } from './timeline.ts';

export interface DueCellsProps {
  readonly item: DueKey;
  /** The work that waits for a person, by its key. */
  readonly stopped: StoppedWorks;
  readonly now: number;
  readonly onNext: (item: DueKey, next: NextOfKey) => void;
  readonly onSnooze: (keyId: KeyId) => void;
  readonly onEndSnooze: (keyId: KeyId) => void;
}

/** A key in the list of what is due: one cell for each column. */
export function DueCells({ item, stopped, now, onNext, onSnooze, onEndSnooze }: DueCellsProps) {
  const { key, dueAt } = item;
  const next = nextOfKey(item, stopped.get(key.id) ?? null, now);
  const state = standingOf(item, now);
  const when = [exactTime(dueAt), becauseWords(key), next.words].filter((words) => words !== null);
  return (
    <>
      <Cell>
        <Ring share={usedShare(key.issuedAt, dueAt, now)} state={state} isDecoration />
      </Cell>
      <TextCell title={`${key.name}, ${key.provider}`}>
        <span className={styles.name}>{key.name}</span> <span className={styles.quiet}>{key.provider}</span>
      </TextCell>
      <Cell className={styles.badge}>
        <EnvironmentBadge environment={key.environment} />
      </Cell>
      <Cell className={styles.when} title={when.join('; ')}>
        <span className={cx(styles.due, styles[state])}>
          {dueShort(dueAt, now)}
          {key.dueBecause === 'plan' && ', planned'}
        </span>
        {next.words !== null && <span className={styles.second}>{next.words}</span>}
      </Cell>
      <ActionsCell>
        {next.quiet === 'snooze' && (
          <RowAction
            label="Snooze"
            of={key.name}
            name={`Snooze ${key.name}`}
            isQuiet
            onPress={() => onSnooze(key.id)}
          />
        )}
        {next.quiet === 'end-snooze' && (
          <RowAction
            label="End snooze"
            of={key.name}
            name={`End snooze ${key.name}`}
            isQuiet
            onPress={() => onEndSnooze(key.id)}
          />
        )}
        <RowAction
          label={next.label}
          of={key.name}
          name={`${next.label} ${key.name}`}
          onPress={() => onNext(item, next)}
        />
      </ActionsCell>
    </>
  );
}
