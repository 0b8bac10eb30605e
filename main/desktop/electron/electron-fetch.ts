import { session } from 'electron';

/**
 * Fetches by Chromium's network (the system's proxy and certificates), in a session of its own: no cookies, no cache,
 * nothing on disk. With `redirect: 'manual'` it rejects where the standard answers with the redirect; no redirect is
 * followed either way.
 */
export function createElectronFetch(): typeof fetch {
  const own = session.fromPartition('provider-calls', { cache: false });
  own.setPermissionRequestHandler((_, __, answer) => answer(false));
  return (input, init) => {
    // Electron's types for a request and Node's differ in name only.
    const target = (input instanceof Request ? input : String(input)) as string;
    return own.fetch(target, { credentials: 'omit', cache: 'no-store', ...init } as RequestInit);
  };
}
