// biome-ignore-all lint/a11y/useSemanticElements: a table's own elements cannot be laid out by a virtual list
// biome-ignore-all lint/a11y/useFocusableInteractive: the list holds the focus and tells the active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the list handles the keys
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { cx } from './cx.ts';
import { extended, toggled } from './list-choice.ts';
import { type ListPosition, moveActive, typeAhead } from './list-keys.ts';
import { hasButtons, leadInRow } from './row-controls.ts';
import styles from './virtual-list.module.css';

/** The height of a row in CSS pixels, as `--row` says. */
const rowHeight = 36;
/** The height of the columns' names, as `--control` says. */
const headerHeight = 30;
const typeAheadMs = 700;

export interface VirtualListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** The words of a heading and how many rows follow it; null for a row that can be chosen. */
  readonly headingOf: (item: T) => ListHeading | null;
  /** What type-ahead compares with, in lower case. */
  readonly textOf: (item: T) => string;
  readonly columns: number;
  /** The columns' sizes, the name of a token; without it `--columns` holds as it stands. */
  readonly sizes?: `--columns-${string}`;
  /** Cells with the role `columnheader`, if the list shows its columns' names. */
  readonly header?: ReactNode;
  /** The cells of a row, each with the role `gridcell`. Called for rows in view alone. */
  readonly renderRow: (item: T) => ReactNode;
  readonly rowClassName?: (item: T) => string;
  /** The row that is open. */
  readonly selectedKey: string | null;
  /** The rows that are chosen, to act on them together. */
  readonly chosen?: ReadonlySet<string>;
  /** With it rows can be chosen. A cell with `data-chooses` chooses its row by a plain click. */
  readonly onChoose?: (chosen: ReadonlySet<string>) => void;
  /** A row became the active one, by keyboard or by a click. */
  readonly onActive?: (item: T) => void;
  /** What Space does with the active row, and how it is told to whoever does not see it. Not where rows can be chosen. */
  readonly onSpace?: { readonly words: string; readonly act: (item: T) => void };
  /** A row was asked for, by Enter or by a click. */
  readonly onOpen: (item: T, by: 'key' | 'pointer') => void;
  readonly listRef?: Ref<ListHandle>;
}

export interface ListHeading {
  readonly text: string;
  readonly count: number;
}

/** What may be asked of a list from outside. */
export interface ListHandle {
  readonly focus: () => void;
}

