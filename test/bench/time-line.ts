import type { Browser, CDPSession, Page } from '@playwright/test';
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
 * The Rotation screen with 3,000 marks, scrolled and zoomed for some seconds each, in the built app over a
 * real vault. Answers a table of what the frames took; throws where the line did not move, or has another number of marks.
 */
export async function timeLineReport(browser: Browser): Promise<string> {
  const vault = await seedVault(keys);
  try {
    const { page, close } = await openApp(browser, vault);
    try {
      await page.evaluate("location.hash = '#/rotation'");
      await page.getByRole('listbox').waitFor();
      const size = await page.getByRole('option').getAttribute('aria-setsize');
      if (size !== String(marks)) throw new Error(`The time line has ${size} marks`);
      return report([
        await framesOf(page, scrollWeeks),
        await framesOf(page, scrollMonths),
        await framesOf(page, zoomByWheel),
      ]);
    } finally {
      await close();
    }
  } finally {
    await vault.remove();
  }
}

/** Moves the line once in each frame, in the page: `line` is its element and `way` is 1 or -1, there and back. */
interface Motion {
  readonly what: string;
  readonly zoom: '2 weeks' | '30 days';
  readonly step: string;
  /** After how many frames it turns around; without, where it can go no further. */
  readonly turnsAfter?: number;
}

const scrollWeeks: Motion = {
  what: 'scrolled by time, two weeks in view',
  zoom: '2 weeks',
  step: 'line.scrollLeft += way * 40',
};

const scrollMonths: Motion = {
  what: 'scrolled by time, 30 days in view',
  zoom: '30 days',
  step: 'line.scrollLeft += way * 20',
};

const zoomByWheel: Motion = {
  what: 'zoomed between two weeks and 90 days',
  zoom: '2 weeks',
  turnsAfter: 45,
  step: `line.dispatchEvent(new WheelEvent('wheel', {
    ctrlKey: true, deltaY: way * 20, clientX: box.x + box.width / 2, clientY: box.y + 60, bubbles: true, cancelable: true,
  }))`,
};

async function framesOf(page: Page, { what, zoom, step, turnsAfter }: Motion): Promise<Frames> {
  await page.getByText(zoom, { exact: true }).click();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const before = await busyOf(session);
  const start = performance.now();
  const { times, places } = (await page.evaluate(move(step, turnsAfter ?? 0))) as {
    readonly times: readonly number[];
    readonly places: number;
  };
  const busyMs = ((await busyOf(session)) - before) / ((performance.now() - start) / 1_000);
  if (places < times.length * 0.9) throw new Error(`The time line was not ${what}: ${places} places`);
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
async function busyOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
}

/** Runs in the page: moves for some seconds, takes the time from frame to frame, and counts in how many the line stood elsewhere. */
const move = (step: string, turnsAfter: number): string => `new Promise((resolve) => {
  const line = document.querySelector('[role=listbox]');
  const box = line.getBoundingClientRect();
  const times = [];
  let places = 0;
  let way = 1;
  let last = null;
  let place = '';
  const begun = performance.now();
  const look = (now) => {
    if (last !== null) times.push(now - last);
    last = now;
    const next = [line.scrollLeft, line.scrollTop, line.scrollWidth].join(' ');
    if (next !== place) places += 1;
    if (${turnsAfter} === 0 ? next === place : times.length % ${turnsAfter} === 0 && times.length > 0) way = -way;
    place = next;
    if (now - begun > ${seconds * 1_000}) return resolve({ times, places });
    ${step};
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

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
