import type { Browser, Page } from '@playwright/test';
import { median } from './median.ts';
import { openApp } from './page-times.ts';
import { seedVault } from './seeded-vault.ts';
import { ms, table } from './table.ts';

/** So many keys that 3,000 of them have a mark: every ninth is revoked. */
const keys = 3_375;
const marks = 3_000;
const seconds = 5;
/** A frame of a screen with 60 pictures a second, and from when on one was missed. */
const frameMs = 1_000 / 60;

/** The frames of some seconds of moving. */
interface Frames {
  readonly what: string;
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Pictures of the screen that came without a new one, of all that there were. */
  readonly droppedShare: number;
  /** What the page itself worked per second, in milliseconds. */
  readonly busyMs: number;
}

/**
 * The Rotation screen with 3,000 marks, scrolled and zoomed by the wheel for some seconds each, in the built app over a
 * real vault. Answers a table of what the frames took; throws where the line did not move, or has another number of marks.
 */
export async function timeLineReport(browser: Browser): Promise<string> {
  const vault = await seedVault(keys);
  try {
    const { page, close } = await openApp(browser, vault);
    try {
      await page.evaluate(() => {
        location.hash = '#/rotation';
      });
      await page.getByRole('listbox').waitFor();
      const size = await page.getByRole('option').getAttribute('aria-setsize');
      if (size !== String(marks)) throw new Error(`The time line has ${size} marks`);
      return report([
        await framesOf(page, 'scrolled by time, two weeks in view', scrollByTime),
        await framesOf(page, 'scrolled by provider', scrollByProvider),
        await framesOf(page, 'zoomed from two weeks to a year and back', zoom),
      ]);
    } finally {
      await close();
    }
  } finally {
    await vault.remove();
  }
}

interface Motion {
  readonly prepare: (page: Page) => Promise<void>;
  /** One turn of the wheel; `turn` counts from 0. */
  readonly turn: (page: Page, turn: number) => Promise<void>;
}

const perWay = 90;
const way = (turn: number): number => (Math.floor(turn / perWay) % 2 === 0 ? 1 : -1);

const scrollByTime: Motion = {
  prepare: (page) => page.getByText('2 weeks').click(),
  turn: (page, turn) => page.mouse.wheel(way(turn) * 60, 0),
};

const scrollByProvider: Motion = {
  prepare: (page) => page.getByText('90 days').click(),
  turn: (page, turn) => page.mouse.wheel(0, way(Math.floor(turn * 4)) * 20),
};

const zoom: Motion = {
  prepare: async (page) => {
    await page.getByText('2 weeks').click();
    await page.keyboard.down('Control');
  },
  turn: (page, turn) => page.mouse.wheel(0, way(turn) * 18),
};

async function framesOf(page: Page, what: string, { prepare, turn }: Motion): Promise<Frames> {
  await prepare(page);
  const box = await page.getByRole('listbox').boundingBox();
  if (box === null) throw new Error('The time line is not to be seen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const before = await busyOf(page);
  await page.evaluate(watchFrames);
  const start = performance.now();
  for (let turns = 0; performance.now() - start < seconds * 1_000; turns += 1) {
    await turn(page, turns);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  const { times, places } = (await page.evaluate('window.stopFrames()')) as {
    readonly times: readonly number[];
    readonly places: number;
  };
  const lasted = (performance.now() - start) / 1_000;
  const busyMs = ((await busyOf(page)) - before) / lasted;
  await page.keyboard.up('Control');
  if (places < times.length / 4) throw new Error(`The time line was not ${what}: ${places} places`);
  const pictures = times.reduce((sum, time) => sum + Math.max(1, Math.round(time / frameMs)), 0);
  return {
    what,
    count: times.length,
    medianMs: median(times),
    p95Ms: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN,
    droppedShare: (pictures - times.length) / pictures,
    busyMs,
  };
}

/** How long the page's main thread has worked so far, in milliseconds. */
async function busyOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
}

/** Runs in the page: takes the time from frame to frame, and counts in how many the line stood elsewhere than before. */
const watchFrames = `
  const line = document.querySelector('[role=listbox]');
  const times = [];
  let places = 0;
  let last = null;
  let place = '';
  let isOver = false;
  const look = (now) => {
    if (isOver) return;
    if (last !== null) times.push(now - last);
    last = now;
    const next = [line.scrollLeft, line.scrollTop, line.scrollWidth].join(' ');
    if (next !== place) places += 1;
    place = next;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.stopFrames = () => {
    isOver = true;
    return { times, places };
  };
  0;
`;

function report(rows: readonly Frames[]): string {
  return table(
    [
      [
        `Time line, ${marks.toLocaleString('en-GB')} marks`,
        'frames',
        'median',
        '95 %',
        'dropped',
        'work in a second',
        '',
      ],
      ...rows.map((row) => [
        `  ${row.what}`,
        String(row.count),
        ms(row.medianMs),
        ms(row.p95Ms),
        `${(row.droppedShare * 100).toFixed(1)} %`,
        ms(row.busyMs),
        row.medianMs < frameMs * 1.1 && row.droppedShare < 0.05
          ? '60 frames a second'
          : 'NOT 60 FRAMES A SECOND',
      ]),
    ],
    [0, 6],
  );
}
