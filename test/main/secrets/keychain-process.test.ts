import { afterEach, expect, test } from 'vitest';
import { createKeychainProcess, type KeychainProcess } from '../../../main/secrets/keychain-process.ts';
import type {
  KeychainMessage,
  KeychainRequest,
  KeychainWorker,
} from '../../../main/secrets/keychain-protocol.ts';
import { eventually } from '../../support/eventually.ts';

/** What a worker does with a request: an answer, a crash, or nothing ever. */
type Deed = { readonly value: string | null } | { readonly error: string } | 'crash' | 'hang';

const limits = { readMs: 80, writeMs: 200, startMs: 80 };
const lost = 'The name :1.0 was not provided by any .service files';

interface World {
  readonly keychain: KeychainProcess;
  /** Every request that reached a worker, such as `2 get a`: the second worker, reading a. */
  readonly requests: string[];
  readonly killed: number[];
}

let world: World | undefined;
afterEach(() => world?.keychain.close());

/** A keychain whose workers act by this script, one deed per request, whichever worker gets it. */
function act(script: readonly Deed[], start: 'ready' | 'never-ready' | 'cannot-start' = 'ready'): World {
  const deeds = [...script];
  const requests: string[] = [];
  const killed: number[] = [];
  let workers = 0;
  const launch = (): KeychainWorker => {
    workers += 1;
    const number = workers;
    let hear: (message: KeychainMessage) => void = () => undefined;
    let exit: (how: string) => void = () => undefined;
    setTimeout(() => {
      if (start === 'ready') hear({ ready: true });
      if (start === 'cannot-start') exit('ENOENT');
    });
    return {
      send(request: KeychainRequest) {
        requests.push(`${number} ${request.do} ${request.account}`);
        const deed = deeds.shift() ?? 'hang';
        setTimeout(() => {
          if (deed === 'crash') exit('SIGSEGV');
          else if (deed !== 'hang' && 'value' in deed) hear({ id: request.id, ok: true, value: deed.value });
          else if (deed !== 'hang') hear({ id: request.id, ok: false, error: deed.error });
        });
      },
      onMessage: (listener) => {
        hear = listener;
      },
      onExit: (listener) => {
        exit = listener;
      },
      kill: () => killed.push(number),
    };
  };
  world = { keychain: createKeychainProcess({ launch, service: 'keyturn', limits }), requests, killed };
  return world;
}

const get = (account: string) => ({ do: 'get', account }) as const;
const set = (account: string) => ({ do: 'set', account, value: 'v' }) as const;

test('one worker answers many calls, one at a time and in order', async () => {
  const { keychain, requests } = act([{ value: '1' }, { value: null }, { value: '3' }]);
  const replies = await Promise.all([
    keychain.call(get('a')),
    keychain.call(set('b')),
    keychain.call(get('c')),
  ]);
  expect(replies.map((reply) => reply.ok && reply.value)).toEqual(['1', null, '3']);
  expect(requests).toEqual(['1 get a', '1 set b', '1 get c']);
});

test.each(['crash', { error: lost }, { error: 'The session wrapping the secret does not exist' }] as const)(
  'a worker that ends with %o is replaced and the call repeated once',
  async (deed) => {
    const { keychain, requests } = act([deed, { value: 'found' }]);
    expect(await keychain.call(get('a'))).toEqual({ ok: true, value: 'found' });
    expect(requests).toEqual(['1 get a', '2 get a']);
  },
);

test('a call that crashes two workers is given up, and the next one gets a third', async () => {
  const { keychain, requests } = act(['crash', 'crash', { value: 'well again' }]);
  expect(await keychain.call(get('a'))).toEqual({ ok: false, error: { why: 'stopped', how: 'SIGSEGV' } });
  expect(await keychain.call(get('b'))).toEqual({ ok: true, value: 'well again' });
  expect(requests).toEqual(['1 get a', '2 get a', '3 get b']);
});

