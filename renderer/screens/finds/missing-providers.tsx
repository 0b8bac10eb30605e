import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import styles from './finds.module.css';

export interface MissingProvidersProps {
  readonly providers: readonly ProviderSummary[];
  readonly onAddProvider: (providerId: string) => void;
}

/** The way to a connection for each provider that finds wait for. Nothing where they wait for none. */
export function MissingProviders({ providers, onAddProvider }: MissingProvidersProps) {
  if (providers.length === 0) return null;
  return (
    <fieldset aria-label="Needs a provider first" className={styles.providers}>
      <span className={styles.quiet}>Needs a provider first:</span>
      {providers.map(({ id, name }) => (
        <Button key={id} size="small" onPress={() => onAddProvider(id)}>
          {`Add ${name}`}
        </Button>
      ))}
    </fieldset>
  );
}
