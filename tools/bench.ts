import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { type BackupCost, backupCost } from '../test/bench/backup.ts';
import { type Beside, readSecretBeside, writeVariableBeside } from '../test/bench/beside.ts';
import { diskSyncTimes } from '../test/bench/disk-sync.ts';
import { type EnvFilesCost, envFilesCost } from '../test/bench/env-files.ts';
import { keychainRequestsAtStart } from '../test/bench/keychain-reads.ts';
import { leaksReport } from '../test/bench/leaks.ts';
import { median, timesOf } from '../test/bench/median.ts';
import { residentMiB } from '../test/bench/memory.ts';
import { keystrokeTimes, openApp, type StartTimes } from '../test/bench/page-times.ts';
import { type ListCost, listCost, pageWaitMs } from '../test/bench/providers.ts';
import { remindersReport } from '../test/bench/reminders.ts';
import { answerMs, type RotationsCost, rotationsCost, seedUnfinishedVault } from '../test/bench/rotations.ts';
import { type SeededVault, seedVault } from '../test/bench/seeded-vault.ts';
import { ms, table } from '../test/bench/table.ts';
import { timeLineReport } from '../test/bench/time-line.ts';
import { connectToApp, vaultOpened } from '../test/support/ipc-client.ts';
import { launchApp } from '../test/support/launch-app.ts';
import { buildIfNeeded } from './build-if-needed.ts';
import { launchChromium } from './chromium.ts';

/*
 * `npm run bench`: how the built app does with 10, 1,000 and 10,000 keys, and beside programs that do a part of what it
 * does. A real keyring, a real browser, real files. Progress goes to the error stream; the standard output gets the
 * table at the end and nothing else. Linux.
 */

const sizes = [10, 1_000, 10_000] as const;
const starts = 7;
const changes = 30;
/** Rotated at once, at one connection. */
const rotated = 100;
const rotationTurns = 3;
/** Pieces of work that are unfinished at a start with the most keys. */
const unfinished = 500;
/** Typed and taken back: 20 keystrokes, from all keys to a fifth of them and to all again. */
const typed = 'models-ser';

/** What was measured for one number of keys; times are medians in milliseconds. */
interface Started {
  readonly start: StartTimes;
  readonly mainMiB: number;
}
interface Row extends Started {
  readonly keystrokeMs: number;
  readonly changeMs: number;
  readonly syncMs: number;
  readonly keychainRequests: readonly string[];
  readonly list: ListCost;
  readonly backup: BackupCost;
}

/** Starts the app over each vault in turn, several times, so that what else the machine does meets all of them. */
async function measureStarts(browser: Browser, vaults: readonly SeededVault[]): Promise<Started[]> {
  const started = vaults.map((): { times: StartTimes; mainMiB: number }[] => []);
  for (let turn = 0; turn < starts; turn += 1) {
    for (const [index, vault] of vaults.entries()) {
      const { app, times, close } = await openApp(browser, vault);
      started[index]?.push({ times, mainMiB: residentMiB(app.pid) });
      await close();
    }
  }
  return started.map((each) => ({
    start: {
      readyMs: median(each.map(({ times }) => times.readyMs)),
      pageMs: median(each.map(({ times }) => times.pageMs)),
      totalMs: median(each.map(({ times }) => times.totalMs)),
    },
    mainMiB: median(each.map(({ mainMiB }) => mainMiB)),
  }));
}

async function measureUnfinished(browser: Browser): Promise<Started> {
  const vault = await seedUnfinishedVault(sizes[2], unfinished);
  try {
    const [started] = await measureStarts(browser, [vault]);
    if (started === undefined) throw new Error('Nothing was measured');
    return started;
  } finally {
    await vault.remove();
  }
}

/** The middle one of several, by what it took over its limit. */
async function measureRotations(): Promise<RotationsCost> {
  const costs: RotationsCost[] = [];
  for (let turn = 0; turn < rotationTurns; turn += 1) costs.push(await rotationsCost(rotated));
  const middle = costs.toSorted((a, b) => a.overLimit - b.overLimit)[Math.floor(costs.length / 2)];
  if (middle === undefined) throw new Error('Nothing was measured');
  return middle;
}

async function keystrokeMs(browser: Browser, vault: SeededVault): Promise<number> {
  const { page, close } = await openApp(browser, vault);
  try {
    return median(await keystrokeTimes(page, typed));
  } finally {
    await close();
  }
}

