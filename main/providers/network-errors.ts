import type { Failure } from '../../shared/domain/failure.ts';

type Reason = Failure<'provider-unreachable'>['reason'];

/** What went wrong on the way, and whether the request can have arrived. */
export interface NetworkError {
  readonly reason: Reason;
  readonly arrived: 'no' | 'maybe';
}

/** Node's and undici's codes. */
const reasonsByCode: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EAI_NODATA: 'unknown-host',
  ECONNRESET: 'dropped',
  ECONNABORTED: 'dropped',
  EPIPE: 'dropped',
  UND_ERR_SOCKET: 'dropped',
  ETIMEDOUT: 'timed-out',
  UND_ERR_CONNECT_TIMEOUT: 'timed-out',
  UND_ERR_HEADERS_TIMEOUT: 'timed-out',
  UND_ERR_BODY_TIMEOUT: 'timed-out',
  ENETUNREACH: 'offline',
  EHOSTUNREACH: 'offline',
  ENETDOWN: 'offline',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  INVALID_CA: 'tls',
};

/** Chromium's names, as Electron's `net` puts them into messages. */
const reasonsByName: readonly (readonly [RegExp, Reason])[] = [
  [/net::ERR_(CONNECTION_REFUSED|PROXY_CONNECTION_FAILED)/, 'refused'],
  [/net::ERR_(NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED)/, 'unknown-host'],
  [/net::ERR_(CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/, 'dropped'],
  [/net::ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)/, 'dropped'],
  [/net::ERR_(CONNECTION_)?TIMED_OUT/, 'timed-out'],
  [/net::ERR_(INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|NETWORK_CHANGED)/, 'offline'],
  [/net::ERR_(CERT_|SSL_|BAD_SSL)/, 'tls'],
];

/** What TLS says when the handshake did not succeed. Its other errors may come after the request. */
const handshakeOnly =
  /CERT|HOSTNAME|UNABLE_TO_|INVALID_CA|UNKNOWN_CA|HANDSHAKE|WRONG[_ ]VERSION|UNSUPPORTED[_ ]PROTOCOL|PACKET[_ ]LENGTH/i;

/** Nobody was there to take the request. */
const beforeRequest: ReadonlySet<Reason> = new Set(['refused', 'unknown-host']);

/** Puts whatever `fetch` threw into our words. `arrived: 'no'` is said only when the request cannot have arrived. */
export function networkErrorOf(thrown: unknown): NetworkError {
  for (const error of causesOf(thrown)) {
    const code = String((error as { code?: unknown }).code ?? '');
    const reason = reasonsByCode[code] ?? tlsReason(code) ?? reasonByMessage(error.message);
    if (reason === null) continue;
    const connecting =
      (error as { syscall?: unknown }).syscall === 'connect' || code === 'UND_ERR_CONNECT_TIMEOUT';
    const handshake = reason === 'tls' && handshakeOnly.test(code + error.message);
    return { reason, arrived: connecting || handshake || beforeRequest.has(reason) ? 'no' : 'maybe' };
  }
  return { reason: 'other', arrived: 'maybe' };
}

/** Electron's `net` throws where it meets a redirect that it was told not to follow. */
export function isRedirectError(thrown: unknown): boolean {
  return causesOf(thrown).some((error) =>
    /redirect (was|is) cancell?ed|attempted to redirect/i.test(error.message),
  );
}

function tlsReason(code: string): Reason | null {
  // OpenSSL's word for a connection that was cut off.
  if (code === 'ERR_SSL_UNEXPECTED_EOF_WHILE_READING') return 'dropped';
  return /^(CERT_|UNABLE_TO_|ERR_TLS_|ERR_SSL_)/.test(code) ? 'tls' : null;
}

function reasonByMessage(message: string): Reason | null {
  return reasonsByName.find(([name]) => name.test(message))?.[1] ?? null;
}

/** The error and everything it says it was caused by, outermost first. */
function causesOf(thrown: unknown): Error[] {
  const found: Error[] = [];
  let current: unknown[] = [thrown];
  while (current.length > 0 && found.length < 20) {
    const errors = current.filter((error) => error instanceof Error);
    found.push(...errors);
    current = errors.flatMap((error) => [
      error.cause,
      ...(error instanceof AggregateError ? error.errors : []),
    ]);
  }
  return found;
}
