import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as an invented provider sees it. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** What `:name` in the route stood for. */
  readonly at: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  /** Left out, the answer has no body; a string that shall not be JSON is a `Buffer`. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface InventedServer {
  readonly origin: string;
  readonly host: string;
  /** Every request, in order, as `POST /keys?x=1`. */
  readonly lines: string[];
  readonly heard: Heard[];
}

/** What a provider answers to a request that deviates from its documentation. */
export class Refusal extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(`HTTP ${reply.status}`);
    this.reply = reply;
  }
}

/** Refuses the request unless the condition holds. */
export function demand(condition: boolean, status: number, body: unknown = {}): asserts condition {
  if (!condition) throw new Refusal({ status, body });
}

/**
 * A real HTTP server on this machine that answers the routes of an invented provider (`DELETE /keys/:id`) and nothing
 * else: whatever its documentation does not know is a 400. Stops when the test ends.
 */
export async function inventServer(
  routes: Readonly<Record<string, (heard: Heard) => Reply>>,
): Promise<InventedServer> {
  const lines: string[] = [];
  const heard: Heard[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const url = new URL(incoming.url ?? '/', 'http://invented');
    lines.push(`${incoming.method} ${incoming.url}`);
    const request = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      text: Buffer.concat(chunks).toString('utf8'),
    };
    const { status, body, headers } = answer(routes, request, heard);
    const content = Buffer.isBuffer(body) || body === undefined ? body : JSON.stringify(body);
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    outgoing.writeHead(status, { ...type, ...headers }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin: `http://${host}`, host, lines, heard };
}

function answer(
  routes: Readonly<Record<string, (heard: Heard) => Reply>>,
  request: Omit<Heard, 'at'>,
  heard: Heard[],
): Reply {
  for (const [route, act] of Object.entries(routes)) {
    const [method, pattern = ''] = route.split(' ');
    const places = match(pattern, request.path);
    if (method !== request.method || places === null) continue;
    const whole = { ...request, at: places };
    heard.push(whole);
    try {
      return act(whole);
    } catch (thrown) {
      if (thrown instanceof Refusal) return thrown.reply;
      throw thrown;
    }
  }
  return { status: 400, body: { message: `There is no ${request.method} ${request.path}.` } };
}

function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const places: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const found = given[index] ?? '';
    if (step.startsWith(':')) places[step.slice(1)] = decodeURIComponent(found);
    else if (step !== found) return null;
  }
  return places;
}
