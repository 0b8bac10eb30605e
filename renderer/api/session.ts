import { proofHeader, sessionPath } from '../../shared/ipc/socket.ts';

const proofKey = 'keyturn-proof';
const pageKey = 'keyturn-page';

/** What of the browser a session needs. */
export interface SessionBrowser {
  readonly fetch: typeof fetch;
  readonly location: Pick<Location, 'hash' | 'host' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  /** Shared by the tabs of this origin, which unlike a cookie includes the port. */
  readonly shared: Pick<Storage, 'getItem' | 'setItem'>;
  /** Of this tab alone, kept over a reload. */
  readonly own: Pick<Storage, 'getItem' | 'setItem'>;
  readonly newId: () => string;
}

/** Whether main lets this page in. */
export type Standing =
  | { readonly state: 'signed-in'; readonly proof: string }
  | { readonly state: 'signed-out' }
  | { readonly state: 'unanswered' };

/**
 * Exchanges the token in the address for a session, once, and takes it out of the address bar and the history;
 * without a token, asks whether the session from before still holds.
 */
export async function signIn(browser: SessionBrowser): Promise<Standing> {
  const token = tokenOf(browser.location);
  try {
    if (token !== null) {
      const response = await browser.fetch(sessionPath, { method: 'POST', body: token });
      forgetToken(browser);
      if (response.ok) {
        const { proof } = (await response.json()) as { readonly proof: string };
        browser.shared.setItem(proofKey, proof);
        return { state: 'signed-in', proof };
      }
    }
    const proof = browser.shared.getItem(proofKey);
    if (proof === null) return { state: 'signed-out' };
    const response = await browser.fetch(sessionPath, { headers: { [proofHeader]: proof } });
    return response.ok ? { state: 'signed-in', proof } : { state: 'signed-out' };
  } catch {
    // The fetch found nobody at this address.
    return { state: 'unanswered' };
  }
}

/** Whether an address carries a token. */
export function hasToken(location: Pick<Location, 'hash'>): boolean {
  return tokenOf(location) !== null;
}

/** The token in an address; null where its fragment is something else. */
function tokenOf(location: Pick<Location, 'hash'>): string | null {
  return /^#[\w-]{43}$/.test(location.hash) ? location.hash.slice(1) : null;
}

/** Takes the token out of the address bar and the history. */
export function forgetToken({ location, history }: Pick<SessionBrowser, 'location' | 'history'>): void {
  if (hasToken(location)) history.replaceState(null, '', location.pathname + location.search);
}

/** Tells this tab from others, and is the same after a reload. */
export function pageId(browser: Pick<SessionBrowser, 'own' | 'newId'>): string {
  const known = browser.own.getItem(pageKey);
  if (known !== null) return known;
  const id = browser.newId();
  browser.own.setItem(pageKey, id);
  return id;
}
