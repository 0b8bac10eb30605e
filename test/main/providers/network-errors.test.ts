import { expect, test } from 'vitest';
import { isRedirectError, networkErrorOf } from '../../../main/providers/network-errors.ts';

const coded = (code: string, syscall?: string, message = code) =>
  Object.assign(new Error(message), { code, syscall });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

test.each([
  [fetchFailed(coded('ECONNREFUSED', 'connect')), 'refused', 'no'],
  [
    fetchFailed(new AggregateError([coded('ECONNREFUSED', 'connect'), coded('ECONNREFUSED', 'connect')])),
    'refused',
    'no',
  ],
  [fetchFailed(coded('ENOTFOUND', 'getaddrinfo')), 'unknown-host', 'no'],
  [fetchFailed(coded('EAI_AGAIN', 'getaddrinfo')), 'unknown-host', 'no'],
  [fetchFailed(coded('ECONNRESET', 'read')), 'dropped', 'maybe'],
  [fetchFailed(coded('ECONNRESET', 'connect')), 'dropped', 'no'],
  [fetchFailed(coded('UND_ERR_SOCKET', undefined, 'other side closed')), 'dropped', 'maybe'],
  [fetchFailed(coded('UND_ERR_CONNECT_TIMEOUT')), 'timed-out', 'no'],
  [fetchFailed(coded('UND_ERR_HEADERS_TIMEOUT')), 'timed-out', 'maybe'],
  [fetchFailed(coded('ETIMEDOUT', 'connect')), 'timed-out', 'no'],
  [fetchFailed(coded('ENETUNREACH', 'connect')), 'offline', 'no'],
  [fetchFailed(coded('EHOSTUNREACH', 'write')), 'offline', 'maybe'],
  [fetchFailed(coded('DEPTH_ZERO_SELF_SIGNED_CERT')), 'tls', 'no'],
  [fetchFailed(coded('CERT_HAS_EXPIRED')), 'tls', 'no'],
  [fetchFailed(coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE')), 'tls', 'no'],
  [fetchFailed(coded('ERR_TLS_CERT_ALTNAME_INVALID')), 'tls', 'no'],
  [fetchFailed(coded('ERR_SSL_WRONG_VERSION_NUMBER')), 'tls', 'no'],
  [fetchFailed(coded('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC')), 'tls', 'maybe'],
  [fetchFailed(coded('ERR_SSL_UNEXPECTED_EOF_WHILE_READING')), 'dropped', 'maybe'],
  [fetchFailed(coded('EPROTO', 'write', 'write EPROTO: ssl3_get_record:wrong version number')), 'tls', 'no'],
  [fetchFailed(coded('EPROTO', 'write', 'write EPROTO: something else')), 'tls', 'maybe'],
  [new Error('net::ERR_CONNECTION_REFUSED'), 'refused', 'no'],
  [new Error('net::ERR_NAME_NOT_RESOLVED'), 'unknown-host', 'no'],
  [new Error('net::ERR_CONNECTION_RESET'), 'dropped', 'maybe'],
  [new Error('net::ERR_EMPTY_RESPONSE'), 'dropped', 'maybe'],
  [new Error('net::ERR_TIMED_OUT'), 'timed-out', 'maybe'],
  [new Error('net::ERR_INTERNET_DISCONNECTED'), 'offline', 'maybe'],
  [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'tls', 'no'],
  [new Error('net::ERR_SSL_PROTOCOL_ERROR'), 'tls', 'maybe'],
  [new Error('something new'), 'other', 'maybe'],
  ['not an error', 'other', 'maybe'],
])('%s is %s and has arrived: %s', (thrown, reason, arrived) => {
  expect(networkErrorOf(thrown)).toEqual({ reason, arrived });
});

test('an error that causes itself is looked at once', () => {
  const error = new Error('round');
  error.cause = error;
  expect(networkErrorOf(error)).toEqual({ reason: 'other', arrived: 'maybe' });
});

test('a redirect that was not followed is told from other errors', () => {
  expect(isRedirectError(new Error('Redirect was cancelled'))).toBe(true);
  expect(isRedirectError(new Error('Attempted to redirect, but redirect policy was "error"'))).toBe(true);
  expect(isRedirectError(new Error('net::ERR_FAILED'))).toBe(false);
});
