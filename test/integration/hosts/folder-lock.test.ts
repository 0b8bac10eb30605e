import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type LockOptions,
  type LockOutcome,
  lockFolder,
  takenWords,
} from '../../../main/desktop/folder-lock.ts';

let parent: string;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'keyturn-lock-'));
  folder = join(parent, 'data');
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(end));
  rmSync(parent, { recursive: true, force: true });
});

const me: LockOptions = { holder: () => ({ pid: process.pid, host: 'browser', address: null }) };
const take = (path: string) => lockFolder(path, me);

async function release(outcome: LockOutcome): Promise<void> {
  if (outcome.state === 'held') await outcome.lock.release();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Another process that takes the folder; `says` answers its next line. */
function anotherProcess(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-taker.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const says = async (): Promise<string> => (await lines.next()).value ?? '';
  return { child, says, outcome: async () => JSON.parse(await says()) as LockOutcome };
}

it('gives a data folder to one host at a time, by whatever name it is reached', async () => {
  const lock = await take(folder);
  expect(lock.state).toBe('held');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  symlinkSync(folder, join(parent, 'other-name'));
  const taken = { state: 'taken', by: { pid: process.pid, host: 'browser', address: null } };
  expect(await take(folder)).toEqual(taken);
  expect(await take(join(parent, 'other-name'))).toEqual(taken);
  const elsewhere = await take(join(parent, 'elsewhere'));
  expect(elsewhere.state).toBe('held');
  await release(elsewhere);
  await release(lock);
  const again = await take(folder);
  expect(again.state).toBe('held');
  await release(again);
});

it('tells the second one who holds the folder, and the holder that it was asked for', async () => {
  const first = anotherProcess(folder);
  expect((await first.outcome()).state).toBe('held');
  const by = { pid: first.child.pid, host: 'browser', address: 'http://127.0.0.1:1/' };
  const second = await take(folder);
  expect(second).toEqual({ state: 'taken', by });
  expect(await first.says()).toBe('asked');
  expect(takenWords('/data', second.state === 'taken' ? second.by : null)).toBe(
    `Keyturn is already running with the data folder /data (process ${first.child.pid}): http://127.0.0.1:1/`,
  );
});

it('says that the folder is taken also where its holder hangs', async () => {
  const first = anotherProcess(folder);
  await first.outcome();
  first.child.kill('SIGSTOP');
  expect(await take(folder)).toEqual({ state: 'taken', by: null });
});

// Elsewhere than on Linux and Windows the socket is a file, which stays behind when its process is killed.
describe.each([
  ['the socket of this system', () => []],
  ...(process.platform === 'win32'
    ? []
    : [['a socket that is a file', () => [join(parent, 'lock.sock')]] as const]),
] as const)('%s', (_, socket) => {
  const asked = () => {
    const [file] = socket();
    return lockFolder(folder, file === undefined ? me : { ...me, address: () => file });
  };

  it('is free again when the process that had it was killed', async () => {
    const first = anotherProcess(folder, ...socket());
    expect((await first.outcome()).state).toBe('held');
    expect((await asked()).state).toBe('taken');
    await end(first.child);
    const lock = await asked();
    expect(lock.state).toBe('held');
    await release(lock);
  });

  it('goes to exactly one of many that ask at the same moment, also after a kill', async () => {
    for (let round = 0; round < 3; round += 1) {
      const racing = Array.from({ length: 6 }, () => anotherProcess(folder, ...socket()));
      const outcomes = await Promise.all(racing.map(({ outcome }) => outcome()));
      expect(outcomes.map(({ state }) => state).sort()).toEqual(['held', ...Array(5).fill('taken')]);
      // What is left behind by the killed is what the next round meets.
      await Promise.all(racing.map(({ child }) => end(child)));
    }
  });
});

it.skipIf(process.platform === 'win32')(
  'is taken over from a process that was killed while it took over, and from a machine that was switched off',
  async () => {
    const file = join(parent, 'lock.sock');
    const dead = anotherProcess(folder, file);
    await dead.outcome();
    await end(dead.child);
    mkdirSync(`${file}.guard`);
    utimesSync(`${file}.guard`, 1, 1);
    const lock = await lockFolder(folder, { ...me, address: () => file });
    expect(lock.state).toBe('held');
    await release(lock);
  },
);

it('says that a file is no folder', async () => {
  writeFileSync(folder, '');
  expect(await take(folder)).toEqual({ state: 'unwritable', reason: 'it is a file' });
});

it('says that a folder is on a read-only disk', async ({ skip }) => {
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'keyturn-test', folder]).status === 0;
  skip(!mounted, 'no right to mount');
  try {
    expect(await take(folder)).toEqual({ state: 'unwritable', reason: 'it is on a read-only disk' });
    expect(await take(join(folder, 'new'))).toMatchObject({ reason: 'it is on a read-only disk' });
  } finally {
    spawnSync('umount', [folder]);
  }
});

it('says that a folder may not be written', async ({ skip }) => {
  skip(process.platform === 'win32' || process.getuid?.() === 0, 'modes do not bind this user');
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  expect(await take(folder)).toMatchObject({ state: 'unwritable', reason: /read-only/ });
});