test('an ordinary refusal is told once and costs no worker', async () => {
  const { keychain, requests, killed } = act([
    { error: 'Cannot create an item in a locked collection' },
    { value: 'v' },
  ]);
  const refusal = await keychain.call(set('a'));
  expect(refusal).toEqual({
    ok: false,
    error: { why: 'refused', message: 'Cannot create an item in a locked collection' },
  });
  expect((await keychain.call(get('a'))).ok).toBe(true);
  expect(requests).toEqual(['1 set a', '1 get a']);
  expect(killed).toEqual([]);
});

test('a worker that found no keychain is replaced, so that a later one is found', async () => {
  const { keychain, requests } = act([
    { error: 'Cannot autolaunch D-Bus without X11 $DISPLAY' },
    { value: 'v' },
  ]);
  expect((await keychain.call(get('a'))).ok).toBe(false);
  expect((await keychain.call(get('a'))).ok).toBe(true);
  expect(requests).toEqual(['1 get a', '2 get a']);
});

test('a prompt that nobody answers ends at the limit, with all that waited behind it, and is not repeated', async () => {
  const { keychain, requests, killed } = act(['hang', { value: 'v' }]);
  const replies = await Promise.all([
    keychain.call(get('a')),
    keychain.call(set('b')),
    keychain.call(get('c')),
  ]);
  for (const reply of replies) {
    expect(reply).toEqual({ ok: false, error: { why: 'unanswered', seconds: 0.08 } });
  }
  expect(requests).toEqual(['1 get a']);
  expect(killed).toEqual([1]);
  expect(await keychain.call(get('a'))).toEqual({ ok: true, value: 'v' });
  expect(requests).toEqual(['1 get a', '2 get a']);
});

test('a write may take longer than a read', async () => {
  const { keychain } = act(['hang']);
  expect(await keychain.call(set('a'))).toEqual({ ok: false, error: { why: 'unanswered', seconds: 0.2 } });
});

test('an answer that comes after its call was given up is not taken for the next one', async () => {
  let late: (() => void) | undefined;
  let hear: (message: KeychainMessage) => void = () => undefined;
  let workers = 0;
  const launch = (): KeychainWorker => {
    workers += 1;
    const isFirst = workers === 1;
    let mine: (message: KeychainMessage) => void = () => undefined;
    setTimeout(() => mine({ ready: true }));
    return {
      send(request) {
        if (isFirst) late = () => mine({ id: request.id, ok: true, value: 'late' });
        else hear = mine;
      },
      onMessage: (listener) => {
        mine = listener;
      },
      onExit: () => undefined,
      kill: () => undefined,
    };
  };
  const keychain = createKeychainProcess({ launch, service: 'keyturn', limits });
  await keychain.call(get('a'));
  const second = keychain.call(get('b'));
  await eventually(() => expect(workers).toBe(2));
  late?.();
  await new Promise((resolve) => setTimeout(resolve, 20));
  hear({ id: 1, ok: true, value: 'of the first call' });
  hear({ id: 2, ok: true, value: 'right' });
  expect(await second).toEqual({ ok: true, value: 'right' });
  await keychain.close();
});

test('a worker that never starts, or cannot, does not hold the call for ever', async () => {
  expect(await act([], 'never-ready').keychain.call(get('a'))).toMatchObject({
    error: { why: 'unanswered' },
  });
  expect(await act([], 'cannot-start').keychain.call(get('a'))).toEqual({
    ok: false,
    error: { why: 'stopped', how: 'ENOENT' },
  });
});

test('closing ends the call under way and those that wait, at once', async () => {
  const { keychain, killed } = act(['hang']);
  const calls = [keychain.call(get('a')), keychain.call(get('b'))];
  await keychain.close();
  for (const reply of await Promise.all(calls))
    expect(reply).toEqual({ ok: false, error: { why: 'closed' } });
  expect(killed).toEqual([1]);
  expect(await keychain.call(get('c'))).toEqual({ ok: false, error: { why: 'closed' } });
});
