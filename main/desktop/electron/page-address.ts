/** Our own scheme and the one host in it. The page is served from here and nowhere else. */
export const pageScheme = 'keyturn';
const pageHost = 'app';

/** The address of the page. */
export const pageUrl = `${pageScheme}://${pageHost}/`;

/**
 * Whether an address is of our page. Compares scheme and host, because the `origin` of an address with a scheme of
 * one's own is the text `null`, which every such address shares.
 */
export function isPageAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${pageScheme}:` && host === pageHost && username === '' && password === '';
}

/** What of a frame decides whether it is heard. */
export interface Frame {
  readonly url: string;
  readonly parent: object | null;
}

/** Whether a message comes from our page itself: not from a frame in it, not from elsewhere, not from a frame that is gone. */
export function isTrustedFrame(frame: Frame | null | undefined): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && isPageAddress(frame.url);
}
