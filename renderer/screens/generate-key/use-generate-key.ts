import { useRef, useState } from 'react';
import { defaultRotationDays } from '../../../shared/domain/due.ts';
import type { ConnectionId, KeyId } from '../../../shared/domain/ids.ts';
import type { Question } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useConnections, useSettings } from '../frame/use-status.ts';
import { type Draft, type IssueInput, issueInput, type Placed, placeFailure } from './draft.ts';

/** What the dialog can choose from. */
export interface Choices {
  readonly connections: readonly ConnectionView[];
  readonly rotationDays: number;
}

/** How far the request has come. While it runs, the dialog cannot be left. */
export type Sending =
  | { readonly step: 'filling'; readonly placed: Placed | null }
  | { readonly step: 'running' }
  | { readonly step: 'unknown'; readonly failure: PageFailure };

export type GenerateKey =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'no-connection' }
  | {
      readonly state: 'ready';
      readonly choices: Choices;
      readonly sending: Sending;
      readonly send: (
        draft: Draft & { readonly connectionId: ConnectionId },
        answers: Record<string, string>,
      ) => void;
      readonly place: (placed: Placed | null) => void;
    };

/** Follows what can be chosen and sends the request once. `onIssued` is called with the key that was made. */
export function useGenerateKey(onIssued: (keyId: KeyId) => void): GenerateKey {
  const connections = useConnections();
  const settings = useSettings();
  const [sending, setSending] = useState<Sending>({ step: 'filling', placed: null });
  const isSending = useRef(false);

  const send = async (
    draft: Draft & { readonly connectionId: ConnectionId },
    answers: Record<string, string>,
  ) => {
    // A second press arrives before the first has been drawn.
    if (isSending.current) return;
    isSending.current = true;
    setSending({ step: 'running' });
    const questions = questionsAt(connections, draft.connectionId);
    const input: IssueInput = issueInput(draft, answers);
    const answer = await api.call('keys.issue', input);
    isSending.current = false;
    if (answer.ok) onIssued(answer.value.keyId);
    else if (answer.error.code === 'outcome-unknown') setSending({ step: 'unknown', failure: answer.error });
    else setSending({ step: 'filling', placed: placeFailure(answer.error, draft.targets, questions) });
  };

  if (connections.state === 'failed') return { state: 'failed', failure: connections.error };
  if (connections.state === 'loading' || settings.state === 'loading') return { state: 'loading' };
  const issuing = connections.value.filter(({ provider }) => provider.operations.includes('create'));
  if (issuing.length === 0) return { state: 'no-connection' };
  // Without settings the form still works; this is what they would have proposed.
  const rotationDays = settings.state === 'ready' ? settings.value.rotationDays : defaultRotationDays;
  return {
    state: 'ready',
    choices: { connections: issuing, rotationDays },
    sending,
    send,
    place: (placed) => setSending({ step: 'filling', placed }),
  };
}

function questionsAt(connections: ReturnType<typeof useConnections>, id: ConnectionId): readonly Question[] {
  if (connections.state !== 'ready') return [];
  return connections.value.find((connection) => connection.id === id)?.provider.askedAtCall ?? [];
}