/** A change of one key as a page asks for it, over the socket and back, on disk when it is answered. */
async function changeMs(vault: SeededVault): Promise<number> {
  const app = await launchApp(vault);
  const client = await connectToApp(app.url);
  try {
    await vaultOpened(client);
    const times = await timesOf(changes, (turn) => {
      const key = vault.keys[(turn * 997) % vault.keys.length];
      if (key === undefined) throw new Error('There is no key to change');
      return client.call('keys.setPolicy', { ids: [key.id], policy: { everyDays: 60 + turn } });
    });
    return median(times);
  } finally {
    client.close();
    await app.stop();
  }
}

function report(rows: readonly Row[]): string {
  const [few, some, many] = rows;
  if (few === undefined || some === undefined || many === undefined) throw new Error('Nothing was measured');
  const each = (cell: (row: Row) => string) => rows.map(cell);
  const met = (isMet: boolean) => (isMet ? 'met' : 'NOT MET');
  const all = (isMet: (row: Row) => boolean) => met(rows.every(isMet));
  const ratio = many.start.totalMs / few.start.totalMs;
  return table(
    [
      ['', ...sizes.map((size) => `${size.toLocaleString('en-GB')} keys`), 'aim', ''],
      [
        'Process start to the list on screen',
        ...each(({ start }) => ms(start.totalMs)),
        'under 1 s',
        all(({ start }) => start.totalMs < 1_000),
      ],
      [
        '  of the time with 10 keys',
        ...each(({ start }) => `${(start.totalMs / few.start.totalMs).toFixed(2)} ×`),
        'at most 1.5 ×',
        met(ratio <= 1.5),
      ],
      ['  start to the ready line', ...each(({ start }) => ms(start.readyMs))],
      ['  address opened to rows painted', ...each(({ start }) => ms(start.pageMs))],
      [
        'Keystroke of search to rows painted',
        ...each((row) => ms(row.keystrokeMs)),
        'under 16 ms',
        all((row) => row.keystrokeMs < 16),
      ],
      [
        'Change of one key, there and back',
        ...each((row) => ms(row.changeMs)),
        'under 5 ms',
        all((row) => row.changeMs < 5),
      ],
      ['  the disk alone: 80 KB written, synced', ...each((row) => ms(row.syncMs))],
      ['Memory of main', ...each(({ mainMiB }) => `${mainMiB.toFixed(0)} MiB`)],
      [
        'Keychain requests at a start',
        ...each(({ keychainRequests }) => keychainRequests.join(', ')),
        'the data key, once',
        all(({ keychainRequests }) => keychainRequests.join() === 'get vault'),
      ],
      [`A provider's whole list, ${pageWaitMs} ms for each 100`, ...each(({ list }) => ms(list.ms))],
      [
        '  over what the provider itself took',
        ...each(({ list }) => `${list.overWaits.toFixed(2)} ×`),
        'at most 1.2 × for the most',
        met(many.list.overWaits <= 1.2),
      ],
      [
        '  with pages that each name the next',
        ...each(({ list }) => `${list.byCursor.overWaits.toFixed(2)} ×`),
      ],
      ['  the same pages by a bare fetch', ...each(({ list }) => `${list.bareOverWaits.toFixed(2)} ×`)],
      [
        '  most memory of the process',
        ...each(({ list }) => `${list.peakMiB.toFixed(0)} MiB`),
        'at most 1.3 × of 1,000',
        met(many.list.peakMiB <= 1.3 * some.list.peakMiB),
      ],
      [
        '  of the heap not given back',
        ...each(({ list }) => `${list.leftMiB.toFixed(1)} MiB`),
        'under 3 MiB',
        all(({ list }) => list.leftMiB < 3),
      ],
      [
        'A backup made, secrets in sealed files',
        ...each(({ backup }) => ms(backup.makeMs)),
        'under 5 s',
        all(({ backup }) => backup.makeMs < 5_000),
      ],
      ['  opened and held against the vault', ...each(({ backup }) => ms(backup.openMs))],
      [
        '  restored into an empty vault',
        ...each(({ backup }) => ms(backup.restoreMs)),
        'under 10 s',
        all(({ backup }) => backup.restoreMs < 10_000),
      ],
      ['  longest pause of main meanwhile', ...each(({ backup }) => ms(backup.longestPauseMs))],
    ],
    [0, 4, 5],
  );
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

const root = path.join(import.meta.dirname, '..');
const loadBefore = loadavg()[0] ?? 0;
buildIfNeeded(root);
const browser = await launchChromium();
// Paints as soon as it can and not at the display's next picture, so that a keystroke's work is measured and no waiting.
// Not for starts: whatever moves while the app opens would take the processor for itself.
const eager = await launchChromium(['--disable-gpu-vsync', '--disable-frame-rate-limit']);
const vaults: SeededVault[] = [];
const rows: Row[] = [];
const besides: Beside[] = [];
let rotations: RotationsCost;
let files: EnvFilesCost[];
let startUnfinished: Started;
let leaks: string;
let timeLine: string;
let reminders: string;
try {
  for (const size of sizes) vaults.push(await seedVault(size));
  say('Starts…');
  const started = await measureStarts(browser, vaults);
  for (const [index, vault] of vaults.entries()) {
    say(`Search and change, ${vault.keys.length.toLocaleString('en-GB')} keys…`);
    rows.push({
      ...(started[index] as Started),
      keystrokeMs: await keystrokeMs(eager, vault),
      changeMs: await changeMs(vault),
      syncMs: median(await diskSyncTimes(vault.dataFolder, changes)),
      keychainRequests: await keychainRequestsAtStart(vault),
      list: await listCost(vault.keys.length, starts),
      backup: await backupCost(vault.keys.length),
    });
  }
  say('Start with unfinished work…');
  startUnfinished = await measureUnfinished(browser);
  say('Many rotations…');
  rotations = await measureRotations();
  say('Long files…');
  files = await envFilesCost(root);
  say('Leaks…');
  leaks = await leaksReport();
  say('Reminders…');
  reminders = await remindersReport();
  say('Time line…');
  timeLine = await timeLineReport(browser);
  say('Other programs…');
  besides.push(await readSecretBeside(vaults[0] as SeededVault), await writeVariableBeside(root));
} finally {
  await Promise.all([browser.close(), eager.close()]);
  for (const vault of vaults) await vault.remove();
}

const machine = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? ''}`;
const beside = table(
  [
    ['', 'Keyturn', 'the other', ''],
    ...besides.map(({ what, appMs, tool, toolMs }) => [
      what,
      ms(appMs),
      ms(toolMs),
      `${tool}, a whole process`,
    ]),
  ],
  [0, 3],
);
const isMet = (is: boolean) => (is ? 'met' : 'NOT MET');
const filesBeside = table(
  [
    ['', 'Keyturn', 'bare Node', 'bare, folder synced', 'dotenvx set', '', 'aim', ''],
    ...files.map(({ what, appMs, bareMs, bareSyncedMs, dotenvxMs }) => [
      what,
      ms(appMs),
      ms(bareMs),
      ms(bareSyncedMs),
      dotenvxMs === null ? '' : ms(dotenvxMs),
      `${(appMs / bareMs).toFixed(2)} ×`,
      'at most 1.5 × of bare Node',
      isMet(appMs <= 1.5 * bareMs),
    ]),
  ],
  [0, 6, 7],
);
const work = table(
  [
    ['', 'Keyturn', 'aim', ''],
    [
      `Start to the list, ${sizes[2].toLocaleString('en-GB')} keys, ${unfinished} pieces of work unfinished`,
      ms(startUnfinished.start.totalMs),
      'under 1.5 s',
      isMet(startUnfinished.start.totalMs < 1_500),
    ],
    [
      `${rotations.keys} keys rotated at a provider that answers in ${answerMs} ms, ${rotations.requests} calls`,
      ms(rotations.ms),
    ],
    [
      '  over what the calls take, as many at a time as are allowed',
      `${rotations.overLimit.toFixed(2)} ×`,
      'at most 1.3 ×',
      isMet(rotations.overLimit <= 1.3),
    ],
  ],
  [0, 2, 3],
);
const load = `Load before: ${loadBefore.toFixed(1)} on ${cpus().length} processors; what else runs counts against the times.`;
process.stdout.write(
  `${report(rows)}\n\n${work}\n\n${filesBeside}\n\n${leaks}\n\n${reminders}\n\n${timeLine}\n\n${beside}\n\nMedians. ${machine}\n${load}\n`,
);
