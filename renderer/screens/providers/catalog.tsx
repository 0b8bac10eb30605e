import { ChevronRight, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { Button as PlainButton } from 'react-aria-components';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import styles from './providers.module.css';

export interface CatalogProps {
  readonly providers: readonly ProviderSummary[];
  readonly isBusy: boolean;
  readonly onChoose: (provider: ProviderSummary) => void;
  readonly onSandbox: () => void;
}

/** Every provider that Keyturn knows, found by name or by what it does. */
export function Catalog({ providers, isBusy, onChoose, onSandbox }: CatalogProps) {
  const [search, setSearch] = useState('');
  const found = matching(providers, search);
  return (
    <div className={styles.catalog}>
      <div className={styles.search}>
        <TextField label="Search providers" value={search} onChange={setSearch} autoFocus />
        <Button icon={FlaskConical} onPress={onSandbox} isPending={isBusy}>
          Try it with the sandbox
        </Button>
      </div>
      <ul className={styles.providers} aria-label="Providers">
        {found.map((provider) => (
          <li key={provider.id}>
            <PlainButton
              className={styles.provider ?? ''}
              onPress={() => onChoose(provider)}
              isDisabled={isBusy}
            >
              <span className={styles.providerWords}>
                <span className={styles.providerName}>{provider.name}</span>
                <span className={styles.quiet}>{provider.description}</span>
              </span>
              <ChevronRight aria-hidden className={styles.chevron} />
            </PlainButton>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.quiet}>No provider is called “{search.trim()}”.</p>}
    </div>
  );
}

/** Providers whose name or description holds every word of the search; those whose name begins with it first. */
export function matching(providers: readonly ProviderSummary[], search: string): readonly ProviderSummary[] {
  const wanted = search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ name }: ProviderSummary) => (name.toLocaleLowerCase().startsWith(wanted.join(' ')) ? 0 : 1);
  return providers
    .filter(({ name, description }) => {
      const text = `${name} ${description}`.toLocaleLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
