import type { Leak } from '../../../shared/ipc/search.contract.ts';
import { EnvironmentBadge, StatusBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { ActionsCell, Cell, TextCell } from '../../components/list-cell.tsx';
import { RowAction } from '../../components/row-action.tsx';
import { dayOf, exactTime } from '../../text/dates.ts';
import { leakPlacesWords, leakPlaceWords, leakStandingWords, shortCommit } from '../../text/leaks.ts';
import styles from './leaks.module.css';
import { dangerOf, type LeakedKey } from './lines.ts';

/** A key that was found, with its one next step. */
export function LeakedKeyCells({
  leaked,
  onReplace,
}: {
  readonly leaked: LeakedKey;
  readonly onReplace: () => void;
}) {
  const { name, environment, status, leaks } = leaked;
  const danger = dangerOf(leaked);
  return (
    <>
      <Cell className={styles.key} title={name}>
        <span className={cx(styles.text, styles.name)}>{name}</span>
        <EnvironmentBadge environment={environment} />
      </Cell>
      <TextCell isQuiet span={3}>
        {leakPlacesWords(leaks)}
        {danger === 'over' && '. It is revoked: nobody can use it any more'}
      </TextCell>
      {/* Nothing stands there now that its places do not say; the button needs the room. */}
      <ActionsCell span={2}>
        {danger === 'over' ? (
          <StatusBadge status={status} />
        ) : (
          <RowAction
            label={danger === 'ending' ? 'End it now' : 'Leaked: replace now'}
            of={name}
            isDanger
            onPress={onReplace}
          />
        )}
      </ActionsCell>
    </>
  );
}

export interface LeakCellsProps {
  readonly leak: Leak;
  /** Whether the history was searched, so that a leak without a commit is in none. */
  readonly isHistoryKnown: boolean;
}

/** One place where a key stands. */
export function LeakCells({ leak, isHistoryKnown }: LeakCellsProps) {
  const { commit } = leak;
  const place = leakPlaceWords(leak);
  const uncommitted = isHistoryKnown ? 'In no commit' : 'History not searched';
  return (
    <>
      <TextCell className={styles.place} title={place}>
        {/* The end of a path tells more than its beginning. */}
        <bdi>{place}</bdi>
      </TextCell>
      <Cell className={styles.commit} title={commit?.subject}>
        {commit === null ? '–' : shortCommit(commit.id)}
      </Cell>
      <TextCell isQuiet title={commit?.author}>
        {commit === null ? uncommitted : commit.author}
      </TextCell>
      <TextCell isQuiet title={commit === null ? undefined : exactTime(commit.at)}>
        {commit === null ? '–' : dayOf(commit.at)}
      </TextCell>
      <TextCell isQuiet={!leak.stillThere} className={cx(leak.stillThere && styles.there)}>
        {leakStandingWords(leak)}
      </TextCell>
      <Cell />
    </>
  );
}
