import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import type { Pager } from '../../../main/providers/pagers.ts';
import { connect, definitionOf, json, managementToken, startServer, type TestServer } from './world.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const size = 2;
const byPage: Pager = { kind: 'page', parameter: 'page', first: 1, size };
const byOffset: Pager = { kind: 'offset', parameter: 'offset', size };
const byCursor: Pager = { kind: 'cursor', in: 'query', parameter: 'after', next: '/next', of: 'answer' };

interface Page {
  /** Counts from 0. */
  readonly number: number;
  /** How often this page was asked for, this time included. */
  readonly times: number;
  /** How many requests are waiting for an answer, this one included. */
  readonly waiting: number;
  /** Answers it as the provider usually does. */
  usual(): void;
}

/**
 * A provider with `count` keys on pages of two, which answers after `waitMs`. `act` may answer a page in another way. `asked` are
 * the numbers of the pages in the order in which they were asked for.
 */
async function listing(
  pager: Pager,
  count: number,
  {
    act = (page) => page.usual(),
    waitMs = 5,
    change = {},
    timeLimitMs = 5000,
  }: {
    act?: (page: Page, response: ServerResponse) => void;
    waitMs?: number;
    change?: Partial<DefinitionData>;
    timeLimitMs?: number;
  } = {},
) {
  const asked: number[] = [];
  let waiting = 0;
  let mostWaiting = 0;
  const server = await startServer(({ url }, response) => {
    if (url === '/token') return json(response, 200, { token: 'short' });
    const query = new URL(url, 'http://server').searchParams;
    const ofPage = query.get('page');
    const number =
      ofPage === null ? Number(query.get('offset') ?? query.get('after')) / size : Number(ofPage) - 1;
    asked.push(number);
    waiting += 1;
    mostWaiting = Math.max(mostWaiting, waiting);
    response.once('close', () => (waiting -= 1));
    const usual = () => {
      const from = number * size;
      const keys = Array.from({ length: Math.max(0, Math.min(size, count - from)) }, (_, n) => ({
        id: `k${from + n}`,
      }));
      json(response, 200, { keys, next: from + size < count ? from + size : null });
    };
    const times = asked.filter((one) => one === number).length;
    setTimeout(() => act({ number, times, waiting, usual }, response), waitMs);
  });
  servers.push(server);
  const response = { items: '/keys', id: '/id' };
  const definition = definitionOf({
    operations: { list: { method: 'GET', path: '/keys', pager, response } },
    ...change,
  });
  const { provider, pauses } = connect(server.origin, { definition, timeLimitMs });
  return { asked, pauses, server, list: () => provider.list({}), mostWaiting: () => mostWaiting };
}

const keysUpTo = (count: number) =>
  Array.from({ length: count }, (_, n) => expect.objectContaining({ providerKeyId: `k${n}` }));
const pagesUpTo = (last: number) => Array.from({ length: last + 1 }, (_, number) => number);
const byNumber = (a: number, b: number) => a - b;
/** Who waits for an answer that never comes fails by the time that a test may take. */
const longerThanATest = 600_000;
const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

