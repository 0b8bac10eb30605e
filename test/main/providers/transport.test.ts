import { expect, test } from 'vitest';
import { type Fetch, maxAnswerBytes, send } from '../../../main/providers/transport.ts';

const limits = { timeLimitMs: 200, maxBytes: maxAnswerBytes };
const outgoing = (url: string) => ({
  method: 'POST',
  url: new URL(url),
  headers: { authorization: 'x' },
  body: '{}',
});

test('whoever built the request, it is not sent without TLS', async () => {
  let calls = 0;
  const fetch: Fetch = async () => {
    calls += 1;
    return new Response('{}');
  };
  for (const url of ['http://a.example/', 'ftp://127.0.0.1/', 'ws://localhost/']) {
    expect(await send(fetch, outgoing(url), limits)).toMatchObject({
      error: { failure: { code: 'provider-insecure' }, acted: 'no' },
    });
  }
  expect(calls).toBe(0);
});

test("a redirect that Electron's fetch throws at is told as one", async () => {
  const fetch: Fetch = async () => {
    throw new Error('Redirect was cancelled');
  };
  expect(await send(fetch, outgoing('https://a.example/'), limits)).toEqual({
    ok: false,
    error: { failure: { code: 'provider-redirected', host: 'a.example', to: 'elsewhere' }, acted: 'maybe' },
  });
});

test('the connection is not kept, and no cookie and no cached answer is used', async () => {
  const seen: RequestInit[] = [];
  const fetch: Fetch = async (_url, init) => {
    seen.push(init);
    return new Response('{}');
  };
  await send(fetch, outgoing('https://a.example/'), limits);
  expect(seen).toMatchObject([
    { redirect: 'manual', cache: 'no-store', credentials: 'omit', headers: { connection: 'close' } },
  ]);
});

test('an answer that trickles in for ever is cut off at the time limit', async () => {
  const fetch: Fetch = async (_url, init) => {
    const body = new ReadableStream({
      start(controller) {
        const timer = setInterval(() => controller.enqueue(new Uint8Array([32])), 20);
        init.signal?.addEventListener('abort', () => {
          clearInterval(timer);
          controller.error(new DOMException('aborted', 'AbortError'));
        });
      },
    });
    return new Response(body);
  };
  expect(await send(fetch, outgoing('https://a.example/'), limits)).toMatchObject({
    error: { failure: { code: 'provider-unreachable', reason: 'timed-out' }, acted: 'maybe' },
  });
});
