import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { proofHeader, sessionPath, socketPath, socketProtocol } from '../../../shared/ipc/socket.ts';
import type { PageFiles } from '../page-files.ts';
import { pageHeaders } from '../page-headers.ts';
import { cookieOf, isForeign, isOwnHost, isOwnOrigin } from './local-request.ts';
import { createSessions } from './sessions.ts';
import { type ClientOptions, serveClient } from './socket-client.ts';
import { createSeats } from './socket-seats.ts';

export interface BrowserHostOptions extends ClientOptions {
  readonly pages: PageFiles;
  /** The port to listen on; 0 is any free one. */
  readonly port: number;
  readonly allowManyClients: boolean;
  readonly random: (bytes: number) => Uint8Array;
}

export interface BrowserHost {
  /** Where the page is, with the token that lets its reader in. */
  readonly url: string;
  /** Closes every connection and answers when the port is free. */
  stop(): Promise<void>;
}

const goingAway = 1001;
const largestMessageBytes = 1_048_576;
const largestTokenBytes = 200;

/**
 * Serves the page and the typed IPC on 127.0.0.1. Every request must name this server as its host and must not come
 * from a page elsewhere; whoever has not shown the token gets the page's files, which hold nothing, and no more.
 * Rejects where the port is taken.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const token = Buffer.from(options.random(32)).toString('base64url');
  const sessions = createSessions(token, options.random);
  const seats = createSeats<WebSocket>({ allowMany: options.allowManyClients });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    handleProtocols: () => socketProtocol,
  });
  const server = createServer((request, response) => void answer(request, response));
  server.on('upgrade', upgrade);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: options.port, exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  // The name carries the port, because cookies of one host are shared by all its ports.
  const cookieName = `keyturn-${port}`;
  const headers = pageHeaders([`http://127.0.0.1:${port}`, `ws://127.0.0.1:${port}`, "'self'"]);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, more, body } = await replyTo(request).catch((cause: unknown): Reply => {
      // An address that cannot be read, or a connection that broke while its body was being sent.
      options.log.failed('browser host', cause);
      return { status: 400 };
    });
    response.writeHead(status, { ...headers, ...more }).end(body);
  }

  async function replyTo(request: IncomingMessage): Promise<Reply> {
    if (!isOwnHost(request.headers, port) || isForeign(request.headers)) return { status: 403 };
    const { pathname } = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    return pathname === sessionPath
      ? replyToSession(request)
      : replyWithPage(options.pages, pathname, request.method);
  }

  async function replyToSession(request: IncomingMessage): Promise<Reply> {
    if (request.method === 'GET') {
      const proof = request.headers[proofHeader];
      return { status: isOpen(request, typeof proof === 'string' ? proof : undefined) ? 204 : 401 };
    }
    if (request.method !== 'POST') return { status: 405, more: { allow: 'GET, POST' } };
    if (!isOwnOrigin(request.headers)) return { status: 403 };
    const shown = await bodyOf(request, largestTokenBytes);
    const session = shown === null ? null : sessions.open(shown);
    if (session === null) return { status: 401 };
    const cookie = `${cookieName}=${session.id}; HttpOnly; SameSite=Strict; Path=/`;
    const more = { 'set-cookie': cookie, 'content-type': 'application/json' };
    return { status: 200, more, body: JSON.stringify({ proof: session.proof }) };
  }

  function isOpen(request: IncomingMessage, proof: string | undefined): boolean {
    return sessions.isOpen(cookieOf(request.headers, cookieName), proof);
  }

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const status = refusalOf(request);
    if (status !== null) {
      stream.once('error', () => stream.destroy());
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const { searchParams } = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', (cause) => options.log.failed('socket', cause));
      socket.on('close', () => seats.leave(socket));
      const arrival = { page: searchParams.get('page') ?? '', takeOver: searchParams.has('take-over') };
      if (seats.admit(socket, arrival)) serveClient(socket, options);
    });
  }

  /** The status line to refuse an upgrade with; null: it is welcome. */
  function refusalOf(request: IncomingMessage): string | null {
    if (!isOwnHost(request.headers, port) || !isOwnOrigin(request.headers)) return '403 Forbidden';
    const url = request.url ?? '/';
    if (url !== socketPath && !url.startsWith(`${socketPath}?`)) return '404 Not Found';
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (offered[0] !== socketProtocol || !isOpen(request, offered[1])) return '401 Unauthorized';
    return null;
  }

  return {
    url: `http://127.0.0.1:${port}/#${token}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.clients) socket.close(goingAway, 'stopping');
        server.closeAllConnections();
        // A page that does not answer the closing handshake must not hold up the end.
        setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate();
        }, 500).unref();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly more?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

function replyWithPage(pages: PageFiles, pathname: string, method: string | undefined): Reply {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, more: { allow: 'GET, HEAD' } };
  const file = pages.get(pathname);
  if (file === undefined) return { status: 404 };
  const more = { 'content-type': file.type, 'content-length': String(file.body.length) };
  return method === 'HEAD' ? { status: 200, more } : { status: 200, more, body: file.body };
}

/** The text of a small body; null when it is longer than `limitBytes`. */
async function bodyOf(request: IncomingMessage, limitBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