describe.each([
  ['numbered pages', byPage],
  ['offsets', byOffset],
])('a long list by %s', (_what, pager) => {
  test.each([0, 1, 2, 3, 4, 9, 10, 11])('of %i keys is whole and in order', async (count) => {
    const { list, asked, mostWaiting } = await listing(pager, count);
    expect(await list()).toEqual({ ok: true, value: keysUpTo(count) });
    await settled();
    const last = Math.floor(count / size);
    const pastTheEnd = asked.filter((number) => number > last);
    expect(asked.filter((number) => number <= last).toSorted(byNumber)).toEqual(pagesUpTo(last));
    expect(pastTheEnd.length).toBeLessThanOrEqual(1);
    expect(mostWaiting()).toBeLessThanOrEqual(2);
  });

  test.each([
    [1, [0]],
    [2, [0, 1]],
    [3, [0, 1]],
  ])('of %i keys, which one or two pages hold, asks for no page past its end', async (count, pages) => {
    const { list, asked } = await listing(pager, count);
    await list();
    await settled();
    expect(asked).toEqual(pages);
  });

  test('has two requests on their way from its third page on, and never three', async () => {
    const together: number[] = [];
    const { list, mostWaiting } = await listing(pager, 41, {
      waitMs: 100,
      act: ({ waiting, usual }) => {
        together.push(waiting);
        usual();
      },
    });
    expect(await list()).toEqual({ ok: true, value: keysUpTo(41) });
    expect(together.filter((waiting) => waiting === 2).length).toBeGreaterThan(7);
    expect(mostWaiting()).toBe(2);
  });

  test('is in order when the page that was asked for ahead comes first', async () => {
    const act = ({ number, usual }: Page) => setTimeout(usual, number % 2 === 1 ? 30 : 0);
    const { list } = await listing(pager, 13, { act });
    expect(await list()).toEqual({ ok: true, value: keysUpTo(13) });
  });

  const lastPage = 3;
  test.each<[string, (response: ServerResponse) => void]>([
    ['refused', (response) => json(response, 400, { message: 'no such page' })],
    ['not found', (response) => json(response, 404, {})],
    ['refused for want of permission', (response) => json(response, 403, {})],
    ['an error', (response) => json(response, 500, {})],
    ['throttled', (response) => json(response, 429, {}, { 'retry-after': '1' })],
    ['no JSON', (response) => response.writeHead(200).end('<html>')],
    ['no list', (response) => json(response, 200, { keys: null })],
    ['the first page again', (response) => json(response, 200, { keys: [{ id: 'k0' }, { id: 'k1' }] })],
    ['a redirect', (response) => response.writeHead(302, { location: 'https://elsewhere.example' }).end()],
    ['dropped', (response) => response.destroy()],
    ['never answered', () => undefined],
  ])('is whole when the page past its end is %s, which is asked for once', async (_how, act) => {
    const { promise: wasAsked, resolve: noteAsked } = Promise.withResolvers<void>();
    const { list, asked, pauses } = await listing(pager, lastPage * size + 1, {
      act: ({ number, usual }, response) => {
        if (number > lastPage) {
          act(response);
          noteAsked();
        }
        // The last page comes after the answer past the end.
        else if (number === lastPage) void wasAsked.then(() => setTimeout(usual, 40));
        else usual();
      },
    });
    expect(await list()).toEqual({ ok: true, value: keysUpTo(lastPage * size + 1) });
    await settled();
    expect(asked.toSorted(byNumber)).toEqual(pagesUpTo(lastPage + 1));
    expect(pauses).toEqual([]);
  });

  test('does not wait for the page past its end', async () => {
    const { list } = await listing(pager, 5, {
      timeLimitMs: longerThanATest,
      act: ({ number, usual }) => (number > 2 ? undefined : usual()),
    });
    expect(await list()).toEqual({ ok: true, value: keysUpTo(5) });
  });

  test.each([429, 503])(
    'asks for nothing ahead after HTTP %i, and repeats as patiently as ever',
    async (status) => {
      const { list, asked, pauses } = await listing(pager, 13, {
        act: ({ number, times, usual }, response) =>
          number === 3 && times < 3 ? json(response, status, {}, { 'retry-after': '2' }) : usual(),
      });
      expect(await list()).toEqual({ ok: true, value: keysUpTo(13) });
      await settled();
      // Page 4 may have been on its way already.
      const afterwards = asked.slice(asked.lastIndexOf(3) + 1);
      expect(afterwards).toEqual(afterwards[0] === 4 ? [4, 5, 6] : [5, 6]);
      expect(asked.filter((number) => number === 3)).toHaveLength(3);
      expect(pauses).toEqual([2000, 2000]);
    },
  );

  test('has one request on its way at a time after HTTP 429', async () => {
    let hasThrottled = false;
    const afterwards: number[] = [];
    const { list } = await listing(pager, 41, {
      act: ({ number, times, waiting, usual }, response) => {
        if (hasThrottled && number > 5) afterwards.push(waiting);
        if (number !== 3 || times > 1) return usual();
        hasThrottled = true;
        json(response, 429, {});
      },
    });
    expect(await list()).toEqual({ ok: true, value: keysUpTo(41) });
    expect(afterwards.length).toBeGreaterThan(10);
    expect(Math.max(...afterwards)).toBe(1);
  });

  test.each<[string, (response: ServerResponse) => void, unknown, number]>([
    [
      'refused',
      (response) => json(response, 400, { message: `no ${managementToken}` }),
      { code: 'provider-refused', message: expect.not.stringContaining('canary') },
      1,
    ],
    ['an error', (response) => json(response, 500, {}), { code: 'provider-failed' }, 3],
    [
      'throttled for long',
      (response) => json(response, 429, {}, { 'retry-after': '3600' }),
      { code: 'provider-throttled', retryAfterSeconds: 3600 },
      1,
    ],
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
      { code: 'provider-redirected', to: 'https://elsewhere.example' },
      1,
    ],
    [
      'no JSON',
      (response) => response.writeHead(200).end('<html>'),
      { code: 'provider-answer-unreadable', reason: 'not-json' },
      1,
    ],
    [
      'too big',
      (response) => response.writeHead(200).end(Buffer.alloc(1_100_000, ' ')),
      { code: 'provider-answer-unreadable', reason: 'too-big' },
      1,
    ],
    ['late', () => undefined, { code: 'provider-unreachable', reason: 'timed-out' }, 1],
  ])('fails as before when a page that is needed is %s', async (_how, act, error, tries) => {
    const { list, asked } = await listing(pager, 41, {
      timeLimitMs: 1500,
      act: ({ number, usual }, response) => (number === 4 ? act(response) : usual()),
    });
    expect(await list()).toMatchObject({ ok: false, error });
    await settled();
    expect(asked.filter((number) => number === 4)).toHaveLength(tries);
    expect(asked.every((number) => number <= 5)).toBe(true);
  });

  test('fails after 500 pages, and asks for no page beyond', async () => {
    const { list, asked } = await listing(pager, Number.POSITIVE_INFINITY, { waitMs: 0 });
    expect(await list()).toMatchObject({
      error: { code: 'provider-answer-unreadable', reason: 'unexpected' },
    });
    await settled();
    expect(asked.toSorted(byNumber)).toEqual(pagesUpTo(499));
  });

  test.each<[string, DefinitionData['authentication']]>([
    [
      'a login',
      {
        kind: 'exchange',
        request: { method: 'POST', path: '/token' },
        token: '/token',
        expiresInSeconds: '/lives',
      },
    ],
    [
      'a signature',
      {
        kind: 'hmac',
        headers: { 'x-nonce': '{now.unix-milliseconds}' },
        signature: { header: 'x-signature', key: '{credential.token}' },
      },
    ],
  ])('is read one page at a time where each call needs %s', async (_what, authentication) => {
    const { list, mostWaiting } = await listing(pager, 9, { change: { authentication } });
    expect(await list()).toEqual({ ok: true, value: keysUpTo(9) });
    expect(mostWaiting()).toBe(1);
  });
});

