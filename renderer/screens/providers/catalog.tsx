import { ChevronRight, FilePlus2, FlaskConical } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button as PlainButton } from 'react-aria-components';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { isPlayedBySandbox, sandboxProviderId } from '../../../shared/domain/sandbox.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { howItWorks } from '../../text/providers.ts';
import styles from './providers.module.css';

export interface CatalogProps {
  readonly providers: readonly ProviderSummary[];
  readonly isBusy: boolean;
  /** Goes on to the form of a provider. */
  readonly onChoose: (provider: ProviderSummary) => void;
  /** Connects to what the sandbox plays, without a question. */
  readonly onSandbox: (providerId: string) => void;
  readonly onAddFromFile: () => void;
  readonly onRemoveDefinition: (provider: ProviderSummary) => void;
}

/**
 * Every provider that Keyturn knows, found by name or by what it does: first those that need no account, then those of
 * the user's own.
 */
export function Catalog({ providers, isBusy, ...act }: CatalogProps) {
  const [search, setSearch] = useState('');
  const found = matching(providers, search);
  const played = found
    .filter(({ id }) => isPlayedBySandbox(id))
    .toSorted((a, b) => Number(b.id === sandboxProviderId) - Number(a.id === sandboxProviderId));
  const real = found
    .filter(({ id }) => !isPlayedBySandbox(id))
    .toSorted((a, b) => Number(b.source === 'file') - Number(a.source === 'file'));
  const sandbox = found.find(({ id }) => id === sandboxProviderId);
  const sandboxHeading = useId();
  const providersHeading = useId();
  return (
    <div className={styles.catalog}>
      <div className={styles.search}>
        <TextField label="Search providers" value={search} onChange={setSearch} autoFocus />
        <Button icon={FilePlus2} onPress={act.onAddFromFile} isDisabled={isBusy}>
          Add from a file
        </Button>
      </div>
      {played.length > 0 && (
        <section className={styles.catalogGroup}>
          <h3 id={sandboxHeading} className={styles.groupName}>
            Try it with the sandbox
          </h3>
          <p className={styles.quiet}>
            Played on this computer by Keyturn itself: no account, no network, connected with one click.
          </p>
          <ul className={styles.providers} aria-labelledby={sandboxHeading}>
            {played.map((provider) => (
              <Row
                key={provider.id}
                title={provider.name}
                description={provider.description}
                isBusy={isBusy}
                picture={<FlaskConical aria-hidden className={styles.chevron} />}
                onPress={() => act.onSandbox(provider.id)}
              />
            ))}
          </ul>
        </section>
      )}
      {(real.length > 0 || sandbox !== undefined) && (
        <section className={styles.catalogGroup}>
          <h3 id={providersHeading} className={styles.groupName}>
            Providers
          </h3>
          <ul className={styles.providers} aria-labelledby={providersHeading}>
            {real.map((provider) => (
              <Row
                key={provider.id}
                title={provider.name}
                description={provider.description}
                how={howItWorks(provider)}
                isOwn={provider.source === 'file'}
                isBusy={isBusy}
                picture={<ChevronRight aria-hidden className={styles.chevron} />}
                onPress={() => act.onChoose(provider)}
                {...(provider.source === 'file' ? { onRemove: () => act.onRemoveDefinition(provider) } : {})}
              />
            ))}
            {sandbox !== undefined && (
              <Row
                title="Sandbox elsewhere"
                description="Connect by address to a sandbox that another program runs."
                isBusy={isBusy}
                picture={<ChevronRight aria-hidden className={styles.chevron} />}
                onPress={() => act.onChoose(sandbox)}
              />
            )}
          </ul>
        </section>
      )}
      {found.length === 0 && (
        <p className={styles.quiet}>
          No provider fits “{search.trim()}”. If yours has an HTTP API, a file can describe it.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  readonly title: string;
  readonly description: string;
  readonly how?: string;
  /** Whether its definition is the user's own. */
  readonly isOwn?: boolean;
  readonly isBusy: boolean;
  readonly picture: ReactNode;
  readonly onPress: () => void;
  readonly onRemove?: () => void;
}

function Row({ title, description, how, isOwn = false, isBusy, picture, onPress, onRemove }: RowProps) {
  const id = useId();
  return (
    <li className={styles.providerRow}>
      <PlainButton className={styles.provider ?? ''} onPress={onPress} isDisabled={isBusy}>
        <span className={styles.providerWords}>
          <span>
            <span id={id} className={styles.providerName}>
              {title}
            </span>
            {isOwn && (
              <>
                {' '}
                <Badge>from a file</Badge>
              </>
            )}
            {how !== undefined && <span className={styles.how}> {how}</span>}
          </span>
          <span className={styles.quiet}>{description}</span>
        </span>
        {picture}
      </PlainButton>
      {onRemove !== undefined && (
        <Button size="small" variant="quiet" aria-describedby={id} isDisabled={isBusy} onPress={onRemove}>
          Remove definition
        </Button>
      )}
    </li>
  );
}

/**
 * Providers whose name, description or way of working holds every word of the search; those whose name begins with it
 * first.
 */
export function matching(providers: readonly ProviderSummary[], search: string): readonly ProviderSummary[] {
  const wanted = search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ name }: ProviderSummary) => (name.toLocaleLowerCase().startsWith(wanted.join(' ')) ? 0 : 1);
  return providers
    .filter((provider) => {
      const text = `${provider.name} ${provider.description} ${howItWorks(provider)}`.toLocaleLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
