import { notify } from '../../app-state.ts';
import { oneLine } from '../../text/errors.ts';
import { openPage } from '../providers/open-page.ts';
import { useAppStatus } from './use-status.ts';

/** A page of a provider, such as its dashboard. */
export interface ProviderPage {
  readonly providerId: string;
  readonly url: string;
}

/**
 * Opens a provider's page in the user's browser. Where this page is in that browser already, it opens at once, in the
 * very press that asked for it: the browser may be on another machine than main. Elsewhere main opens it.
 */
export function useOpenPage(): (page: ProviderPage) => void {
  const app = useAppStatus();
  const isInBrowser = app.state === 'ready' && app.value.host === 'browser';
  return ({ providerId, url }) => {
    if (isInBrowser && /^https?:\/\//.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
    else void ask(providerId, url);
  };
}

async function ask(providerId: string, url: string): Promise<void> {
  const failure = await openPage(providerId, url);
  if (failure !== null) notify('danger', oneLine(failure));
}
