import { ChevronDown, ChevronRight } from 'lucide-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { cx } from '../../components/cx.ts';
import { count } from '../../text/dates.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { moveMark, placeOf } from './line-keys.ts';
import { dayWidth, layOut, leadIn, leadOut, type Point, type Spot, spotAt, spotOf } from './line-layout.ts';
import { axisHeight, loadHeight } from './line-paint.ts';
import { ticksOf } from './line-ticks.ts';
import { LineTools } from './line-tools.tsx';
import type { Load } from './load.ts';
import { MarkCard } from './mark-card.tsx';
import { markWords } from './mark-words.ts';
import styles from './time-line.module.css';
import type { Agenda, DueKey } from './timeline.ts';
import { useCanvas } from './use-canvas.ts';
import { usePan } from './use-pan.ts';
import { lengthOf, namedZooms, zoomBy, zoomByWheel } from './zoom.ts';

export interface TimeLineProps {
  readonly agenda: Agenda;
  readonly load: Load;
  readonly now: number;
  /** The key that is chosen here or in the list. */
  readonly chosen: KeyId | null;
  readonly onChoose: (keyId: KeyId) => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onRotate: (keyId: KeyId) => void;
}

/** The width of the field for what is overdue. */
const bandWidth = 132;
/** From how many lanes on they are folded at first. */
const manyLanes = 9;

/**
 * What is due, on a line: a mark for each key, in a lane for each provider, what is overdue before today.
 *
 * [Note: one canvas, one option]
 * Thousands of marks are drawn on one canvas, and none of them is an element. For keyboard and screen reader the line is a
 * list box, in which the chosen mark alone exists, with its number among all, and is told by aria-activedescendant.
 */
