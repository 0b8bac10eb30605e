import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { assertNever } from '../../../shared/result.ts';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import { count } from '../../text/dates.ts';
import { navigate } from '../frame/router.ts';
import { AddProviderDialog } from './add-provider-dialog.tsx';
import type { FoundActions } from './comparison.tsx';
import { ConnectionCard } from './connection-card.tsx';
import styles from './providers.module.css';
import { useProviders } from './use-providers.ts';

/** What can be done with a key that a comparison found. */
const found: FoundActions = {
  onAdopt: (connection, { listed, name }) =>
    listed !== null &&
    openDialog({
      kind: 'take-in',
      connectionId: connection.id,
      providerKeyId: listed.providerKeyId,
      name,
      createdAt: listed.createdAt,
    }),
  onOpenKey: (keyId) => navigate({ place: 'keys', keyId }),
};

/** The accounts at providers, and how each of them is. */
export function ProvidersScreen() {
  const state = useProviders();
  const [isAddingDefinition, setAddingDefinition] = useState(false);
  const add = (
    <Button variant="primary" icon={Plus} onPress={() => openDialog({ kind: 'add-provider' })}>
      Add provider
    </Button>
  );
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyPage title="Providers" of={state} />;
    case 'ready':
      if (state.connections.length === 0) {
        return (
          <Page title="Providers" width="full">
            <EmptyState picture={<Plug />} title="No provider yet" actions={add}>
              Add an account at a provider, and Keyturn makes, rotates and revokes keys there, or walks you
              through it where the provider does this in its dashboard only. The sandbox needs no account.
            </EmptyState>
          </Page>
        );
      }
      return (
        <Page title="Providers" aside={count(state.connections.length, 'connection')} actions={add}>
          <ul className={styles.cards}>
            {state.connections.map((connection) => (
              <li key={connection.id}>
                <ConnectionCard
                  connection={connection}
                  doing={state.doing(connection.id)}
                  actions={state.actions}
                  found={found}
                  periods={state.periods}
                  onAddDefinition={() => setAddingDefinition(true)}
                  onGenerate={() => openDialog({ kind: 'generate', connectionId: connection.id })}
                />
              </li>
            ))}
          </ul>
          {isAddingDefinition && (
            <AddProviderDialog
              start="file"
              onClose={() => setAddingDefinition(false)}
              onGenerate={(connectionId) => {
                setAddingDefinition(false);
                openDialog({ kind: 'generate', connectionId });
              }}
            />
          )}
        </Page>
      );
    default:
      return assertNever(state);
  }
}
