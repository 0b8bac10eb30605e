import { useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { isDefinitionMissing } from '../../text/providers.ts';
import { useConnections, useSettings } from '../frame/use-status.ts';
import { policyOf } from '../policy/period-draft.ts';
import { type PeriodSettings, periodSettingsOf } from '../policy/usual.ts';
import { asksAt } from '../providers/asked-at.ts';
import { tellTakenIn } from '../take-in/tell-taken-in.ts';
import { type Draft, filledTargets, issueInput, type Placed, placeFailure, targetInput } from './draft.ts';

/** What the dialog can choose from. */
export interface Choices {
  readonly connections: readonly ConnectionView[];
  readonly periods: PeriodSettings;
}

/** How far the request has come. While it runs, the dialog cannot be left. */
export type Sending =
  | { readonly step: 'filling'; readonly placed: Placed | null }
  | { readonly step: 'running' }
  | { readonly step: 'unknown'; readonly failure: PageFailure };

/** The value that the user made in the dashboard. `anyForm`: whatever it looks like. */
export interface Pasted {
  readonly key: Record<string, string>;
  readonly anyForm: boolean;
}

export type GenerateKey =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'no-connection' }
  | {
      readonly state: 'ready';
      readonly choices: Choices;
      readonly sending: Sending;
      /** Asks the provider for a key. */
      readonly issue: (draft: Draft, connection: ConnectionView, answers: Record<string, string>) => void;
      /** Takes in the key that the user has made. */
      readonly takeIn: (draft: Draft, connection: ConnectionView, pasted: Pasted) => void;
      readonly place: (placed: Placed | null) => void;
    };

export interface GenerateKeyOutcomes {
  /** The provider has made a key, and its one time begins. */
  readonly onIssued: (keyId: KeyId) => void;
  /** A key that the user has made is in the vault. */
  readonly onTakenIn: (keyId: KeyId) => void;
}

/** Follows what can be chosen and sends the request once. */
export function useGenerateKey({ onIssued, onTakenIn }: GenerateKeyOutcomes): GenerateKey {
  const connections = useConnections();
  const settings = useSettings();
  const [sending, setSending] = useState<Sending>({ step: 'filling', placed: null });
  const isSending = useRef(false);

  /** Sends once: a second press arrives before the first has been drawn. */
  const send = async (request: () => Promise<Sending | null>) => {
    if (isSending.current) return;
    isSending.current = true;
    setSending({ step: 'running' });
    const next = await request();
    isSending.current = false;
    if (next !== null) setSending(next);
  };

  const issue = (draft: Draft, { id, provider }: ConnectionView, answers: Record<string, string>) =>
    send(async () => {
      const answer = await api.call('keys.issue', issueInput({ ...draft, connectionId: id }, answers));
      if (answer.ok) {
        onIssued(answer.value.keyId);
        return null;
      }
      if (answer.error.code === 'outcome-unknown') return { step: 'unknown', failure: answer.error };
      const placed = placeFailure(answer.error, draft.targets, asksAt(provider, 'create'));
      return { step: 'filling', placed };
    });

  const takeIn = (draft: Draft, { id, provider }: ConnectionView, { key, anyForm }: Pasted) =>
    send(async () => {
      const answer = await api.call('keys.takeIn', {
        connectionId: id,
        name: draft.name.trim(),
        key,
        providerKeyId: null,
        issuedAt: null,
        anyForm,
        policy: policyOf(draft.period),
        targets: filledTargets(draft).map(targetInput),
      });
      if (answer.ok) {
        onTakenIn(answer.value.keyId);
        tellTakenIn(answer.value);
        return null;
      }
      return { step: 'filling', placed: placeFailure(answer.error, draft.targets, [], provider.fields) };
    });

  if (connections.state === 'failed') return { state: 'failed', failure: connections.error };
  if (connections.state === 'loading' || settings.state === 'loading') return { state: 'loading' };
  const described = connections.value.filter(({ provider }) => !isDefinitionMissing(provider));
  if (described.length === 0) return { state: 'no-connection' };
  return {
    state: 'ready',
    choices: { connections: described, periods: periodSettingsOf(settings) },
    sending,
    issue: (...request) => void issue(...request),
    takeIn: (...request) => void takeIn(...request),
    place: (placed) => setSending({ step: 'filling', placed }),
  };
}

/** The connection that a form starts at. */
export function firstConnection(
  connections: readonly ConnectionView[],
  wanted: string | null,
): ConnectionView | undefined {
  return connections.find(({ id }) => id === wanted) ?? connections[0];
}
