import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isSafeToCall } from './base-url.ts';
import { isRedirectError, networkErrorOf } from './network-errors.ts';

/** The part of `fetch` that is used: Node's own in tests, Electron's `net.fetch` in the product. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One request, ready to be sent. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData | null;
}

/** An answer, read to its end. `text` is empty for an error whose body could not be read. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A call without an answer, and whether the provider can have acted on it. */
export interface TransportFault {
  readonly failure: ProviderFailure;
  readonly acted: 'no' | 'maybe';
}

export interface Limits {
  readonly timeLimitMs: number;
  readonly maxBytes: number;
  /** Ends the request before its time. */
  readonly signal?: AbortSignal | undefined;
}

/** No answer of a key API comes near this. */
export const maxAnswerBytes = 1024 * 1024;

/**
 * Sends one request, once. Only over TLS or to this machine, without following redirects, within the time limit,
 * and reading no more than `maxBytes` of the answer. The connection is not kept: a request on a connection
 * that the server has meanwhile closed fails ambiguously, and Chromium sends it again by itself.
 */
export async function send(
  fetch: Fetch,
  request: Outgoing,
  limits: Limits,
): Promise<Result<Reply, TransportFault>> {
  const { url } = request;
  if (!isSafeToCall(url)) return fault(failure('provider-insecure', { host: url.host }), 'no');
  if (limits.signal?.aborted === true) return unreachable(url, 'timed-out', 'no');
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, limits.timeLimitMs);
  limits.signal?.addEventListener('abort', abort);
  try {
    const response = await fetch(url.href, {
      method: request.method,
      headers: { ...request.headers, connection: 'close' },
      redirect: 'manual',
      cache: 'no-store',
      credentials: 'omit',
      signal: controller.signal,
      ...(request.body === null ? {} : { body: request.body }),
    });
    return await readReply(response, url, limits.maxBytes, controller.signal);
  } catch (thrown) {
    if (controller.signal.aborted) return unreachable(url, 'timed-out', 'maybe');
    if (isRedirectError(thrown)) return redirected(url, null, 'maybe');
    const { reason, arrived } = networkErrorOf(thrown);
    return unreachable(url, reason, arrived);
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', abort);
    controller.abort();
  }
}

async function readReply(
  response: Response,
  url: URL,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Result<Reply, TransportFault>> {
  const { status, headers } = response;
  if (response.type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(status)) {
    return redirected(url, headers.get('location'), status === 307 || status === 308 ? 'no' : 'maybe');
  }
  let text: string | null = null;
  try {
    text = await readText(response, maxBytes);
  } catch (thrown) {
    // What an error says is worth less than its status, which is already here.
    if (status < 400) return cutOff(thrown, url, signal);
  }
  if (text !== null) return ok({ status, headers, text });
  if (status >= 400) return ok({ status, headers, text: '' });
  const detail = `The answer is longer than ${maxBytes} bytes.`;
  return fault(failure('provider-answer-unreadable', { host: url.host, reason: 'too-big', detail }), 'maybe');
}

/** The body as text, or null when it is longer than `maxBytes`; nothing beyond them is read. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) return null;
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => undefined); // It is thrown away either way.
      return null;
    }
    chunks.push(value);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** An answer that broke off after its headers: whatever the reason, the request has arrived. */
function cutOff(thrown: unknown, url: URL, signal: AbortSignal): Result<never, TransportFault> {
  if (signal.aborted) return unreachable(url, 'timed-out', 'maybe');
  const { reason } = networkErrorOf(thrown);
  return unreachable(url, reason === 'other' ? 'dropped' : reason, 'maybe');
}

function fault(reason: ProviderFailure, acted: TransportFault['acted']): Result<never, TransportFault> {
  return fail({ failure: reason, acted });
}

function unreachable(
  url: URL,
  reason: Extract<ProviderFailure, { code: 'provider-unreachable' }>['reason'],
  acted: TransportFault['acted'],
): Result<never, TransportFault> {
  return fault(failure('provider-unreachable', { host: url.host, reason }), acted);
}

function redirected(
  url: URL,
  to: string | null,
  acted: TransportFault['acted'],
): Result<never, TransportFault> {
  const target = to !== null && URL.canParse(to, url.href) ? new URL(to, url.href).origin : 'elsewhere';
  return fault(failure('provider-redirected', { host: url.host, to: target }), acted);
}
