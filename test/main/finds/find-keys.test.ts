import { execFile } from 'node:child_process';
import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { KnownKey } from '../../../main/finds/group-finds.ts';
import type { Secret } from '../../../main/secrets/secret.ts';
import { type Find, findSchema } from '../../../shared/ipc/search.contract.ts';
import { longestTurnMs } from '../../support/thread-time.ts';
import { createFindsWorld, lookalike, madeUp } from './finds-world.ts';

/** A vault with the one key that has this value. */
function knows(
  value: string,
  { targets, ...place }: { providerId: string; field: string; targets: unknown[] },
) {
  // The id and the targets are of a key of the vault's; the search only hands them on and compares them.
  const key = { id: 'key-1', name: 'Shop', targets } as unknown as KnownKey['key'];
  return (found: Secret): KnownKey | null => (found.reveal() === value ? { key, ...place } : null);
}

const providersOf = (find: Find | undefined) => find?.candidates.map(({ providerId }) => providerId) ?? [];

describe('a key is recognised', () => {
  it('by how it looks, whatever its variable is called', async () => {
    const world = await createFindsWorld();
    await world.env('.env', {
      PAYMENTS: lookalike.stripe(),
      MAILS: lookalike.resend(),
      LLM: lookalike.openRouter(),
    });
    const finds = await world.finds();
    expect(finds.map(({ by }) => by)).toEqual(['form', 'form', 'form']);
    expect(providersOf(finds[0])).toContain('stripe');
    expect(finds[0]?.candidates.find(({ providerId }) => providerId === 'stripe')?.environment).toBe('live');
    expect(providersOf(finds[1])).toEqual(['resend']);
    expect(providersOf(finds[2])).toEqual(['openrouter']);
  });

  it('by its variable, where it looks like anything', async () => {
    const world = await createFindsWorld();
    await world.env('.env', {
      CHANNEX_API_KEY: madeUp(40),
      RESMIC_API_KEY: madeUp(30, 2),
      RESMIC_USER_ID: madeUp(20, 3),
    });
    const finds = await world.finds();
    expect(finds.map(({ by, places }) => [by, places[0]?.variable])).toEqual([
      ['name', 'CHANNEX_API_KEY'],
      ['name', 'RESMIC_API_KEY'],
    ]);
    expect(providersOf(finds[0])[0]).toBe('channex');
    expect(finds[1]?.candidates[0]).toMatchObject({
      providerId: 'resmic',
      field: 'API_KEY',
      others: { USER_ID: 'RESMIC_USER_ID' },
      missing: [],
    });
  });

  it('by both, and then the provider that both speak for comes first', async () => {
    const world = await createFindsWorld();
    await world.env('.env', {
      STRIPE_SECRET_KEY: lookalike.stripe(1),
      PAYGENTIC_API_KEY: lookalike.stripe(2, 'test'),
      DATADOG_API_KEY: lookalike.hash(3),
      OPENAI_API_KEY: lookalike.openRouter(4),
    });
    const finds = await world.finds();
    expect(finds.map((find) => [find.by, providersOf(find)[0]])).toEqual([
      ['both', 'stripe'],
      ['both', 'paygentic'],
      ['both', 'datadog'],
      // How it looks says more than a name that another provider's client is content with.
      ['form', 'openrouter'],
    ]);
  });

  it('by the best name of all that its value has', async () => {
    const world = await createFindsWorld();
    const value = lookalike.stripe();
    await world.env('a/.env', { PAYMENTS: value });
    await world.env('b/.env', { STRIPE_SECRET_KEY: value });
    const [find] = await world.finds();
    expect([find?.by, find?.places.length, providersOf(find)[0]]).toEqual(['both', 2, 'stripe']);
  });

  it('and what only looks like any hash, or stands for something else, is not', async () => {
    const world = await createFindsWorld();
    await world.env('.env', {
      GIT_SHA: madeUp(40, 1, '0123456789abcdef'),
      BUILD_ID: lookalike.hash(),
      SESSION: madeUp(24),
      COOKIE: madeUp(64, 2),
      STRIPE_SECRET_KEY: `\${FROM_ELSEWHERE_OR_NOWHERE}`,
      RESEND_API_KEY: 're_xxxxxxxxxxxxxxxxxxxxxxxx',
      NEON_API_KEY: 'changeme',
      CLOUDFLARE_API_TOKEN: '',
      TWILIO_API_KEY: lookalike.twilioSid(),
    });
    expect(await world.finds()).toEqual([]);
  });

  it('in an example file only where it looks like a real one', async () => {
    const world = await createFindsWorld();
    await world.env('.env.example', { CHANNEX_API_KEY: madeUp(40), DD_API_KEY: lookalike.hash() });
    expect(await world.finds()).toEqual([]);
    await world.env('.env.example', { CHANNEX_API_KEY: madeUp(40), STRIPE_SECRET_KEY: lookalike.stripe() });
    expect((await world.finds()).map(providersOf)).toEqual([expect.arrayContaining(['stripe'])]);
  });

  it('with the variables for its other fields, those with the same words around first', async () => {
    const world = await createFindsWorld();
    const [one, two] = [lookalike.twilioSid(1), lookalike.twilioSid(2)];
    await world.env('.env', {
      TWILIO_API_KEY: one,
      SHOP_TWILIO_API_SECRET: madeUp(32, 5),
      SHOP_TWILIO_API_KEY: two,
      TWILIO_API_SECRET: madeUp(32, 6),
    });
    await world.env('b/.env', { TWILIO_API_SECRET: madeUp(32, 7), SENDER: lookalike.twilioSid(3) });
    await world.env('c/.env', { TWILIO_API_SECRET: madeUp(32, 8) });
    const finds = await world.finds();
    expect(finds.map(({ candidates }) => [candidates[0]?.others, candidates[0]?.missing])).toEqual([
      [{ API_KEY: 'SHOP_TWILIO_API_KEY' }, []],
      [{ API_KEY: 'TWILIO_API_KEY' }, []],
      [{ API_KEY: 'SENDER' }, []],
      [{}, ['API_KEY']],
    ]);
  });
});

