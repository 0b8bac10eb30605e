import { session } from 'electron';

/**
 * Fetches by Chromium's network (the system's proxy and certificates), in a session of its own: no cookies, no cache,
 * nothing on disk. For `redirect: 'manual'` Electron rejects where the standard answers with the redirect; here it
 * is answered, so that the caller can say where it was sent. No redirect is followed either way.
 */
export function createElectronFetch(): typeof fetch {
  const own = session.fromPartition('provider-calls', { cache: false });
  const redirects = new Map<string, { readonly status: number; readonly to: string }>();
  own.webRequest.onBeforeRedirect(({ url, statusCode, redirectURL }) => {
    redirects.set(url, { status: statusCode, to: redirectURL });
  });
  own.setPermissionRequestHandler((_, __, answer) => answer(false));

  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    try {
      // Electron's types for a request and Node's differ in name only.
      const target = (input instanceof Request ? input : url) as string;
      return await own.fetch(target, { credentials: 'omit', cache: 'no-store', ...init } as RequestInit);
    } catch (cause) {
      const redirect = redirects.get(url);
      if (!isCancelledRedirect(cause) || init?.redirect !== 'manual') throw cause;
      return new Response(null, {
        status: redirect?.status ?? 302,
        headers: redirect === undefined ? {} : { location: redirect.to },
      });
    } finally {
      redirects.delete(url);
    }
  };
}

/** Known by its text alone (electron/electron#43715). */
function isCancelledRedirect(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('Redirect was cancelled');
}
