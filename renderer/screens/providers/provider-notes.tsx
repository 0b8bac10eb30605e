import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { adviceOf } from '../../text/period.ts';
import { byHandWords } from '../../text/providers.ts';
import { openPage } from './open-page.ts';
import styles from './providers.module.css';

/** What is worth knowing before a connection is made: what is left to the user, what the account needs, good advice. */
export function ProviderNotes({ provider }: { readonly provider: ProviderSummary }) {
  const [failure, setFailure] = useState<PageFailure | null>(null);
  const byHand = byHandWords(provider);
  const advice = adviceOf(provider);
  const open = async (url: string) => setFailure(await openPage(provider.id, url));
  return (
    <>
      {byHand !== null && (
        <Callout tone="info" title={byHand.title}>
          {byHand.body}
        </Callout>
      )}
      {provider.preconditions.length > 0 && (
        <Callout tone="attention" title="Needed first">
          <ul className={styles.notes}>
            {provider.preconditions.map(({ text, url }) => (
              <li key={text} className={styles.note}>
                <span className={styles.noteWords}>{text}</span>
                {url !== null && (
                  <Button size="small" icon={ExternalLink} onPress={() => open(url)}>
                    Open page
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {failure !== null && <FailureCallout failure={failure} />}
      {advice.length > 0 && (
        <ul className={styles.advice} aria-label={`Advice for ${provider.name}`}>
          {advice.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}
