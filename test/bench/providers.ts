import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { median } from './median.ts';
import { type SlowProvider, startSlowProvider } from './providers-server.ts';

const run = promisify(execFile);

/** How long a provider takes for each page of a hundred keys. */
export const pageWaitMs = 5;

const printedSchema = z.object({
  keys: z.number(),
  ms: z.number(),
  leftMiB: z.number(),
  peakMiB: z.number(),
});

/**
 * How a list is cut into pages: by `offset`, where the page after the next can be asked for ahead, or by a `cursor` that
 * only the page before tells.
 */
type Pages = 'offset' | 'cursor';

/** How long a list took. Medians. */
export interface ListTime {
  readonly ms: number;
  /** The whole time over the sum of the times that the provider took for the pages that had to be read. */
  readonly overWaits: number;
  /** The same where the pages are only fetched and parsed one after the other, by nothing but `fetch`. */
  readonly bareOverWaits: number;
}

/** What reading a provider's whole list by `offset` cost, and how long one by a cursor took. Medians. */
export interface ListCost extends ListTime {
  /** What of the heap is not given back once the list is dropped. */
  readonly leftMiB: number;
  /** The most that the process ever held. */
  readonly peakMiB: number;
  readonly byCursor: ListTime;
}

/** Reads a list of `count` keys from a slow provider over HTTP, `turns` times in each way, each in a fresh process. */
export async function listCost(count: number, turns: number): Promise<ListCost> {
  const server = await startSlowProvider(count, pageWaitMs);
  try {
    const ways = { offset: await costsOf('offset'), cursor: await costsOf('cursor') };
    const { costs } = ways.offset;
    return {
      ...timeOf(ways.offset),
      leftMiB: median(costs.map(({ leftMiB }) => leftMiB)),
      peakMiB: median(costs.map(({ peakMiB }) => peakMiB)),
      byCursor: timeOf(ways.cursor),
    };
  } finally {
    await server.stop();
  }

  async function costsOf(pages: Pages): Promise<Costs> {
    const costs: Cost[] = [];
    const bare: Cost[] = [];
    // In turn, so that what else the machine does meets both.
    for (let turn = 0; turn < turns; turn += 1) {
      costs.push(await oneCost(server, count, pages, 'client'));
      bare.push(await oneCost(server, count, pages, 'bare'));
    }
    return { costs, bare };
  }
}

interface Cost {
  readonly ms: number;
  readonly leftMiB: number;
  readonly peakMiB: number;
  readonly overWaits: number;
}

interface Costs {
  readonly costs: readonly Cost[];
  readonly bare: readonly Cost[];
}

function timeOf({ costs, bare }: Costs): ListTime {
  return {
    ms: median(costs.map(({ ms }) => ms)),
    overWaits: median(costs.map(({ overWaits }) => overWaits)),
    bareOverWaits: median(bare.map(({ overWaits }) => overWaits)),
  };
}

async function oneCost(
  server: SlowProvider,
  count: number,
  kind: Pages,
  how: 'client' | 'bare',
): Promise<Cost> {
  server.waited();
  const script = path.join(import.meta.dirname, 'providers-list.ts');
  const { stdout } = await run(process.execPath, ['--expose-gc', script, server.origin, kind, how]);
  const { keys, ...cost } = printedSchema.parse(JSON.parse(stdout));
  if (keys !== count) throw new Error(`${keys} of ${count} keys were listed`);
  const { ms, pages } = server.waited();
  // The first page is read once more to try the credential, and one past the end may have been asked for ahead.
  const needed = kind === 'cursor' ? Math.ceil(count / 100) : Math.floor(count / 100) + 1;
  return { ...cost, overWaits: cost.ms / (ms * (needed / pages)) };
}

if (import.meta.main) {
  const [count = '10000', turns = '9'] = process.argv.slice(2);
  const load = loadavg()[0]?.toFixed(1);
  process.stdout.write(
    `${JSON.stringify({ load, ...(await listCost(Number(count), Number(turns))) }, null, 2)}\n`,
  );
}
