/** The address of a page that may be opened in the user's browser: `https:` with a host and no user in it. Throws otherwise. */
export function safeExternalUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '')
    throw new Error('Only an https: page is opened');
  return parsed.href;
}
