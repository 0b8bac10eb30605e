import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/**
 * Opens a page of a provider that its definition names. Main opens it where it can; otherwise the page does, which
 * browsers allow as long as the press that led here is fresh. Answers why it was not opened; null when it was.
 */
export async function openPage(providerId: string, url: string): Promise<PageFailure | null> {
  const answer = await api.call('providers.open', { providerId, url });
  if (!answer.ok) return answer.error;
  if (answer.value.by === 'page') window.open(url, '_blank', 'noopener,noreferrer');
  return null;
}
