import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request was made to this server under one of its own names. A page elsewhere whose name was made to
 * point at 127.0.0.1 (DNS rebinding) sends its own name.
 */
export function isOwnHost(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
}

/** Whether a request says that a page of this server made it. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  return headers.origin !== undefined && headers.origin === `http://${headers.host}`;
}

/** Whether a request says that a page elsewhere made it: by its origin, or by what browsers add to every request. */
export function isForeign(headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined) return !isOwnOrigin(headers);
  const site = headers['sec-fetch-site'];
  const elsewhere = site === 'cross-site' || site === 'same-site';
  return elsewhere && headers['sec-fetch-mode'] !== 'navigate';
}

/** The value of a cookie; undefined where there is none. */
export function cookieOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  return headers.cookie
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1];
}
