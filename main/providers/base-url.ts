import { fail, ok, type Result } from '../../shared/result.ts';

/** Why an address cannot be used, as a code and in words. */
export interface BaseUrlFault {
  readonly reason:
    | 'empty'
    | 'no-scheme'
    | 'not-an-address'
    | 'wrong-scheme'
    | 'credentials'
    | 'query'
    | 'insecure';
  readonly message: string;
  readonly host: string;
}

/** Whether a URL's host is this machine: `localhost`, any of 127.0.0.0/8, or `[::1]`. */
export function isLoopback(url: URL): boolean {
  return (
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname)
  );
}

/** Whether secrets may be sent to a URL: over TLS, or without leaving this machine. */
export function isSafeToCall(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/**
 * Reads the address that a user typed for their own instance. What is answered has a normalised host, no trailing
 * slash, no query and no credentials, and uses TLS unless it stays on this machine.
 */
export function parseBaseUrl(text: string): Result<URL, BaseUrlFault> {
  const typed = text.trim();
  const fault = (reason: BaseUrlFault['reason'], message: string, host = '') =>
    fail({ reason, message, host });
  if (typed === '') return fault('empty', 'There is no address.');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) {
    return fault('no-scheme', 'The address must begin with https://.');
  }
  if (!URL.canParse(typed) || /[\s\\]/.test(typed)) return fault('not-an-address', 'This is not an address.');
  const url = new URL(typed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fault('wrong-scheme', 'The address must begin with https://.', url.host);
  }
  if (url.username !== '' || url.password !== '') {
    return fault('credentials', 'The address must not contain a user name or password.', url.host);
  }
  if (typed.includes('?') || typed.includes('#')) {
    return fault('query', 'The address must end before "?" and "#".', url.host);
  }
  if (!isSafeToCall(url)) {
    return fault('insecure', 'Only https:// keeps a credential secret on the way.', url.host);
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return ok(url);
}
