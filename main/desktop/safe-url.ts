/**
 * The address of a page that may be opened in the user's browser: `https:` with a host and no user in it, or without TLS
 * where it stays on this machine, as an instance of the user's own may. Throws otherwise.
 */
export function safeExternalUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !isSafe(parsed) || parsed.username !== '' || parsed.password !== '')
    throw new Error('Only an https: page is opened');
  return parsed.href;
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
}

const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
