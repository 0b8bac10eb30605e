import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Badge, EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { count } from '../../text/dates.ts';
import { healthWords, howItWorks, isDefinitionMissing, withoutCredential } from '../../text/providers.ts';
import type { PeriodSettings } from '../policy/usual.ts';
import { asksAt } from './asked-at.ts';
import { CompareDialog } from './compare-dialog.tsx';
import type { FoundActions } from './comparison.tsx';
import { Outcome } from './connection-outcome.tsx';
import styles from './providers.module.css';
import { RemoveConnectionDialog } from './remove-connection-dialog.tsx';
import { RotationFact } from './rotation-fact.tsx';
import type { Doing, ProvidersActions } from './use-providers.ts';

export interface ConnectionCardProps {
  readonly connection: ConnectionView;
  readonly doing: Doing;
  readonly actions: ProvidersActions;
  readonly found: FoundActions;
  readonly periods: PeriodSettings;
  readonly onGenerate: () => void;
  /** Leads to where a definition that is missing can be added. */
  readonly onAddDefinition: () => void;
}

type Asked = 'nothing' | 'compare' | 'remove';

/** One account at a provider: how it is, what belongs to it, what can be done with it. */
export function ConnectionCard(props: ConnectionCardProps) {
  const { connection, doing, actions, found } = props;
  const { id, name, provider, dashboardUrl } = connection;
  const [asked, setAsked] = useState<Asked>('nothing');
  const isMissing = isDefinitionMissing(provider);
  const canCompare = !isMissing && provider.operations.includes('list');
  const busyWith = doing.kind === 'busy' ? doing.with : null;
  const compare = () => {
    if (asksAt(provider, 'list').length > 0) setAsked('compare');
    else void actions.compare(id, {});
  };

  return (
    <article className={styles.card} aria-label={name}>
      <header className={styles.header}>
        <h2 className={styles.name}>{name}</h2>
        <EnvironmentBadge environment={connection.environment} />
        {connection.sandbox && <Badge tone="info">sandbox</Badge>}
        {provider.source === 'file' && !isMissing && <Badge>from a file</Badge>}
        <span className={styles.buttons}>
          {dashboardUrl !== null && (
            <Button
              size="small"
              icon={ExternalLink}
              onPress={() => actions.openPage(connection, dashboardUrl)}
            >
              Open dashboard
            </Button>
          )}
          {provider.credential.length > 0 && (
            <Button
              size="small"
              onPress={() => actions.check(id)}
              isPending={busyWith === 'check'}
              isDisabled={busyWith !== null && busyWith !== 'check'}
            >
              Check
            </Button>
          )}
          {canCompare && (
            <Button
              size="small"
              onPress={compare}
              isPending={busyWith === 'compare'}
              isDisabled={busyWith !== null && busyWith !== 'compare'}
            >
              Compare with the provider
            </Button>
          )}
          <Button
            size="small"
            variant="quiet"
            onPress={() => setAsked('remove')}
            isDisabled={busyWith !== null}
          >
            Remove
          </Button>
          {!isMissing && (
            <Button size="small" onPress={props.onGenerate}>
              Generate key
            </Button>
          )}
        </span>
      </header>
      {isMissing && <MissingDefinition connection={connection} onAdd={props.onAddDefinition} />}
      <FactList>
        <Fact label="Provider">
          {isMissing ? (
            <span className="mono">{connection.providerId}</span>
          ) : (
            <>
              {provider.name} <span className={styles.quiet}>· {howItWorks(provider)}</span>
            </>
          )}
        </Fact>
        <Fact label="Address">
          <span className="mono">{connection.origin}</span>
        </Fact>
        {!isMissing && <Health connection={connection} />}
        {!isMissing && <RotationFact connection={connection} settings={props.periods} />}
        <Fact label="Keys">{connection.keys === 0 ? 'None yet' : count(connection.keys, 'key')}</Fact>
      </FactList>
      <Outcome connection={connection} doing={doing} actions={actions} found={found} />
      {asked === 'compare' && (
        <CompareDialog
          connection={connection}
          onCompare={(answers) => actions.compare(id, answers)}
          onClose={() => setAsked('nothing')}
        />
      )}
      {asked === 'remove' && (
        <RemoveConnectionDialog
          connection={connection}
          onRemove={() => actions.remove(id)}
          onClose={() => setAsked('nothing')}
        />
      )}
    </article>
  );
}

const toneOf = (tone: 'neutral' | 'good' | 'attention') => (tone === 'good' ? 'done' : tone);

function Health({ connection }: { readonly connection: ConnectionView }) {
  const { health, checkedAt, provider } = connection;
  const { label, meaning, tone } =
    health === 'unknown' && provider.credential.length === 0
      ? withoutCredential(provider)
      : healthWords[health];
  return (
    <Fact label="Health">
      <Badge tone={toneOf(tone)}>{label}</Badge> <span className={styles.quiet}>{meaning}</span>
      {checkedAt !== null && (
        <span className={styles.quiet}>
          {' '}
          Checked <RelativeTime at={checkedAt} />.
        </span>
      )}
    </Fact>
  );
}

interface MissingDefinitionProps {
  readonly connection: ConnectionView;
  readonly onAdd: () => void;
}

/** Says that nothing describes the provider, what still works, and what to do. */
function MissingDefinition({ connection, onAdd }: MissingDefinitionProps) {
  return (
    <Callout
      tone="attention"
      title={`Nothing describes “${connection.providerId}” any more`}
      action={
        <Button size="small" onPress={onAdd}>
          Add from a file
        </Button>
      }
    >
      Its definition was removed or cannot be read. Its keys and its credential are kept, and written values
      go on working; Keyturn cannot check, rotate or revoke here. Add a definition with the id{' '}
      <span className="mono">{connection.providerId}</span> to go on.
    </Callout>
  );
}