export function TimeLine({ agenda, load, now, chosen, onChoose, onOpenKey, onRotate }: TimeLineProps) {
  const id = useId();
  const lanes = useMemo(() => lanesOf(agenda.all), [agenda]);
  const [days, setDays] = useState(90);
  const [folded, setFolded] = useState<ReadonlySet<string>>(() =>
    lanes.length >= manyLanes ? new Set(lanes.map((lane) => lane.id)) : new Set(),
  );
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [isFocused, setFocused] = useState(false);
  /** Whether the chosen mark's card stays, with what can be done: after a click on it. */
  const [isPinned, setPinned] = useState(false);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const scroller = useRef<HTMLDivElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const pan = usePan(scroller);
  /** The place that stays where it is while the zoom changes: days from today, and pixels from the left of the view. */
  const anchor = useRef<{ readonly days: number; readonly x: number } | null>(null);

  const past = agenda.all.filter((item) => item.days < 0).length;
  const band = past > 0 ? bandWidth : 0;
  const pxPerDay = dayWidth(size.width, band, days);
  const last = Math.max(0, ...lanes.map((lane) => lane.items.at(-1)?.days ?? 0));
  const length = lengthOf(days, last);
  const layout = useMemo(
    () => layOut({ lanes, folded, bandWidth: band, pxPerDay }),
    [lanes, folded, band, pxPerDay],
  );
  const ticks = useMemo(() => ticksOf(now, length, pxPerDay), [now, length, pxPerDay]);
  const marks = useMemo(() => lanes.reduce((sum, lane) => sum + lane.items.length, 0), [lanes]);

  const place = placeOf(lanes, chosen);
  const current = place === null ? lanes[0]?.items[0] : place.lane.items[place.index];
  const at = useMemo(() => (current === undefined ? null : spotOf(layout, current)), [layout, current]);
  const isChosen = place !== null || isFocused;

  const scene = useCallback(
    () => ({
      width: size.width,
      height: size.height,
      scrollX: scroller.current?.scrollLeft ?? 0,
      scrollY: scroller.current?.scrollTop ?? 0,
      layout,
      ticks,
      weeks: load.weeks,
      today: load.today,
      peak: load.peak?.week ?? null,
      length,
      overdue: agenda.overdue.length,
      snoozed: past - agenda.overdue.length,
      ofToday: shareOfDay(now),
      chosen: isChosen ? (at?.spot ?? null) : null,
      hovered: hovered?.spot ?? null,
      now,
    }),
    [size, layout, ticks, load, length, agenda, past, now, at, isChosen, hovered],
  );
  const { canvas, probe, draw } = useCanvas(scene, size);

  const onScroll = () => {
    draw();
    setHovered(null);
    setPinned(false);
    if (gutter.current !== null)
      gutter.current.style.transform = `translateY(${-(scroller.current?.scrollTop ?? 0)}px)`;
  };

  const zoomTo = useCallback(
    (next: (days: number) => number, x?: number) => {
      const view = scroller.current;
      if (view === null) return;
      const atX = x ?? (view.clientWidth - band) / 2;
      setDays((before) => {
        const pxBefore = dayWidth(view.clientWidth, band, before);
        anchor.current = { days: (view.scrollLeft + atX - leadIn) / pxBefore, x: atX };
        return next(before);
      });
      setHovered(null);
      setPinned(false);
    },
    [band],
  );
  const showFromToday = useCallback((next?: number) => {
    if (next !== undefined) setDays(next);
    if (scroller.current !== null) scroller.current.scrollLeft = 0;
    setPinned(false);
  }, []);

  useLayoutEffect(() => {
    const view = scroller.current;
    const kept = anchor.current;
    if (view === null || kept === null) return;
    anchor.current = null;
    view.scrollLeft = leadIn + kept.days * pxPerDay - kept.x;
  }, [pxPerDay]);

  useEffect(() => {
    const view = scroller.current;
    if (view === null) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: view.clientWidth, height: view.clientHeight }),
    );
    observer.observe(view);
    return () => observer.disconnect();
  }, []);

  // React listens to the wheel without being able to keep the browser from zooming the page.
  useEffect(() => {
    const view = scroller.current;
    if (view === null) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const x = event.clientX - view.getBoundingClientRect().left - band;
      zoomTo((before) => zoomByWheel(before, event.deltaY), Math.max(0, x));
    };
    view.addEventListener('wheel', onWheel, { passive: false });
    return () => view.removeEventListener('wheel', onWheel);
  }, [band, zoomTo]);

  // A click anywhere else puts the card away.
  useEffect(() => {
    if (!isPinned) return;
    const onPress = ({ target }: Event) => {
      if (target instanceof Node && field.current?.contains(target) !== true) setPinned(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [isPinned]);

  // What is chosen elsewhere is brought into view; zooming does not bring it back.
  const shown = useRef<KeyId | null>(null);
  useEffect(() => {
    const view = scroller.current;
    if (view === null || chosen === null || at === null || size.width === 0) return;
    if (shown.current === chosen) return;
    shown.current = chosen;
    bringIntoView(view, at, band);
  }, [chosen, at, band, size]);

  const fold = (laneId: string) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(laneId)) next.add(laneId);
      return next;
    });
  const areAllFolded = lanes.every((lane) => folded.has(lane.id));
  const foldAll = useCallback(
    () => setFolded(areAllFolded ? new Set() : new Set(lanes.map((lane) => lane.id))),
    [areAllFolded, lanes],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return;
    const next = moveMark({ key: event.key, ctrl: event.ctrlKey }, lanes, place === null ? null : chosen);
    const act = next === null ? actionOf(event) : () => onChoose(next.key.id);
    if (act === null) return;
    event.preventDefault();
    setHovered(null);
    setPinned(false);
    // After a click, too: whoever goes on by keyboard is shown where that leads.
    setFocused(true);
    act();
  };
  const actionOf = (event: KeyboardEvent): (() => void) | null => {
    if (event.key === '+' || event.key === '=') return () => zoomTo((before) => zoomBy(before, 1));
    if (event.key === '-' || event.key === '_') return () => zoomTo((before) => zoomBy(before, -1));
    if (event.ctrlKey) return null;
    if (event.key === 'Escape' && isPinned) return () => {};
    if (event.key === 't' || event.key === 'T') return () => showFromToday();
    if (current === undefined) return null;
    if (event.key === 'Enter') return () => onOpenKey(current.key.id);
    if (event.key === 'r' || event.key === 'R') return () => onRotate(current.key.id);
    if (event.key === ' ') return () => fold(current.key.providerId);
    return null;
  };

  const find = (event: MouseEvent): Hovered | null => {
    const view = scroller.current;
    if (view === null) return null;
    const box = view.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top - axisHeight + view.scrollTop;
    if (event.clientY - box.top < axisHeight || event.clientY - box.top > size.height - loadHeight)
      return null;
    const point: Point =
      x < band ? { area: 'overdue', x, y } : { area: 'ahead', x: x - band + view.scrollLeft, y };
    const spot = spotAt(layout, point);
    return spot === null ? null : { spot, area: point.area };
  };

  const closeCard = () => {
    setPinned(false);
    scroller.current?.focus();
  };
  // A key that was rotated meanwhile has no mark any more.
  const isCardPinned = isPinned && place !== null;
  const cardOf = (): Hovered | null => {
    if (isCardPinned) return at;
    return hovered ?? (isFocused ? at : null);
  };
  const card = cardOf();
  const height = axisHeight + layout.height + loadHeight;
  return (
    <div className={styles.line}>
      <LineTools
        days={namedZooms.some((zoom) => zoom.days === days) ? days : null}
        onZoom={zoomTo}
        onToday={showFromToday}
        areAllFolded={areAllFolded}
        onFoldAll={foldAll}
        isFoldable={lanes.length > 1}
      />
      <div ref={field} className={styles.field} style={{ '--tall': `${height}px` } as CSSProperties}>
        <div className={styles.gutter}>
          <div className={styles.lanes} style={{ insetBlock: `${axisHeight}px ${loadHeight}px` }}>
            <div ref={gutter} className={styles.shift}>
              {layout.lanes.map(({ lane, top, height: tall, isFolded }) => (
                <LaneName
                  key={lane.id}
                  lane={lane}
                  isFolded={isFolded}
                  onFold={() => fold(lane.id)}
                  style={{ insetBlockStart: `${top}px`, blockSize: `${tall}px` }}
                />
              ))}
            </div>
          </div>
          <span className={styles.perWeek} style={{ blockSize: `${loadHeight}px` }}>
            Keys per week
          </span>
        </div>
        <div
          ref={scroller}
          role="listbox"
          aria-label="Time line of what is due"
          aria-description={keysHelp}
          tabIndex={0}
          {...(current === undefined ? {} : { 'aria-activedescendant': `${id}-mark` })}
          className={cx(styles.scroller, hovered !== null && styles.onMark)}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(scroller.current?.matches(':focus-visible') ?? true)}
          onBlur={() => setFocused(false)}
          onPointerDown={pan.begin}
          onPointerUp={pan.end}
          onPointerCancel={pan.end}
          onPointerMove={(event) => {
            if (pan.move(event)) return;
            const found = find(event);
            if (found?.spot !== hovered?.spot) setHovered(found);
          }}
          onPointerLeave={() => setHovered(null)}
          onClick={(event) => {
            if (pan.hasMoved()) return;
            const found = find(event)?.spot.items[0];
            setPinned(found !== undefined);
            if (found === undefined) return;
            shown.current = found.key.id;
            onChoose(found.key.id);
          }}
          onDoubleClick={(event) => {
            const found = find(event)?.spot;
            const [first, ...others] = found?.items ?? [];
            if (found === undefined || first === undefined) return;
            if (others.length === 0) onOpenKey(first.key.id);
            else zoomTo((before) => zoomBy(before, 1), found.x - (scroller.current?.scrollLeft ?? 0));
          }}
        >
          <div
            role="presentation"
            className={styles.space}
            style={{
              inlineSize: `${band + leadIn + length * pxPerDay + leadOut}px`,
              blockSize: `${height}px`,
            }}
          >
            <canvas ref={canvas} aria-hidden className={styles.canvas} />
            {current !== undefined && (
              <Option
                id={`${id}-mark`}
                item={current}
                now={now}
                isChosen={place !== null}
                position={place?.position ?? 1}
                of={marks}
                at={at}
                band={band}
              />
            )}
          </div>
        </div>
        {card !== null && (
          <MarkCard
            spot={card.spot}
            only={isCardPinned || hovered !== null ? undefined : current}
            now={now}
            at={cardPlace(card, { view: scroller.current, band, ...size })}
            {...(isCardPinned
              ? {
                  actions: {
                    onClose: closeCard,
                    onOpenKey,
                    onRotate: (keyId) => {
                      // From the dialog one comes back to the line.
                      closeCard();
                      onRotate(keyId);
                    },
                  },
                }
              : {})}
          />
        )}
      </div>
      <span ref={probe} aria-hidden className={styles.probe} />
    </div>
  );
}

