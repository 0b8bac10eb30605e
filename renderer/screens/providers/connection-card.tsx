import { ExternalLink } from 'lucide-react';
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
import { healthWords, howItWorks, isDefinitionMissing, withoutCredential } from '../../text/providers.ts';
import { asksAt } from './asked-at.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { Comparison, type FoundActions } from './comparison.tsx';
import styles from './providers.module.css';
import type { Doing, ProvidersActions } from './use-providers.ts';

export interface ConnectionCardProps {
  readonly connection: ConnectionView;
  readonly doing: Doing;
  readonly actions: ProvidersActions;
  readonly found: FoundActions;
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
        <RemoveDialog
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

type OutcomeProps = Pick<ConnectionCardProps, 'connection' | 'doing' | 'actions' | 'found'>;

function Outcome({ connection, doing, actions, found }: OutcomeProps) {
  switch (doing.kind) {
    case 'nothing':
    case 'busy':
      return null;
    case 'failed':
      return (
        <FailureCallout
          failure={doing.failure}
          action={<PageOf failure={doing.failure} onOpen={(url) => actions.openPage(connection, url)} />}
        />
      );
    case 'checked':
      return <Checked connection={connection} />;
    case 'compared':
      return <Comparison connection={connection} keys={doing.keys} actions={actions} found={found} />;
  }
}

/** The page where what a failure asks for is had, if the definition names one. */
function PageOf({
  failure,
  onOpen,
}: {
  readonly failure: PageFailure;
  readonly onOpen: (url: string) => void;
}) {
  if (failure.code !== 'subscription-needed' || failure.url === null) return null;
  const { url } = failure;
  return (
    <Button size="small" icon={ExternalLink} onPress={() => onOpen(url)}>
      Open page
    </Button>
  );
}

function Checked({ connection }: { readonly connection: ConnectionView }) {
  const { name, provider, health } = connection;
  if (health === 'well') return <Callout tone="done" title={`${name} works`} isNews />;
  if (health === 'unknown') {
    return (
      <Callout tone="info" title="There is nothing to check" isNews>
        {provider.name} offers no harmless call to try the credential with.
        {provider.operations.includes('check') && ' Its keys are checked one by one, each on its own page.'}
      </Callout>
    );
  }
  return (
    <Callout tone="attention" title={healthWords[health].label} isNews>
      {healthWords[health].meaning}
    </Callout>
  );
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
        {connection.provider.credential.length === 0 && !isDefinitionMissing(connection.provider)
          ? 'Keyturn forgets this connection. '
          : 'Keyturn forgets the credential of this connection. '}
        {connection.provider.credential.length === 0 && !isDefinitionMissing(connection.provider)
          ? `Nothing changes at ${connection.provider.name}.`
          : `Nothing changes at ${connection.provider.name}: revoke the credential there if it is not needed any more.`}
      </p>
    </Dialog>
  );
}