/**
 * A list of any length: only rows in view exist. One tab stop; the active row is told by aria-activedescendant.
 * Arrows, Home, End, Page Up and Page Down move, Enter opens, letters jump to the next row that begins with them. Arrow
 * Right leads to what can be pressed in the row, from one to the next, Arrow Left and Escape back; what is pressed gives
 * the focus back to the list, which stays where it is whatever becomes of the row. Where a row goes that was the active
 * one, the next takes its place. Where rows can be chosen, Space and Ctrl-click choose one more or one less, Shift with a
 * movement or a click all on the way, Ctrl+A all, Escape none.
 */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, headingOf, selectedKey, header, onChoose } = props;
  const chosen = props.chosen ?? none;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const [activeKey, setActiveKey] = useState<string | null>(selectedKey);
  /** Where choosing many began. */
  const anchor = useRef<string | null>(null);
  const active = indexOfKey(items, keyOf, activeKey ?? selectedKey);
  /** The rows before and after the active one, should it go. */
  const around = useRef<readonly string[]>([]);
  const [areButtons, setAreButtons] = useState(false);

  const top = header === undefined ? 0 : headerHeight;
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => grid.current,
    scrollMargin: top,
    scrollPaddingStart: top,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 0, height: 800 },
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (active === -1 || indexes.includes(active)) return indexes;
      return [...indexes, active].sort((a, b) => a - b);
    },
  });

  useImperativeHandle(props.listRef, () => ({ focus: () => grid.current?.focus() }), []);

  const shownSelection = useRef<string | null>(null);
  useEffect(() => {
    if (selectedKey === null || selectedKey === shownSelection.current) return;
    const index = indexOfKey(items, keyOf, selectedKey);
    if (index === -1) return;
    setActiveKey(selectedKey);
    // After the list has been measured, which is not before the first picture.
    const frame = requestAnimationFrame(() => {
      const align = shownSelection.current === null ? 'center' : 'auto';
      shownSelection.current = selectedKey;
      virtualizer.scrollToIndex(index, { align });
    });
    return () => cancelAnimationFrame(frame);
  }, [selectedKey, items, keyOf, virtualizer]);

  const moveTo = (index: number) => {
    const item = items[index];
    if (item === undefined) return;
    setActiveKey(keyOf(item));
    virtualizer.scrollToIndex(index, { align: 'auto' });
    props.onActive?.(item);
  };

  const positionOf = (): ListPosition => ({
    active,
    length: items.length,
    page: Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 1),
    isHeading: (index) => {
      const item = items[index];
      return item !== undefined && headingOf(item) !== null;
    },
  });
  const insteadOfActive = (): number => {
    const near = around.current.map((key) => indexOfKey(items, keyOf, key)).find((index) => index !== -1);
    return near ?? firstRow(items, headingOf);
  };

  useLayoutEffect(() => {
    const list = grid.current;
    if (list === null) return;
    setAreButtons(hasButtons(list));
    if (active !== -1) {
      const near = ['ArrowDown', 'ArrowUp'].map((key) => items[moveActive(key, positionOf()) ?? -1]);
      around.current = near.flatMap((item) => (item === undefined ? [] : [keyOf(item)]));
    } else if (list.contains(document.activeElement)) moveTo(insteadOfActive());
  });

  const rowKeys = () => items.flatMap((item) => (headingOf(item) === null ? [keyOf(item)] : []));
  const choose = (key: string, how: 'toggle' | 'extend') => {
    if (how === 'toggle') {
      anchor.current = key;
      onChoose?.(toggled(chosen, key));
      return;
    }
    anchor.current ??= activeKey;
    onChoose?.(extended(chosen, rowKeys(), anchor.current, key));
  };

  /** Answers whether the key was one for choosing. */
  const onChoosingKey = (event: KeyboardEvent): boolean => {
    const current = items[active];
    if (event.key === ' ' && props.onSpace !== undefined && current !== undefined) {
      event.preventDefault();
      props.onSpace.act(current);
      return true;
    }
    if (onChoose === undefined || event.altKey) return false;
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') onChoose(new Set(rowKeys()));
    else if (event.ctrlKey || event.metaKey) return false;
    else if (event.key === ' ' && current !== undefined) choose(keyOf(current), 'toggle');
    else if (event.key === 'Escape' && chosen.size > 0) onChoose(none);
    else return false;
    event.preventDefault();
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const isInRow = event.target !== event.currentTarget;
    if (!isInRow && onChoosingKey(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const control = event.shiftKey ? null : leadInRow(event.key, event.currentTarget as HTMLElement);
    if (control !== null) {
      event.preventDefault();
      event.stopPropagation();
      control.focus();
      return;
    }
    const position = positionOf();
    const { isHeading } = position;
    const next = moveActive(event.key, position);
    if (next !== null) {
      event.preventDefault();
      const item = items[next];
      if (event.shiftKey && onChoose !== undefined && item !== undefined) choose(keyOf(item), 'extend');
      else anchor.current = null;
      // From within a row, too: the arrows lead on along the list.
      if (isInRow) grid.current?.focus();
      moveTo(next);
      return;
    }
    if (isInRow) return;
    const current = items[active];
    if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault();
      props.onOpen(current, 'key');
      return;
    }
    if (event.key.length === 1 && event.key !== ' ') {
      const now = event.timeStamp;
      const text = (now - typed.current.at > typeAheadMs ? '' : typed.current.text) + event.key.toLowerCase();
      typed.current = { text, at: now };
      const found = typeAhead(text, active, items.length, (index) => {
        const item = items[index];
        return item === undefined || isHeading(index) ? '' : props.textOf(item);
      });
      if (found !== -1) moveTo(found);
    }
  };

  const offset = header === undefined ? 1 : 2;
  const activeItem = items[active];
  const hint = [
    areButtons ? 'Arrow Right leads to the buttons of a row.' : '',
    props.onSpace === undefined ? '' : `${props.onSpace.words}.`,
  ].filter((words) => words !== '');
  return (
    // The grid is the one tab stop; its rows are told by aria-activedescendant.
    <div
      ref={grid}
      role="grid"
      aria-label={props.label}
      {...(hint.length === 0 ? {} : { 'aria-description': hint.join(' ') })}
      aria-rowcount={items.length + offset - 1}
      aria-colcount={props.columns}
      {...(onChoose === undefined ? {} : { 'aria-multiselectable': true })}
      data-choosing={chosen.size > 0 || undefined}
      {...(activeItem === undefined ? {} : { 'aria-activedescendant': `${id}-${keyOf(activeItem)}` })}
      tabIndex={0}
      className={styles.grid}
      {...(props.sizes === undefined
        ? {}
        : { style: { '--columns': `var(${props.sizes})` } as CSSProperties })}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (active === -1 && event.target === event.currentTarget) moveTo(insteadOfActive());
      }}
    >
      {header !== undefined && (
        <div role="row" aria-rowindex={1} className={styles.header}>
          {header}
        </div>
      )}
      <div role="presentation" className={styles.all} style={{ blockSize: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          const key = keyOf(item);
          const heading = headingOf(item);
          const place = { transform: `translateY(${start - top}px)` };
          if (heading !== null) {
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + offset}
                className={styles.heading}
                style={place}
              >
                <span role="gridcell" aria-colspan={props.columns}>
                  {heading.text} <span className={styles.count}>{heading.count.toLocaleString('en-GB')}</span>
                </span>
              </div>
            );
          }
          return (
            <div
              key={key}
              id={`${id}-${key}`}
              role="row"
              aria-rowindex={index + offset}
              aria-selected={onChoose === undefined ? key === selectedKey : chosen.has(key)}
              {...(key === selectedKey ? { 'aria-current': true } : {})}
              data-active={index === active || undefined}
              className={cx(styles.row, props.rowClassName?.(item))}
              style={place}
              onMouseDown={(event) => {
                // Choosing many is not selecting their text.
                if (event.shiftKey && onChoose !== undefined) event.preventDefault();
              }}
              onClickCapture={({ target }) => {
                if ((target as Element).closest('button') === null) return;
                // What is pressed may go with its row, or open a dialog that comes back here.
                setActiveKey(key);
                grid.current?.focus({ preventScroll: true });
              }}
              onClick={(event) => {
                const how = onChoose === undefined ? null : choiceOf(event);
                // Before the active row is another: it is where choosing many begins.
                if (how !== null) choose(key, how);
                setActiveKey(key);
                if (how !== null) {
                  grid.current?.focus();
                  return;
                }
                anchor.current = key;
                props.onOpen(item, 'pointer');
              }}
            >
              {props.renderRow(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const none: ReadonlySet<string> = new Set();

/** How a click chooses; null where it opens. */
function choiceOf({ shiftKey, ctrlKey, metaKey, target }: MouseEvent): 'toggle' | 'extend' | null {
  if (shiftKey) return 'extend';
  const isOnChooser = target instanceof Element && target.closest('[data-chooses]') !== null;
  return ctrlKey || metaKey || isOnChooser ? 'toggle' : null;
}

function indexOfKey<T>(items: readonly T[], keyOf: (item: T) => string, key: string | null): number {
  return key === null ? -1 : items.findIndex((item) => keyOf(item) === key);
}

function firstRow<T>(items: readonly T[], headingOf: (item: T) => ListHeading | null): number {
  return items.findIndex((item) => headingOf(item) === null);
}