const keysHelp =
  'Arrow keys move by day and by provider. Enter opens the key, R rotates it, Space folds its provider, plus and minus zoom, T leads back to today.';

interface Hovered {
  readonly spot: Spot;
  readonly area: Point['area'];
}

interface LaneNameProps {
  readonly lane: Lane;
  readonly isFolded: boolean;
  readonly onFold: () => void;
  readonly style: CSSProperties;
}

/** A lane's name and count. By keyboard it is folded from the line itself, which is the one tab stop. */
function LaneName({ lane, isFolded, onFold, style }: LaneNameProps) {
  const Arrow = isFolded ? ChevronRight : ChevronDown;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-expanded={!isFolded}
      title={lane.name}
      className={styles.lane}
      style={style}
      onClick={onFold}
    >
      <Arrow aria-hidden className={styles.arrow} />
      <span className={styles.laneName}>{lane.name}</span>
      <span className={styles.count}>
        {lane.items.length.toLocaleString('en-GB')}
        <span className="hidden-words">{lane.items.length === 1 ? ' key' : ' keys'}</span>
      </span>
    </button>
  );
}

interface OptionProps {
  readonly id: string;
  readonly item: DueKey;
  readonly now: number;
  readonly isChosen: boolean;
  readonly position: number;
  readonly of: number;
  readonly at: Hovered | null;
  readonly band: number;
}

