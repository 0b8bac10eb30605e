import { useRef, useState } from 'react';
import type { ConnectionId, KeyId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useCatalog, useConnections, useSettings } from '../frame/use-status.ts';
import { type Placed, placeFailure } from '../generate-key/draft.ts';
import { type PeriodSettings, periodSettingsOf } from '../policy/usual.ts';
import { type Insisted, newConnectionName, type TakeInDraft, takeInInput } from './draft.ts';
import { tellTakenIn } from './tell-taken-in.ts';

/** How far it has come. While it runs, the dialog cannot be left. */
export type Taking =
  | { readonly step: 'filling'; readonly placed: Placed | null }
  | { readonly step: 'running' };

/** What is sent beside the draft. */
export type Sent = Omit<Insisted, 'connectionId'> & { readonly provider: ProviderSummary };

export type TakeIn =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly catalog: readonly ProviderSummary[];
      readonly connections: readonly ConnectionView[];
      readonly periods: PeriodSettings;
      readonly taking: Taking;
      readonly send: (draft: TakeInDraft, sent: Sent) => void;
      readonly place: (placed: Placed | null) => void;
    };

/**
 * Takes in a key, with a connection made along the way where it needs a new one. `onConnected` is called with such a
 * connection, so that another try does not make a second; `onTakenIn` when the key is in the vault.
 */
export function useTakeIn(
  onConnected: (connectionId: ConnectionId) => void,
  onTakenIn: (keyId: KeyId) => void,
): TakeIn {
  const catalog = useCatalog();
  const connections = useConnections();
  const settings = useSettings();
  const [taking, setTaking] = useState<Taking>({ step: 'filling', placed: null });
  const isSending = useRef(false);

  if (catalog.state === 'failed') return { state: 'failed', failure: catalog.error };
  if (connections.state === 'failed') return { state: 'failed', failure: connections.error };
  if (catalog.state === 'loading' || connections.state === 'loading' || settings.state === 'loading') {
    return { state: 'loading' };
  }

  const send = async (draft: TakeInDraft, { provider, ...sent }: Sent) => {
    // A second press arrives before the first has been drawn.
    if (isSending.current) return;
    isSending.current = true;
    setTaking({ step: 'running' });
    const connected = await connectionOf(draft, provider, connections.value);
    if (connected.ok && draft.account === 'new') onConnected(connected.value);
    const answer = connected.ok
      ? await api.call('keys.takeIn', takeInInput(draft, { ...sent, connectionId: connected.value }))
      : null;
    isSending.current = false;
    if (answer?.ok === true) {
      onTakenIn(answer.value.keyId);
      tellTakenIn(answer.value);
      return;
    }
    // A connection that could not be made has nothing to say at the fields of a key.
    const placed: Placed | null = connected.ok
      ? answer && placeFailure(answer.error, draft.targets, [], provider.fields)
      : { at: 'form', failure: connected.error };
    setTaking({ step: 'filling', placed });
  };

  return {
    state: 'ready',
    catalog: catalog.value,
    connections: connections.value,
    periods: periodSettingsOf(settings),
    taking,
    send: (draft, sent) => void send(draft, sent),
    place: (placed) => setTaking({ step: 'filling', placed }),
  };
}

/** The connection that the key is for; made now where it is a new one. */
async function connectionOf(
  draft: TakeInDraft,
  provider: ProviderSummary,
  connections: readonly ConnectionView[],
): Promise<Result<ConnectionId, PageFailure>> {
  if (draft.account !== 'new' && draft.account !== null) return ok(draft.account);
  const answer = await api.call('connections.add', {
    providerId: provider.id,
    name: newConnectionName(provider, draft.environment, connections),
    environment: draft.environment,
    settings: {},
    credential: {},
  });
  return answer.ok ? ok(answer.value.id) : answer;
}