describe('what is told of a find', () => {
  it('is every place where the same value stands, by file, variable and line', async () => {
    const world = await createFindsWorld();
    const value = lookalike.stripe();
    const first = await world.write(
      'a/.env',
      `# keys\n\nexport STRIPE_SECRET_KEY="${value}" # live\nOTHER=1\nSECOND='${value}'\n`,
    );
    const second = await world.write('b/.env.local', `A="x\ny"\r\nSTRIPE=${value}`);
    const finds = await world.finds();
    expect(finds).toHaveLength(1);
    expect(finds[0]?.places).toEqual([
      { file: first, variable: 'STRIPE_SECRET_KEY', line: 3, tracked: false },
      { file: first, variable: 'SECOND', line: 5, tracked: false },
      { file: second, variable: 'STRIPE', line: 3, tracked: false },
    ]);
    expect(finds[0]?.lastFour).toBe(value.slice(-4));
    expect(findSchema.parse(finds[0])).toEqual(finds[0]);
  });

  it('is which files Git tracks, and since when the key has been there at least', async () => {
    const world = await createFindsWorld();
    const root = await world.repository('shop');
    const [old, fresh, loose] = [lookalike.stripe(1), lookalike.resend(2), lookalike.openRouter(3)];
    const tracked = await world.write('shop/.env', `STRIPE_SECRET_KEY=${old}\r\n`);
    const commit = (at: string) =>
      promisify(execFile)(
        'git',
        ['-C', root, '-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-qam', 'x'],
        {
          env: { ...process.env, HOME: world.home, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
        },
      );
    await world.gitIn(root, 'add', '.env');
    await commit('2021-03-01T00:00:00Z');
    await writeFile(tracked, `# moved\nSTRIPE_SECRET_KEY=${old}\nRESEND_API_KEY=${fresh}\n`);
    const untracked = await world.write('shop/.env.local', `OPENROUTER_API_KEY=${loose}\n`);
    const changedAt = new Date('2024-05-06T00:00:00Z');
    await utimes(tracked, changedAt, changedAt);
    await utimes(untracked, changedAt, changedAt);
    const finds = await world.finds();
    expect(finds.map(({ places, since }) => [places[0]?.tracked, since])).toEqual([
      [true, Date.UTC(2021, 2, 1)],
      [true, changedAt.getTime()],
      [false, changedAt.getTime()],
    ]);
  });

  it('is a revoked key of the vault as what it was, also where nothing but the value tells', async () => {
    const world = await createFindsWorld();
    const value = madeUp(30);
    await world.env('.env', { SOMETHING: value });
    const told = { name: 'Shop', successor: null };
    const revokedKey = (one: Secret) =>
      one.reveal() === value ? { told, providerId: 'resmic', field: 'API_KEY' } : null;
    expect(await world.finds({ revokedKey })).toMatchObject([{ known: null, revoked: told }]);
  });

  it('is told apart from secrets of providers that nobody knows, which are told by their places', async () => {
    const world = await createFindsWorld();
    const value = madeUp(40, 5);
    const a = await world.env('a/.env', { ACME_TOKEN: value, PORT: '3000', ACME_REGION: madeUp(30, 6) });
    const b = await world.env('b/.env', { ACME_API_KEY_2: value, JWT_SECRET: 'only-for-my-own-computer' });
    await world.env('c/.env.example', { ACME_TOKEN: madeUp(40, 7) });
    const { keys, strangers } = await world.find();
    expect(keys).toEqual([]);
    expect(strangers).toEqual([
      {
        places: [
          { file: a, variable: 'ACME_TOKEN', line: 1 },
          { file: b, variable: 'ACME_API_KEY_2', line: 1 },
        ],
      },
    ]);
    expect(JSON.stringify(strangers)).not.toContain(value);
  });

  it('is the key of the vault that it is, and which files that one knows', async () => {
    const world = await createFindsWorld();
    const value = lookalike.stripe();
    const known = await world.env('a/.env', { STRIPE_SECRET_KEY: value });
    await world.env('b/.env', { STRIPE_SECRET_KEY: value });
    const targets = [{ file: known, variables: { API_KEY: 'STRIPE_SECRET_KEY' } }];
    const ports = { knownKey: knows(value, { providerId: 'stripe', field: 'API_KEY', targets }) };
    expect((await world.finds(ports))[0]?.known).toEqual({ id: 'key-1', name: 'Shop', followed: [known] });
  });

  it('is a file as one that it does not know while a second variable there is not followed', async () => {
    const world = await createFindsWorld();
    const value = lookalike.stripe();
    const file = await world.env('.env', { STRIPE_SECRET_KEY: value, OLD_STRIPE_KEY: value });
    const first = { file, variables: { API_KEY: 'STRIPE_SECRET_KEY' } };
    const second = { file, variables: { API_KEY: 'OLD_STRIPE_KEY' } };
    const followed = async (targets: unknown[]) => {
      const ports = { knownKey: knows(value, { providerId: 'stripe', field: 'API_KEY', targets }) };
      return (await world.finds(ports))[0]?.known?.followed;
    };
    expect(await followed([first])).toEqual([]);
    expect(new Set(await followed([first, second]))).toEqual(new Set([file]));
    // An assignment that no reader takes is nothing to be followed.
    await world.write(
      '.env',
      `STRIPE_SECRET_KEY=${value}\nOLD_STRIPE_KEY=${value}\nOLD_STRIPE_KEY=other-1\n`,
    );
    expect(await followed([first])).toEqual([file]);
  });

  it('is a key of the vault also where nothing but the value tells', async () => {
    const world = await createFindsWorld();
    const value = madeUp(30);
    const file = await world.env('.env', { SOMETHING: value, OTHER: madeUp(30, 2) });
    const ports = { knownKey: knows(value, { providerId: 'resmic', field: 'API_KEY', targets: [] }) };
    const { keys } = await world.find(ports);
    expect(keys).toHaveLength(1);
    expect(keys[0]?.find).toMatchObject({
      known: { id: 'key-1' },
      places: [{ file, variable: 'SOMETHING' }],
    });
    expect(keys[0]?.adoptable.get('resmic')?.targets).toEqual([
      { file, variables: { API_KEY: 'SOMETHING' } },
    ]);
  });

  it('is what could not be read, and the rest is read all the same', async () => {
    const world = await createFindsWorld();
    await world.env('.env', { STRIPE_SECRET_KEY: lookalike.stripe() });
    const binary = await world.write('b/.env', 'A=\0\n');
    const huge = await world.write('c/.env', `A=${'x'.repeat(1024 * 1024)}\n`);
    const { keys, files, skipped } = await world.find();
    expect([keys.length, files]).toEqual([1, 1]);
    expect(skipped).toEqual([
      { file: binary, reason: 'It is not text' },
      { file: huge, reason: 'It is larger than 1 MiB' },
    ]);
  });
});

describe('what is kept of a find to take it in', () => {
  it('is the value of each field, and a target for each variable that holds the key now, with the others beside it once', async () => {
    const world = await createFindsWorld();
    const [secret, sid, other] = [madeUp(32, 5), lookalike.twilioSid(1), lookalike.twilioSid(2)];
    const a = await world.env('a/.env', {
      TWILIO_API_KEY: sid,
      TWILIO_API_SECRET: secret,
      AGAIN_TWILIO_API_SECRET: secret,
    });
    const b = await world.env('b/.env', { MY_TWILIO_API_SECRET: secret, MY_TWILIO_API_KEY: sid });
    const c = await world.env('c/.env', { TWILIO_API_KEY: other, TWILIO_API_SECRET: secret });
    await world.write('d/.env', `TWILIO_API_SECRET=${secret}\nTWILIO_API_SECRET=${madeUp(32, 9)}\n`);
    const { keys } = await world.find();
    const adoptable = keys[0]?.adoptable.get('twilio');
    const values = Object.entries(adoptable?.fields ?? {}).map(([name, value]) => [name, value.reveal()]);
    expect(Object.fromEntries(values)).toEqual({ API_SECRET: secret, API_KEY: sid });
    expect(adoptable?.targets).toEqual([
      { file: a, variables: { API_SECRET: 'TWILIO_API_SECRET', API_KEY: 'TWILIO_API_KEY' } },
      { file: a, variables: { API_SECRET: 'AGAIN_TWILIO_API_SECRET' } },
      { file: b, variables: { API_SECRET: 'MY_TWILIO_API_SECRET', API_KEY: 'MY_TWILIO_API_KEY' } },
      { file: c, variables: { API_SECRET: 'TWILIO_API_SECRET' } },
    ]);
    expect(keys[0]?.find.places.map(({ file }) => path.basename(path.dirname(file)))).toEqual([
      'a',
      'a',
      'b',
      'c',
      'd',
    ]);
  });
});

it('a search that is stopped has the keys of the files that it had come to, and says after how many files', async () => {
  const world = await createFindsWorld();
  await world.env('.env', { STRIPE_SECRET_KEY: lookalike.stripe() });
  for (let at = 0; at < 60; at += 1) await world.env(`${at}/below/.env`, { A: '1' });
  expect((await world.find()).stoppedAfter).toBeNull();
  const stop = new AbortController();
  const found = await world.find({}, stop.signal, () => stop.abort());
  expect(found.keys.map(({ find }) => find.places[0]?.variable)).toEqual(['STRIPE_SECRET_KEY']);
  expect(found.stoppedAfter).toBeGreaterThan(0);
  expect(found.stoppedAfter).toBeLessThan(61);
});

it('thousands of values are looked at while other things go on', async () => {
  const world = await createFindsWorld();
  for (let file = 0; file < 40; file += 1) {
    const variables = Array.from({ length: 100 }, (_, number) => [
      `VALUE_${number}`,
      madeUp(40, file * 100 + number),
    ]);
    await world.env(`${file}/.env`, Object.fromEntries(variables));
  }
  await world.env('z/.env', { STRIPE_SECRET_KEY: lookalike.stripe() });
  const longest = await longestTurnMs(async () => expect(await world.finds()).toHaveLength(1));
  expect(longest).toBeLessThan(250);
});