/** The chosen mark as an element, where its picture is. */
function Option({ id, item, now, isChosen, position, of, at, band }: OptionProps) {
  const x = at === null ? 0 : at.spot.x + (at.area === 'overdue' ? 0 : band);
  const together = (at?.spot.items.length ?? 1) - 1;
  const words = markWords(item, now);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list box holds the focus and tells the chosen option
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-posinset={position}
      aria-setsize={of}
      aria-label={together > 0 ? `${words}, together with ${count(together, 'other key')}` : words}
      className={styles.option}
      style={{ transform: `translate(${x}px, ${axisHeight + (at?.spot.y ?? 0)}px)` }}
    />
  );
}

interface View {
  readonly view: HTMLElement | null;
  readonly band: number;
  readonly width: number;
  readonly height: number;
}

/** Where the card of a spot stands: from the left and the top of what is in view. */
function cardPlace({ spot, area }: Hovered, { view, band, width, height }: View) {
  const x = area === 'overdue' ? spot.x : band + spot.x - (view?.scrollLeft ?? 0);
  const y = axisHeight + spot.y - (view?.scrollTop ?? 0);
  return {
    x: Math.min(Math.max(x, 0), width),
    y: Math.min(Math.max(y, axisHeight), Math.max(axisHeight, height - loadHeight)),
    isRight: x > width * 0.66,
  };
}

function bringIntoView(view: HTMLElement, { spot, area }: Hovered, band: number): void {
  const margin = 24;
  const top = spot.y - margin;
  const bottom = spot.y + margin + axisHeight + loadHeight - view.clientHeight;
  if (view.scrollTop > top) view.scrollTop = top;
  else if (view.scrollTop < bottom) view.scrollTop = bottom;
  if (area === 'overdue') return;
  const left = spot.x - margin;
  const right = spot.x + margin + band - view.clientWidth;
  if (view.scrollLeft > left) view.scrollLeft = left;
  else if (view.scrollLeft < right) view.scrollLeft = right;
}

function shareOfDay(now: number): number {
  const at = new Date(now);
  return (at.getHours() * 60 + at.getMinutes()) / 1_440;
}
