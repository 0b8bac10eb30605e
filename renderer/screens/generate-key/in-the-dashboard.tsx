import { ExternalLink } from 'lucide-react';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { NumberedList } from '../../components/numbered-list.tsx';
import { useOpenPage } from '../frame/use-open-page.ts';
import styles from './generate-key.module.css';

export interface InTheDashboardProps {
  readonly provider: Pick<ProviderSummary, 'id' | 'name' | 'dashboard' | 'preconditions'>;
  /** The page for keys of this connection; null where there is none to open. */
  readonly url: string | null;
  /** `replace`: another key, where one was made before; what is needed for a first one is there. */
  readonly purpose: 'create' | 'replace' | 'revoke';
}

/** What the user does in a provider's dashboard, step by step in its own words, and the way there. */
export function InTheDashboard({ provider, url, purpose }: InTheDashboardProps) {
  const isRevoking = purpose === 'revoke';
  const steps = provider.dashboard?.[isRevoking ? 'revoke' : 'create'] ?? [];
  const spare = `${isRevoking ? 'Revoke' : 'Make'} the key at ${provider.name}.`;
  return (
    <div className={styles.stack}>
      {purpose === 'create' && <Preconditions provider={provider} />}
      <NumberedList label={isRevoking ? 'How the key is revoked' : 'How the key is made'}>
        {(steps.length === 0 ? [spare] : steps).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </NumberedList>
      {url !== null && (
        <div className={styles.add}>
          <OpenDashboard providerId={provider.id} url={url} />
        </div>
      )}
    </div>
  );
}

export interface OpenDashboardProps {
  readonly providerId: string;
  readonly url: string;
  readonly isQuiet?: boolean;
}

/** Opens the provider's page for keys in the browser. */
export function OpenDashboard({ providerId, url, isQuiet = false }: OpenDashboardProps) {
  const open = useOpenPage();
  return (
    <Button
      icon={ExternalLink}
      {...(isQuiet ? { variant: 'quiet', size: 'small' } : {})}
      onPress={() => open({ providerId, url })}
    >
      Open dashboard
    </Button>
  );
}

function Preconditions({ provider }: Pick<InTheDashboardProps, 'provider'>) {
  const open = useOpenPage();
  if (provider.preconditions.length === 0) return null;
  return (
    <div className={styles.before}>
      <p className={styles.legend}>Needed before {provider.name} issues keys</p>
      <ul className={styles.plainList}>
        {provider.preconditions.map(({ text, url }) => (
          <li key={text}>
            {text}{' '}
            {url !== null && (
              <Button
                variant="quiet"
                size="small"
                icon={ExternalLink}
                onPress={() => open({ providerId: provider.id, url })}
              >
                {hostOf(url)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.help}>
        If it was done a moment ago and {provider.name} does not know of it yet, refresh its page, or sign out
        and in again there.
      </p>
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
