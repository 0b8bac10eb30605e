import { execFile } from 'node:child_process';
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

/** What reading a provider's whole list cost. Medians. */
export interface ListCost {
  readonly ms: number;
  /** The whole time over the time that the provider itself took. */
  readonly overWaits: number;
  /** The same where the pages are only fetched and parsed, by nothing but `fetch`. */
  readonly bareOverWaits: number;
  /** What of the heap is not given back once the list is dropped. */
  readonly leftMiB: number;
  /** The most that the process ever held. */
  readonly peakMiB: number;
}

/** Reads a list of `count` keys from a slow provider over HTTP, `turns` times, each in a fresh process. */
export async function listCost(count: number, turns: number): Promise<ListCost> {
  const server = await startSlowProvider(count, pageWaitMs);
  try {
    const costs: Cost[] = [];
    const bare: Cost[] = [];
    // In turn, so that what else the machine does meets both.
    for (let turn = 0; turn < turns; turn += 1) {
      costs.push(await oneCost(server, count, 'client'));
      bare.push(await oneCost(server, count, 'bare'));
    }
    const of = (pick: (cost: Cost) => number) => median(costs.map(pick));
    return {
      ms: of(({ ms }) => ms),
      overWaits: of(({ overWaits }) => overWaits),
      bareOverWaits: median(bare.map(({ overWaits }) => overWaits)),
      leftMiB: of(({ leftMiB }) => leftMiB),
      peakMiB: of(({ peakMiB }) => peakMiB),
    };
  } finally {
    await server.stop();
  }
}

type Cost = Omit<ListCost, 'bareOverWaits'>;

async function oneCost(server: SlowProvider, count: number, how: 'client' | 'bare'): Promise<Cost> {
  server.waited();
  const script = path.join(import.meta.dirname, 'providers-list.ts');
  const { stdout } = await run(process.execPath, ['--expose-gc', script, server.origin, how]);
  const { keys, ...cost } = printedSchema.parse(JSON.parse(stdout));
  if (keys !== count) throw new Error(`${keys} of ${count} keys were listed`);
  const { ms, pages } = server.waited();
  // The first page was read once more, to try the credential.
  return { ...cost, overWaits: cost.ms / (ms * ((pages - 1) / pages)) };
}
