import { useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Badge, EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { count } from '../../text/dates.ts';
import type { PageFailure } from '../../text/errors.ts';
import { healthWords } from '../../text/providers.ts';
import styles from './providers.module.css';
import { Strays } from './strays.tsx';
import type { Doing, ProvidersActions } from './use-providers.ts';

export interface ConnectionCardProps {
  readonly connection: ConnectionView;
  readonly doing: Doing;
  readonly actions: ProvidersActions;
  readonly onGenerate: () => void;
}

/** One account at a provider: how it is, what belongs to it, what can be done with it. */
export function ConnectionCard({ connection, doing, actions, onGenerate }: ConnectionCardProps) {
  const { id, name, provider, health } = connection;
  const [isRemoving, setRemoving] = useState(false);
  const { label, meaning, tone } = healthWords[health];
  const canList = provider.operations.includes('list');
  const busyWith = doing.kind === 'busy' ? doing.with : null;

  return (
    <article className={styles.card} aria-label={name}>
      <header className={styles.header}>
        <h2 className={styles.name}>{name}</h2>
        <EnvironmentBadge environment={connection.environment} />
        {connection.sandbox && <Badge tone="info">sandbox</Badge>}
        <span className={styles.buttons}>
          <Button
            size="small"
            onPress={() => actions.check(id)}
            isPending={busyWith === 'check'}
            isDisabled={busyWith !== null && busyWith !== 'check'}
          >
            Check
          </Button>
          {canList && (
            <Button
              size="small"
              onPress={() => actions.lookForStrays(id)}
              isPending={busyWith === 'strays'}
              isDisabled={busyWith !== null && busyWith !== 'strays'}
            >
              Look for strays
            </Button>
          )}
          <Button
            size="small"
            variant="quiet"
            onPress={() => setRemoving(true)}
            isDisabled={busyWith !== null}
          >
            Remove
          </Button>
          {provider.operations.includes('create') && (
            <Button size="small" onPress={onGenerate}>
              Generate key
            </Button>
          )}
        </span>
      </header>
      <FactList>
        <Fact label="Provider">{provider.name}</Fact>
        <Fact label="Address">
          <span className="mono">{connection.origin}</span>
        </Fact>
        <Fact label="Health">
          <Badge tone={toneOf(tone)}>{label}</Badge> <span className={styles.quiet}>{meaning}</span>
          {connection.checkedAt !== null && (
            <span className={styles.quiet}>
              {' '}
              Checked <RelativeTime at={connection.checkedAt} />.
            </span>
          )}
        </Fact>
        <Fact label="Keys">{connection.keys === 0 ? 'None yet' : count(connection.keys, 'key')}</Fact>
      </FactList>
      <Outcome connection={connection} doing={doing} actions={actions} />
      {isRemoving && (
        <RemoveDialog
          connection={connection}
          onRemove={() => actions.remove(id)}
          onClose={() => setRemoving(false)}
        />
      )}
    </article>
  );
}

const toneOf = (tone: 'neutral' | 'good' | 'attention') => (tone === 'good' ? 'done' : tone);

type OutcomeProps = Pick<ConnectionCardProps, 'connection' | 'doing' | 'actions'>;

function Outcome({ connection, doing, actions }: OutcomeProps) {
  switch (doing.kind) {
    case 'nothing':
    case 'busy':
      return null;
    case 'failed':
      return <FailureCallout failure={doing.failure} />;
    case 'checked':
      return connection.health === 'well' ? (
        <Callout tone="done" title={`${connection.name} works`} isNews />
      ) : (
        <Callout tone="attention" title={healthWords[connection.health].label} isNews>
          {healthWords[connection.health].meaning}
        </Callout>
      );
    case 'strays':
      return <Strays connection={connection} strays={doing.strays} actions={actions} />;
  }
}

interface RemoveDialogProps {
  readonly connection: ConnectionView;
  readonly onRemove: () => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

type Removing =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' };

function RemoveDialog({ connection, onRemove, onClose }: RemoveDialogProps) {
  const [removing, setRemoving] = useState<Removing>({ step: 'asking', failure: null });
  const isRunning = removing.step === 'running';
  const remove = async () => {
    setRemoving({ step: 'running' });
    const failure = await onRemove();
    if (failure === null) onClose();
    else setRemoving({ step: 'asking', failure });
  };
  return (
    <Dialog
      title={`Remove ${connection.name}`}
      size="small"
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="danger" onPress={remove} isPending={isRunning}>
            Remove
          </Button>
        </>
      }
    >
      {removing.step === 'asking' && removing.failure !== null && (
        <FailureCallout failure={removing.failure} />
      )}
      <p>
        Keyturn forgets the credential of this connection. Nothing changes at {connection.provider.name}:
        revoke the credential there if it is not needed any more.
      </p>
    </Dialog>
  );
}
