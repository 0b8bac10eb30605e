import { describe, expect, it } from 'vitest';
import { lanesOf } from '../../../../renderer/screens/rotation/lanes.ts';
import { moveMark, placeOf } from '../../../../renderer/screens/rotation/line-keys.ts';
import {
  dayWidth,
  type Layout,
  layOut,
  leadIn,
  leadOut,
  type Spot,
  spotAt,
  spotOf,
  spotSize,
} from '../../../../renderer/screens/rotation/line-layout.ts';
import { ticksOf } from '../../../../renderer/screens/rotation/line-ticks.ts';
import type { DueKey } from '../../../../renderer/screens/rotation/timeline.ts';
import { lengthOf, zoomBy, zoomByWheel } from '../../../../renderer/screens/rotation/zoom.ts';
import { keyId, keyRow } from '../../support/fake-bridge.ts';

const dayMs = 86_400_000;
const now = new Date(2026, 10, 21, 12).getTime();

const due = (index: number, days: number, providerId = 'postmark'): DueKey => {
  const dueAt = new Date(2026, 10, 21 + days).getTime();
  return {
    key: keyRow(index, { providerId, provider: providerId, dueAt, issuedAt: dueAt - 90 * dayMs }),
    dueAt,
    days,
    isSnoozed: false,
  };
};

const spotsOf = ({ lanes }: Layout): Spot[] => lanes.flatMap((lane) => [...lane.overdue, ...lane.ahead]);
const lay = (items: readonly DueKey[], pxPerDay = 10, folded: readonly string[] = []) =>
  layOut({ lanes: lanesOf(items), folded: new Set(folded), bandWidth: 130, pxPerDay });

describe('the time line', () => {
  it.each([1, 5, 10, 62])(
    'hides no key and puts none behind another, with %i pixels for a day',
    (pxPerDay) => {
      const items = Array.from({ length: 600 }, (_, index) =>
        due(index, ((index * 37) % 200) - 40, `provider-${index % 7}`),
      ).sort((a, b) => a.dueAt - b.dueAt);
      for (const folded of [[], ['provider-1', 'provider-2']]) {
        const layout = lay(items, pxPerDay, folded);
        const shown = spotsOf(layout).flatMap((spot) => spot.items.map(({ key }) => key.id));
        expect(shown.toSorted()).toEqual(items.map(({ key }) => key.id).toSorted());
        for (const { overdue, ahead } of layout.lanes)
          for (const spots of [overdue, ahead]) {
            const places = spots.map(({ x, y }) => `${x} ${y}`);
            expect(new Set(places).size).toBe(places.length);
          }
      }
    },
  );

  it('stacks up to three keys of a day, and gives more of them a number', () => {
    expect(spotsOf(lay([due(1, 3), due(2, 3), due(3, 3)])).map(({ items }) => items.length)).toEqual([
      1, 1, 1,
    ]);
    expect(
      spotsOf(lay([due(1, 3), due(2, 3), due(3, 3), due(4, 3)])).map(({ items }) => items.length),
    ).toEqual([4]);
    expect(spotsOf(lay([due(1, 3), due(2, 3)], 10, ['postmark'])).map(({ items }) => items.length)).toEqual([
      2,
    ]);
  });

  it('keeps what is overdue inside its band, the longest overdue leftmost', () => {
    const [lane] = lay([due(1, -400), due(2, -30), due(3, -1)]).lanes;
    const places = lane?.overdue.map(({ x }) => x) ?? [];
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const x of places) {
      expect(x).toBeGreaterThanOrEqual(spotSize / 2);
      expect(x).toBeLessThanOrEqual(130 - spotSize / 2);
    }
  });

  it('finds the mark under the pointer, and the place of a key', () => {
    const items = [due(1, -3), due(2, 12), due(3, 12, 'stripe'), due(4, 40, 'stripe')];
    const layout = lay(items);
    for (const item of items) {
      const at = spotOf(layout, item);
      if (at === null) throw new Error('It has no place');
      const found = spotAt(layout, { area: at.area, x: at.spot.x + 3, y: at.spot.y - 3 });
      expect(found?.items.map(({ key }) => key.id)).toContain(item.key.id);
    }
    expect(spotAt(layout, { area: 'ahead', x: 300, y: 5 })).toBeNull();
  });
});

describe('the keyboard on the time line', () => {
  const lanes = lanesOf([
    due(1, -5, 'adyen'),
    due(2, 10, 'adyen'),
    due(3, 60, 'adyen'),
    due(4, 12, 'svix'),
    due(5, 70, 'svix'),
  ]);
  const press = (key: string, from: number, ctrl = false) =>
    moveMark({ key, ctrl }, lanes, keyId(from))?.key.id ?? null;

  it.each([
    ['ArrowRight', 1, 2],
    ['ArrowLeft', 2, 1],
    ['ArrowDown', 2, 4],
    ['ArrowDown', 3, 5],
    ['ArrowUp', 4, 2],
    ['Home', 3, 1],
    ['End', 4, 5],
  ])('%s leads from key %i to key %i', (key, from, to) => {
    expect(press(key, from)).toBe(keyId(to));
  });

  it('stays where it can go no further, and goes to the very ends with Ctrl', () => {
    expect(press('ArrowRight', 3)).toBeNull();
    expect(press('ArrowUp', 1)).toBeNull();
    expect(press('End', 1, true)).toBe(keyId(5));
    expect(press('Home', 5, true)).toBe(keyId(1));
  });

  it('begins at the first key, and counts all of them', () => {
    expect(moveMark({ key: 'ArrowDown', ctrl: false }, lanes, null)?.key.id).toBe(keyId(1));
    expect(placeOf(lanes, keyId(4))?.position).toBe(4);
  });
});

describe('the axis and the zoom', () => {
  it.each([2, 2.4, 10, 29, 62])(
    'names nothing so close that it runs into its neighbour, at %f pixels for a day',
    (px) => {
      const named = ticksOf(now, 366, px).filter(({ label }) => label !== '');
      expect(named.length).toBeGreaterThan(3);
      for (const [index, tick] of named.entries()) {
        const before = named[index - 1];
        if (before !== undefined) expect((tick.days - before.days) * px).toBeGreaterThanOrEqual(44);
      }
    },
  );

  it('has the first of a month and every Monday where they are', () => {
    const ticks = ticksOf(now, 30, 10);
    expect(ticks.find(({ kind }) => kind === 'month')).toEqual({ days: 10, kind: 'month', label: '1 Dec' });
    expect(ticks.filter(({ kind }) => kind === 'week').map(({ days }) => days)).toEqual([2, 9, 16, 23, 30]);
  });

  it('shows the mark of a key that was made today as a whole, and is then no longer than its view', () => {
    const width = 900;
    const pxPerDay = dayWidth(width, 0, 90);
    const spot = spotsOf(lay([due(1, 90)], pxPerDay))[0];
    expect((spot?.x ?? width) + spotSize / 2).toBeLessThanOrEqual(width);
    expect(leadIn + lengthOf(90, 90) * pxPerDay + leadOut).toBeCloseTo(width);
  });

  it('never shows less than two weeks or more than a year', () => {
    expect(zoomBy(14, 1)).toBe(14);
    expect(zoomBy(300, -1)).toBe(365);
    expect(zoomByWheel(14, -5_000)).toBe(14);
    expect(lengthOf(14, 900)).toBe(367);
  });
});
