import { ClipboardPaste, Ellipsis, FolderSearch, ListFilter, Plus, ScanSearch } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { keepFocus } from '../../components/keep-focus.ts';
import { ColumnNames } from '../../components/list-cell.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import { useNow } from '../../components/use-now.ts';
import { type ListHandle, VirtualList } from '../../components/virtual-list.tsx';
import { count } from '../../text/dates.ts';
import { AstrayReminder } from './astray-reminder.tsx';
import { ChosenBar } from './chosen-bar.tsx';
import { KeyCells, KeyCellsBeside } from './key-cells.tsx';
import { KeyFilters } from './key-filters.tsx';
import { KeysEmpty } from './keys-empty.tsx';
import styles from './keys-screen.module.css';
import type { NextStep } from './next-action.ts';
import type { Keys } from './use-keys.ts';
import { type KeyLine, noFilter } from './view.ts';
import { WaitingWorks } from './waiting-works.tsx';

export interface KeysScreenProps {
  readonly keys: Keys;
  readonly sandbox: { readonly isStarting: boolean; readonly start: () => void };
  readonly selectedId: string | null;
  /** The key that is open, beside the list; null when none is. */
  readonly detail: ReactNode;
  readonly onOpen: (row: KeyRow, by: 'key' | 'pointer' | 'move') => void;
  readonly onStep: (row: KeyRow, step: NextStep) => void;
  readonly onGenerate: () => void;
  readonly onTakeIn: () => void;
  readonly onFindKeys: () => void;
  readonly onCheckForLeaks: () => void;
  readonly onAddProvider: () => void;
  /** What reminds of a backup; null where none is due. */
  readonly reminder: ReactNode;
  readonly onShowWork: (work: WorkView) => void;
  readonly onShowAllWork: () => void;
}

/** Every key, and beside it the one that is open. */
export function KeysScreen(props: KeysScreenProps) {
  const { keys, detail } = props;
  switch (keys.state) {
    case 'loading':
    case 'failed':
      return <UnreadyPage title="Keys" of={keys} />;
    case 'empty':
      return (
        // The one primary action is what the empty list proposes.
        <Page title="Keys" width="full" actions={<Generate variant="secondary" onPress={props.onGenerate} />}>
          <WaitingWorks works={keys.rowless} onShow={props.onShowWork} onShowAll={props.onShowAllWork} />
          <KeysEmpty
            hasConnections={keys.hasConnections}
            isStartingSandbox={props.sandbox.isStarting}
            onSandbox={props.sandbox.start}
            onAddProvider={props.onAddProvider}
            onGenerate={props.onGenerate}
            onTakeIn={props.onTakeIn}
            onFindKeys={props.onFindKeys}
          />
        </Page>
      );
    case 'ready':
      return (
        <div className={cx(styles.split, detail !== null && styles.open)}>
          <div className={styles.list}>
            <KeyList {...props} keys={keys} />
          </div>
          {detail !== null && (
            <div ref={keepFocus} className={styles.detail}>
              {detail}
            </div>
          )}
        </div>
      );
    default:
      return assertNever(keys);
  }
}

interface GenerateProps {
  readonly variant?: 'primary' | 'secondary';
  /** Beside a detail; in a narrow window the picture has to do there. */
  readonly isBeside?: boolean;
  readonly onPress: () => void;
}

const Generate = ({ variant = 'primary', isBeside, onPress }: GenerateProps) => (
  <Button variant={variant} icon={Plus} onPress={onPress}>
    <span className={cx(isBeside === true && styles.besideWords)}>Generate key</span>
  </Button>
);

