import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Clock, systemClock } from '../../../main/clock.ts';
import { eventually } from '../../support/eventually.ts';
import { passphrase, type SealedApp, startSealed, wish } from './damage-world.ts';

const dayMs = 86_400_000;
const tickMs = 15_000;

let offset: number;
let folder: string;
const clock: Clock = { now: () => Date.now() + offset, sleep: systemClock.sleep };

beforeEach(async () => {
  offset = 0;
  folder = await mkdtemp(join(tmpdir(), 'keyturn-clock-'));
  // Only the ticks are the test's to give; everything else takes the time that it takes.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<SealedApp> {
  const app = await startSealed(folder, { clock });
  onTestFinished(() => app.stop());
  // The first start sets the vault up; the others find it.
  await app.ask('vault.usePassphrase', { passphrase });
  await app.ask('vault.unlock', { passphrase });
  return app;
}

/** A key that was replaced and has seven days left. */
async function inGrace(app: SealedApp) {
  const { id: connectionId } = await app.call('connections.addSandbox', {});
  const { keyId } = await app.call('keys.issue', { ...wish, connectionId, name: 'one', targets: [] });
  const { workId } = await app.call('keys.rotate', { id: keyId, grace: '7-days', answers: {} });
  await eventually(async () => {
    const work = (await app.call('work.list', {})).works.find(({ id }) => id === workId);
    expect(work?.graceUntil ?? null).not.toBeNull();
  });
  return keyId;
}

/** Lets one tick come, and everything that it begins end. */
async function tick(app: SealedApp): Promise<void> {
  vi.advanceTimersByTime(tickMs);
  await eventually(async () => {
    const { works } = await app.call('work.list', {});
    for (const { steps } of works)
      expect(steps.find(({ name }) => name === 'revoke')?.state).not.toBe('running');
  });
}

const statusOf = async (app: SealedApp, id: Awaited<ReturnType<typeof inGrace>>) =>
  (await app.call('keys.get', { id })).status;
const revocations = (app: SealedApp) => app.asked.filter((one) => /^DELETE |revoke/i.test(one)).length;

test('a clock that was a year ahead for a moment ends no grace', async () => {
  const app = await start();
  const old = await inGrace(app);
  offset = 365 * dayMs;
  await tick(app);
  expect(await statusOf(app, old)).toBe('retiring');
  offset = 0;
  await tick(app);
  await tick(app);
  expect(await statusOf(app, old)).toBe('retiring');
  expect(revocations(app)).toBe(0);
  expect(await app.call('keys.check', { id: old })).toEqual({ outcome: 'valid' });
});

test('a clock that went on ends a grace that is over, at the second tick and once', async () => {
  const app = await start();
  const old = await inGrace(app);
  offset = 8 * dayMs;
  await tick(app);
  expect(await statusOf(app, old)).toBe('retiring');
  await tick(app);
  await eventually(async () => expect(await statusOf(app, old)).toBe('revoked'));
  await tick(app);
  expect(revocations(app)).toBe(1);
});

test('a clock that was set back ends a grace no earlier, and once', async () => {
  const app = await start();
  const old = await inGrace(app);
  for (const days of [-7, 0, 6.9]) {
    offset = days * dayMs;
    await tick(app);
    await tick(app);
    expect([days, await statusOf(app, old)]).toEqual([days, 'retiring']);
  }
  offset = 7.1 * dayMs;
  await tick(app);
  await tick(app);
  await eventually(async () => expect(await statusOf(app, old)).toBe('revoked'));
  offset = -7 * dayMs;
  await tick(app);
  await tick(app);
  expect(await statusOf(app, old)).toBe('revoked');
  expect(revocations(app)).toBe(1);
});

test('a start with a clock that was set back revokes nothing; one after the grace revokes once', async () => {
  const first = await start();
  const old = await inGrace(first);
  await first.stop();
  offset = -7 * dayMs;
  const second = await start();
  await tick(second);
  expect(await statusOf(second, old)).toBe('retiring');
  expect(revocations(second)).toBe(0);
  await second.stop();
  offset = 8 * dayMs;
  const third = await start();
  await eventually(async () => expect(await statusOf(third, old)).toBe('revoked'));
  await third.stop();
  const fourth = await start();
  await tick(fourth);
  expect(revocations(third) + revocations(fourth)).toBe(1);
});