test('an offset list is whole where the provider takes no notice of the size', async () => {
  const server = await startServer(({ url }, response) => {
    const from = Number(new URL(url, 'http://server').searchParams.get('offset'));
    const length = Math.max(0, Math.min(5, 23 - from));
    setTimeout(
      () => json(response, 200, { keys: Array.from({ length }, (_, n) => ({ id: `k${from + n}` })) }),
      5,
    );
  });
  servers.push(server);
  const list = {
    method: 'GET' as const,
    path: '/keys',
    pager: byOffset,
    response: { items: '/keys', id: '/id' },
  };
  const { provider } = connect(server.origin, { definition: definitionOf({ operations: { list } }) });
  expect(await provider.list({})).toEqual({ ok: true, value: keysUpTo(23) });
  // The page that was foreseen at 25 is the only one in vain.
  const asked = server.received.map(({ url }) => new URL(url, 'http://server').searchParams.get('offset'));
  expect(asked.filter((offset) => !['0', '5', '10', '15', '20', '23', '25'].includes(offset ?? ''))).toEqual(
    [],
  );
  expect(asked.filter((offset) => offset === '25').length).toBeLessThanOrEqual(1);
});

describe('a long list by a cursor', () => {
  test('is read one page at a time, none past its end', async () => {
    const { list, asked, mostWaiting } = await listing(byCursor, 10);
    expect(await list()).toEqual({ ok: true, value: keysUpTo(10) });
    await settled();
    expect(asked).toEqual(pagesUpTo(4));
    expect(mostWaiting()).toBe(1);
  });

  test('fails by the key without an id, though the next page was asked for by then', async () => {
    const { list } = await listing(byCursor, 9, {
      timeLimitMs: longerThanATest,
      act: ({ number, usual }, response) => {
        if (number === 1) json(response, 200, { keys: [{ name: 'x' }], next: 4 });
        else if (number < 1) usual();
      },
    });
    expect(await list()).toMatchObject({
      error: { code: 'provider-answer-unreadable', detail: 'A key in the list has no id.' },
    });
  });
});
