import type { PageFiles } from '../page-files.ts';
import { pageHeaders } from '../page-headers.ts';
import { isPageAddress } from './page-address.ts';

/** Answers a request of our own scheme from the built page: nothing that is not in it exists. */
export function servePage(
  pages: PageFiles,
  request: { readonly method: string; readonly url: string },
): Response {
  const headers = pageHeaders([]);
  if (request.method !== 'GET')
    return new Response(null, { status: 405, headers: { ...headers, allow: 'GET' } });
  const file = isPageAddress(request.url) ? pages.get(new URL(request.url).pathname) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers });
  return new Response(file.body, { headers: { ...headers, 'content-type': file.type } });
}
