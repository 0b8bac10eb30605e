import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Agenda, DueKey } from './timeline.ts';

/** What is due, by what speaks against rotating it together with the others. */
export interface DueChoice {
  /** Overdue or due soon, and written to at least one file. */
  readonly inFiles: readonly DueKey[];
  /** The new value of these goes nowhere by itself: somebody has to copy it before the old key ends. */
  readonly inNoFile: readonly DueKey[];
  /** Put off by the user. */
  readonly snoozed: readonly DueKey[];
}

/** Tells what is due apart. */
export function dueChoiceOf({ overdue, dueSoon, snoozed }: Agenda): DueChoice {
  const awake = [...overdue, ...dueSoon];
  return {
    inFiles: awake.filter((item) => !isInNoFile(item)),
    inNoFile: awake.filter(isInNoFile),
    snoozed,
  };
}

/** All of them, in the order in which they are listed. */
export const everyOf = ({ inFiles, inNoFile, snoozed }: DueChoice): readonly DueKey[] => [
  ...inFiles,
  ...inNoFile,
  ...snoozed,
];

/** Whether a key is written to no file. */
export const isInNoFile = ({ key }: DueKey): boolean => key.targets === 0;

/** The ids of keys. */
export const idsOf = (items: readonly DueKey[]): ReadonlySet<KeyId> =>
  new Set(items.map(({ key }) => key.id));
