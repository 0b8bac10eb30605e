import { randomBytes } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { startBrowserHost } from '../../../main/desktop/browser/browser-host.ts';
import type { PageFiles } from '../../../main/desktop/page-files.ts';
import { createAnnouncer } from '../../../main/ipc/announce.ts';
import { createDoor } from '../../../main/ipc/serve.ts';
import { call, feed } from '../../../shared/ipc/define.ts';
import { ok } from '../../../shared/result.ts';
import { createMemoryLog } from '../../fakes/memory-log.ts';

const contract = {
  'keys.rename': call(z.object({ name: z.string() }), z.object({ name: z.string() })),
  'keys.changed': feed(z.object({ name: z.string() })),
} as const;

const pages: PageFiles = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html><title>Keyturn</title>') }],
  ['/assets/app.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('console.log(1)') }],
]);

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A browser host with a small contract behind it, and raw ways to knock at it. */
export async function startHostWorld(options: { readonly allowManyClients?: boolean } = {}) {
  const log = createMemoryLog();
  const announcer = createAnnouncer(contract, log);
  const door = createDoor({ contract, handlers: { 'keys.rename': ({ name }) => ok({ name }) }, log });
  const host = await startBrowserHost({
    door,
    subscribe: announcer.subscribe,
    log,
    pages,
    port: 0,
    allowManyClients: options.allowManyClients ?? false,
    random: randomBytes,
  });
  const { origin, port, hash } = new URL(host.url);
  const token = hash.slice(1);

  /** Sends exactly these headers; `Host` is the right one unless told. */
  function ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  /** Shows the token like the page does; answers both halves of the session. */
  async function signIn() {
    const answer = await ask('POST', '/session', { origin }, token);
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    return { cookie, proof: (JSON.parse(answer.body) as { proof: string }).proof };
  }

  /** Knocks with a WebSocket; every part of the upgrade can be made wrong. */
  function knock(parts: {
    readonly cookie?: string;
    readonly proof?: string;
    readonly origin?: string | null;
    readonly host?: string;
    readonly path?: string;
    readonly protocols?: string[];
  }) {
    const headers: Record<string, string> = {};
    if (parts.cookie !== undefined) headers.cookie = parts.cookie;
    if (parts.host !== undefined) headers.host = parts.host;
    const protocols = parts.protocols ?? ['keyturn', ...(parts.proof === undefined ? [] : [parts.proof])];
    return new WebSocket(`ws://127.0.0.1:${port}${parts.path ?? '/ipc?page=one'}`, protocols, {
      headers,
      ...(parts.origin === null ? {} : { origin: parts.origin ?? origin }),
    });
  }

  return { host, origin, port, token, log, announcer, ask, signIn, knock };
}

export type HostWorld = Awaited<ReturnType<typeof startHostWorld>>;

/** The next message on the socket. */
export function nextMessage(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.once('message', (data) => resolve(JSON.parse(String(data))));
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.once('error', reject);
  });
}

/** The code that the socket is closed with. */
export function closing(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('close', resolve);
    socket.once('error', reject);
  });
}

/** The status that an upgrade is refused with; rejects when it was let in. */
export function refusal(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_, answer) => {
      resolve(answer.statusCode ?? 0);
      answer.destroy();
    });
    socket.once('open', () => {
      socket.terminate();
      reject(new Error('was let in'));
    });
    socket.once('error', () => undefined);
  });
}
