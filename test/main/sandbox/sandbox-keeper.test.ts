import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxKeeper, type SandboxKeeper } from '../../../main/sandbox/sandbox-keeper.ts';

describe('the app’s own sandbox', () => {
  let folder: string;
  let keepers: SandboxKeeper[];
  const keep = (): SandboxKeeper => {
    const keeper = createSandboxKeeper({ folder, clock: Date.now, random: randomBytes });
    keepers.push(keeper);
    return keeper;
  };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'keyturn-sandbox-keeper-'));
    keepers = [];
  });
  afterEach(async () => {
    for (const keeper of keepers) await keeper.stop();
    await rm(folder, { recursive: true });
  });

  const originOf = async (keeper: SandboxKeeper): Promise<string> => {
    const started = await keeper.start();
    if (!started.ok) throw new Error(started.error.reason);
    return started.value.origin;
  };
  const answers = (origin: string): Promise<boolean> =>
    fetch(origin).then(
      () => true,
      () => false,
    );

  it('is started once, however many want it', async () => {
    const keeper = keep();
    const [one, two] = await Promise.all([keeper.start(), keeper.start()]);
    expect(one).toBe(two);
    expect(await answers(await originOf(keeper))).toBe(true);
  });

  it('hands out a connection to its test environment', async () => {
    const keeper = keep();
    const connection = await keeper.connect();
    expect(connection).toMatchObject({
      ok: true,
      value: { environment: 'test', settings: { url: await originOf(keeper) } },
    });
    expect(connection.ok && connection.value.credential.token.reveal()).toMatch(/.{16}/);
  });

  it('keeps the token of one holder when another gets one, also over a restart', async () => {
    const keeper = keep();
    const tokens = [await keeper.connect(), await keeper.connect('one'), await keeper.connect('other')];
    const second = await keeper.connect('one');
    await keeper.stop();
    const origin = await originOf(keeper);
    const statuses = [...tokens, second].map(async (connection) => {
      const token = connection.ok ? connection.value.credential.token.reveal() : '';
      const answer = await fetch(`${origin}/v1/api-keys`, { headers: { authorization: `Bearer ${token}` } });
      return answer.status;
    });
    // Only the one that its own holder replaced has ended.
    expect(await Promise.all(statuses)).toEqual([200, 401, 200, 200]);
  });

  it('lets go of its port when it is stopped, and comes back at the same address', async () => {
    const keeper = keep();
    const origin = await originOf(keeper);
    await keeper.stop();
    expect(await answers(origin)).toBe(false);
    expect(await originOf(keeper)).toBe(origin);
    expect(await answers(origin)).toBe(true);
  });

  it('says that its port is taken, and starts as soon as it is free', async () => {
    const origin = await originOf(keep());
    await keepers[0]?.stop();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(Number(new URL(origin).port), '127.0.0.1', resolve));
    const keeper = keep();
    const refused = await Promise.all([keeper.start(), keeper.connect()]);
    expect(refused).toMatchObject([
      { ok: false, error: { code: 'storage-failed' } },
      { ok: false, error: { code: 'storage-failed' } },
    ]);
    await new Promise((resolve) => squatter.close(resolve));
    expect(await originOf(keeper)).toBe(origin);
  });

  it('stops quietly where it was never wanted', async () => {
    await keep().stop();
  });
});
