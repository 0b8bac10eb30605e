// biome-ignore-all lint/a11y/useSemanticElements: a table's own elements cannot be laid out by a virtual list
// biome-ignore-all lint/a11y/useFocusableInteractive: the list holds the focus and tells the active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list handles the keys
import { CircleAlert, CircleCheck } from 'lucide-react';
import { Badge } from '../../components/badge.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { cx } from '../../components/cx.ts';
import { Cell, EnvironmentCell, TextCell } from '../../components/list-cell.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { Value } from '../../components/value.tsx';
import { count } from '../../text/dates.ts';
import { ageShort, ageWords, pathWithin } from '../../text/finds.ts';
import { splitPath } from '../key/split-path.ts';
import { isAdoptable } from './draft.ts';
import type { FindView } from './find-view.ts';
import styles from './finds.module.css';
import type { RowState } from './row-state.ts';

export interface FindCellsProps {
  readonly view: FindView;
  /** The folder that was searched. */
  readonly folder: string;
  readonly now: number;
  readonly isBeside: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

/** A find in the list. Beside a detail it says less: what tells it from the others, and how it stands. */
export function FindCells({ view, folder, now, isBeside, onChoose }: FindCellsProps) {
  const { find, variable, files, provider, environment, state } = view;
  const more = find.candidates.length > 1 && find.known === null ? ` +${find.candidates.length - 1}` : '';
  const providerWords = provider === null ? '–' : `${provider.name}${more}`;
  const chooser = <Chooser view={view} onChoose={onChoose} />;
  if (isBeside) {
    return (
      <>
        {chooser}
        <Cell className={styles.which} title={variable}>
          <span className={cx(styles.text, styles.variable)}>{variable}</span>{' '}
          <Value lastFour={find.lastFour} />
        </Cell>
        <EnvironmentCell environment={environment} />
        <StateCell state={state} />
      </>
    );
  }
  return (
    <>
      {chooser}
      <TextCell className={styles.variable} title={variable}>
        {variable}
      </TextCell>
      <Cell>
        <Value lastFour={find.lastFour} />
      </Cell>
      <TextCell title={providerWords}>{providerWords}</TextCell>
      <EnvironmentCell environment={environment} />
      <FileCell find={find} folder={folder} files={files} />
      <TextCell isQuiet title={ageWords(find.since, now)}>
        {ageShort(find.since, now)}
      </TextCell>
      <StateCell state={state} />
    </>
  );
}

const trackedWords = 'Tracked by Git';

/** Which file has it, as seen from the folder: what tells rows apart that are called alike. */
function FileCell({
  find,
  folder,
  files,
}: Pick<FindCellsProps, 'folder'> & Pick<FindView, 'find' | 'files'>) {
  const first = splitPath(pathWithin(folder, files[0] ?? ''));
  const isTracked = find.places.some(({ tracked }) => tracked);
  const title = [count(files.length, 'file'), ...files, ...(isTracked ? [trackedWords] : [])].join('\n');
  return (
    <Cell className={styles.where} title={title}>
      <span className={cx(styles.text, styles.inFolder)}>{first.folder}</span>
      <span>{first.name}</span>
      {files.length > 1 && <span className={styles.more}>{`+${files.length - 1}`}</span>}
      {isTracked && (
        <span className={styles.tracked}>
          <Badge tone="attention">{trackedWords}</Badge>
        </span>
      )}
    </Cell>
  );
}

function Chooser({ view, onChoose }: Pick<FindCellsProps, 'view' | 'onChoose'>) {
  const { variable, find, canBeChosen, draft, outcome } = view;
  return (
    // A click on the box chooses; it does not open the row.
    <span role="gridcell" onClick={(event) => event.stopPropagation()}>
      {isAdoptable(find) && (
        <Checkbox
          // The list is the tab stop; Space chooses there, and Arrow Right leads here.
          excludeFromTabOrder
          label={<span className="hidden-words">{`Adopt ${variable} ending in ${find.lastFour}`}</span>}
          isSelected={draft.isChosen && (canBeChosen || outcome !== undefined)}
          isDisabled={!canBeChosen}
          onChange={onChoose}
        />
      )}
    </span>
  );
}

function StateCell({ state: { tone, short, title } }: { readonly state: RowState }) {
  return (
    <Cell className={cx(styles.state, tone === 'attention' && styles.attention)} title={title}>
      {tone === 'attention' && <CircleAlert aria-hidden className={styles.icon} />}
      {tone === 'done' && <CircleCheck aria-hidden className={cx(styles.icon, styles.done)} />}
      {tone === 'running' && <Spinner />}
      <span className={styles.text}>{short}</span>
    </Cell>
  );
}
