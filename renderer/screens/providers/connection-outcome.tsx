import { ExternalLink } from 'lucide-react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { healthWords } from '../../text/providers.ts';
import { Comparison, type FoundActions } from './comparison.tsx';
import type { Doing, ProvidersActions } from './use-providers.ts';

export interface OutcomeProps {
  readonly connection: ConnectionView;
  readonly doing: Doing;
  readonly actions: ProvidersActions;
  readonly found: FoundActions;
}

/** What came of the last thing that was asked of a connection. */
export function Outcome({ connection, doing, actions, found }: OutcomeProps) {
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
