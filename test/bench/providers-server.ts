import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** A provider with many keys that takes its time. */
export interface SlowProvider {
  readonly origin: string;
  /** How long it has waited on purpose since the last time that this was asked, in milliseconds, and for how many pages. */
  waited(): { readonly ms: number; readonly pages: number };
  stop(): Promise<void>;
}

/** Lists `count` keys, a hundred a page by `offset` or by the `after` of a cursor, each page after `waitMs`. */
export async function startSlowProvider(count: number, waitMs: number): Promise<SlowProvider> {
  let ms = 0;
  let pages = 0;
  const server = createServer(async (request, response) => {
    const asked = performance.now();
    const query = new URL(request.url ?? '/', 'http://slow').searchParams;
    const offset = Number(query.get('offset') ?? query.get('after'));
    const keys = Array.from({ length: Math.max(0, Math.min(100, count - offset)) }, (_, index) =>
      keyNumbered(offset + index),
    );
    const next = offset + keys.length < count ? String(offset + keys.length) : null;
    const body = JSON.stringify({ data: keys, next });
    await wait(waitMs);
    // What the machine made of the wait is no fault of the client either.
    ms += performance.now() - asked;
    pages += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    waited() {
      const sum = { ms, pages };
      ms = 0;
      pages = 0;
      return sum;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As much as providers tell of a key. */
function keyNumbered(number: number) {
  return {
    id: `key_${String(number).padStart(20, '0')}`,
    name: `service ${number} kt-0123abcd`,
    last4: String(number).padStart(4, '0').slice(-4),
    created_at: '2026-03-01T12:00:00Z',
    last_used_at: number % 3 === 0 ? null : '2026-03-02T12:00:00Z',
    status: 'active',
    scopes: ['read', 'write'],
    owner: { id: 'user_0001', email: 'someone@example.com' },
  };
}
