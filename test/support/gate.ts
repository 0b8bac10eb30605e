import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to a server on which one request can be held, so that a test can do something at exactly that moment. */
export interface Gate {
  readonly origin: string;
  /**
   * Holds the next request with this method and beginning of its path, before the server hears of it or after the
   * server has acted and before its answer is let through.
   */
  hold(method: string, pathStart: string, when: 'before' | 'after'): Hold;
  stop(): Promise<void>;
}

export interface Hold {
  /** Answers when the request is held. */
  readonly reached: Promise<void>;
  /** Lets it through. One whose sender has gone meanwhile never reaches the server. */
  release(): void;
}

interface Waiting {
  readonly method: string;
  readonly pathStart: string;
  readonly when: 'before' | 'after';
  readonly reach: () => void;
  readonly released: Promise<void>;
}

/** Opens a gate to the server at `target` on a loopback port. Everything is let through unless it is to be held. */
export async function openGate(target: string): Promise<Gate> {
  const holds: Waiting[] = [];
  const server = createServer((request, response) => {
    const held = holds.find(
      ({ method, pathStart }) => method === request.method && (request.url ?? '').startsWith(pathStart),
    );
    if (held !== undefined) holds.splice(holds.indexOf(held), 1);
    pass(target, request, response, held).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(method, pathStart, when) {
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      holds.push({ method, pathStart, when, reach, released });
      return { reached, release };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  held: Waiting | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (held?.when === 'before') {
    held.reach();
    await held.released;
    if (response.destroyed) return;
  }
  const { authorization = '' } = request.headers;
  const answer = await fetch(`${target}${request.url}`, {
    method: request.method ?? 'GET',
    headers: { authorization, 'content-type': 'application/json' },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  if (held?.when === 'after') {
    held.reach();
    await held.released;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
}
