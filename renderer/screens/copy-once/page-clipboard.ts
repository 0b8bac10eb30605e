/** What of the browser the page's clipboard needs. */
export interface PageClipboard {
  readonly clipboard: Pick<Clipboard, 'readText' | 'writeText'>;
  readonly digest: (text: string) => Promise<string>;
  /** Whether the page may read the clipboard without asking the user. */
  readonly mayRead: () => Promise<boolean>;
  readonly after: (ms: number, action: () => void) => void;
}

/** Whether the page will clear the clipboard by itself later. */
export type PageCopy = { readonly clears: boolean };

/**
 * Puts `value` on the clipboard and clears it after `clearsAfterSeconds` if it is still there. Only a digest is
 * kept until then, never the value, and anything else on the clipboard is left alone. Where the browser does not
 * let the page look, it is not cleared, and the answer says so. Throws what the browser throws when it refuses.
 */
export async function copyFromPage(
  browser: PageClipboard,
  value: string,
  clearsAfterSeconds: number,
): Promise<PageCopy> {
  const digest = await browser.digest(value);
  await browser.clipboard.writeText(value);
  const clears = await browser.mayRead();
  if (clears) browser.after(clearsAfterSeconds * 1000, () => void clearIfSame(browser, digest));
  return { clears };
}

async function clearIfSame(browser: PageClipboard, digest: string): Promise<void> {
  try {
    const held = await browser.clipboard.readText();
    if ((await browser.digest(held)) === digest) await browser.clipboard.writeText('');
  } catch {
    // A window in the background may not read the clipboard; it is tried again once the window is looked at.
    window.addEventListener('focus', () => void clearIfSame(browser, digest), { once: true });
  }
}

/** The clipboard of this page. */
export function pageClipboard(): PageClipboard {
  return {
    clipboard: navigator.clipboard,
    digest: async (text) => {
      const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
      return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    mayRead: async () => {
      try {
        // Not in TypeScript's list of names; browsers without it throw, which is a no.
        const name = 'clipboard-read' as PermissionName;
        return (await navigator.permissions.query({ name })).state === 'granted';
      } catch {
        return false;
      }
    },
    after: (ms, action) => void setTimeout(action, ms),
  };
}