function KeyList({
  keys,
  detail,
  selectedId,
  onOpen,
  onStep,
  onGenerate,
  onTakeIn,
  onFindKeys,
  onCheckForLeaks,
  reminder,
  onShowWork,
  onShowAllWork,
}: KeysScreenProps & { readonly keys: Extract<Keys, { state: 'ready' }> }) {
  const now = useNow();
  const list = useRef<ListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const [areFiltersOpen, setFiltersOpen] = useState(false);
  const isBeside = detail !== null;
  const { look, setLook } = keys;
  const [chosen, choose] = useState(noneChosen);
  const chosenRows = useMemo(
    // While none is chosen, which is nearly always, a keystroke need not go through all of them.
    () =>
      chosen.size === 0
        ? []
        : keys.lines.flatMap((line) => (line.kind === 'key' && chosen.has(line.key) ? [line.row] : [])),
    [keys.lines, chosen],
  );
  const focusSearch = useCallback(() => search.current?.focus(), []);
  /** Without a row to go to, what narrows the list is the place to be. */
  const focusList = useCallback(
    () => (list.current === null ? focusSearch() : list.current.focus()),
    [focusSearch],
  );
  useSearchShortcut(focusSearch);

  const wasBeside = useRef(isBeside);
  useEffect(() => {
    if (wasBeside.current && !isBeside) focusList();
    wasBeside.current = isBeside;
  }, [isBeside, focusList]);

  const isNarrowed = keys.shown !== keys.total;
  return (
    <Page
      title="Keys"
      aside={
        isNarrowed
          ? `${keys.shown.toLocaleString('en-GB')} of ${count(keys.total, 'key')}`
          : count(keys.total, 'key')
      }
      width="full"
      actions={
        <>
          {isBeside && (
            <IconButton
              label={areFiltersOpen ? 'Hide filters' : 'Show filters'}
              icon={ListFilter}
              onPress={() => setFiltersOpen(!areFiltersOpen)}
            />
          )}
          {isBeside ? (
            <IconButton label="Take in a key" icon={ClipboardPaste} onPress={onTakeIn} />
          ) : (
            <Button icon={ClipboardPaste} onPress={onTakeIn}>
              Take in a key
            </Button>
          )}
          <Menu
            label="More for all keys"
            trigger={<IconButton label="More for all keys" icon={Ellipsis} />}
            entries={[
              {
                id: 'find-keys',
                label: 'Find keys in a folder',
                icon: FolderSearch,
                onAction: onFindKeys,
              },
              {
                id: 'check-for-leaks',
                label: 'Check for leaks',
                icon: ScanSearch,
                onAction: onCheckForLeaks,
              },
            ]}
          />
          <Generate isBeside={isBeside} onPress={onGenerate} />
        </>
      }
      toolbar={
        <>
          <SearchField
            label="Search keys"
            placeholder="Name, provider or last four"
            value={look.search}
            inputRef={search}
            onChange={(text) => setLook({ search: text })}
            onLeave={() => list.current?.focus()}
          />
          {(!isBeside || areFiltersOpen) && (
            <KeyFilters
              filter={look.filter}
              sort={look.sort}
              grouping={look.grouping}
              onChange={setLook}
              onCleared={focusSearch}
              providers={keys.providers}
            />
          )}
        </>
      }
    >
      {!isBeside && (
        <>
          {reminder}
          <AstrayReminder
            keys={keys.astray}
            isShown={look.filter.files === 'astray'}
            onShow={() => {
              setLook({ search: '', filter: { ...noFilter, files: 'astray' } });
              // The button goes with what it says.
              focusList();
            }}
          />
          <WaitingWorks works={keys.rowless} onShow={onShowWork} onShowAll={onShowAllWork} />
        </>
      )}
      <p role="status" className="hidden-words">
        {isNarrowed ? `${count(keys.shown, 'key')} found` : ''}
      </p>
      {keys.shown === 0 ? (
        <EmptyState
          title="No key fits"
          actions={
            <>
              <Button icon={ClipboardPaste} onPress={onTakeIn}>
                Take in a key
              </Button>
              <Button
                onPress={() => {
                  setLook({ search: '', filter: noFilter });
                  focusSearch();
                }}
              >
                Clear search and filters
              </Button>
            </>
          }
        >
          <p>None of {count(keys.total, 'key')} has these words and fits these filters.</p>
        </EmptyState>
      ) : (
        <div className={cx(styles.grid, isBeside && styles.beside)}>
          <VirtualList<KeyLine>
            label="Keys"
            listRef={list}
            items={keys.lines}
            keyOf={lineKey}
            headingOf={lineHeading}
            textOf={lineText}
            columns={isBeside ? 4 : columns.length}
            sizes={isBeside ? '--columns-keys-beside' : '--columns-keys'}
            {...(isBeside ? {} : { header, chosen, onChoose: choose })}
            selectedKey={selectedId}
            rowClassName={rowClassName}
            renderRow={(line) =>
              line.kind === 'key' &&
              (isBeside ? (
                <KeyCellsBeside row={line.row} work={keys.stopped.get(line.row.id) ?? null} now={now} />
              ) : (
                <KeyCells
                  row={line.row}
                  work={keys.stopped.get(line.row.id) ?? null}
                  now={now}
                  onStep={onStep}
                />
              ))
            }
            onActive={(line) => {
              if (isBeside && line.kind === 'key') onOpen(line.row, 'move');
            }}
            onOpen={(line, by) => {
              if (line.kind === 'key') onOpen(line.row, by);
            }}
          />
          {!isBeside && chosenRows.length > 0 && (
            <ChosenBar
              rows={chosenRows}
              onNone={() => {
                choose(noneChosen);
                // The button goes with the bar.
                list.current?.focus();
              }}
            />
          )}
        </div>
      )}
    </Page>
  );
}

const lineKey = (line: KeyLine): string => line.key;
const lineHeading = (line: KeyLine) => (line.kind === 'heading' ? line : null);
const lineText = (line: KeyLine): string => (line.kind === 'key' ? line.lowerName : '');
const rowClassName = (line: KeyLine): string =>
  cx(line.kind === 'key' && line.row.status === 'revoked' && styles.gone);

const noneChosen: ReadonlySet<string> = new Set();

const columns = ['Choose', 'Age', 'Name', 'Provider', 'Environment', 'Ends in', 'Due', 'Files', 'Status'];
/** Columns whose cells say by themselves what they are. */
const unnamed = new Set(['Choose', 'Age', 'Environment']);

const header = (
  <ColumnNames names={columns} unnamed={unnamed} titles={{ Age: 'How much of its period is used' }} />
);

/** Ctrl+F, Cmd+F and the slash lead to the search field. */
function useSearchShortcut(focus: () => void): void {
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, [role=dialog]');
      const isFind = (event.ctrlKey || event.metaKey) && event.key === 'f';
      if (!isFind && !(event.key === '/' && !isTyping)) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
