import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxReply } from './system.ts';

const maxBodyBytes = 64 * 1024;

/** Reads a body: `body` is undefined when there is none, it is not JSON, or it is longer than 64 KB. */
export async function readJsonBody(
  request: IncomingMessage,
): Promise<{ readonly text: string; readonly body: unknown }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  if (bytes > maxBodyBytes) return { text: '', body: undefined };
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return { text, body: JSON.parse(text) };
  } catch {
    return { text, body: undefined };
  }
}

/** The token of an `Authorization: Bearer` header, or null. */
export function bearerToken(headers: IncomingMessage['headers']): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Answers with JSON that nobody may keep. */
export function sendJson(response: ServerResponse, { status, body }: SandboxReply, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  response.end(JSON.stringify(body));
}

/**
 * Whether a request was meant for this server: by its own name, and not from a web page, which could otherwise
 * reach it through the user's browser.
 */
export function isMeantFor(request: IncomingMessage, port: number): boolean {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  return own.includes(request.headers.host ?? '') && request.headers.origin === undefined;
}

/** Answers 100 MB, as fast as they are taken, and stops when nobody takes them any more. */
export function sendHuge(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(64 * 1024, 'a');
  let left = 1600;
  const pump = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(chunk)) return void response.once('drain', pump);
    }
    response.end();
  };
  pump();
}
