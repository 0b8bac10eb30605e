import { useEffect, useState } from 'react';
import type { ConnectionId, KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
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
  | { readonly state: 'failed'; readonly failure: PageFailure; readonly retry: () => void }
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

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'ready'; readonly choices: Choices };

/** Loads what can be chosen and sends the request once. `onIssued` is called with the key that was made. */
export function useGenerateKey(onIssued: (keyId: KeyId) => void): GenerateKey {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [sending, setSending] = useState<Sending>({ step: 'filling', placed: null });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again.
  useEffect(() => {
    let current = true;
    load().then((next) => current && setLoaded(next));
    const off = api.on('connections.changed', ({ connections }) =>
      setLoaded((before) =>
        before.state === 'ready' ? { ...before, choices: { ...before.choices, connections } } : before,
      ),
    );
    return () => {
      current = false;
      off();
    };
  }, [attempt]);

  const send = async (
    draft: Draft & { readonly connectionId: ConnectionId },
    answers: Record<string, string>,
  ) => {
    setSending({ step: 'running' });
    const input: IssueInput = issueInput(draft, answers);
    const answer = await api.call('keys.issue', input);
    if (answer.ok) onIssued(answer.value.keyId);
    else if (answer.error.code === 'outcome-unknown') setSending({ step: 'unknown', failure: answer.error });
    else setSending({ step: 'filling', placed: placeFailure(answer.error, draft.targets) });
  };

  switch (loaded.state) {
    case 'loading':
      return loaded;
    case 'failed':
      return { ...loaded, retry: () => setAttempt((before) => before + 1) };
    case 'ready':
      if (loaded.choices.connections.length === 0) return { state: 'no-connection' };
      return {
        state: 'ready',
        choices: loaded.choices,
        sending,
        send,
        place: (placed) => setSending({ step: 'filling', placed }),
      };
  }
}

async function load(): Promise<Loaded> {
  const [connections, settings] = await Promise.all([
    api.call('connections.list', {}),
    api.call('settings.get', {}),
  ]);
  if (!connections.ok) return { state: 'failed', failure: connections.error };
  // Without settings the form still works; 90 days is what they would have proposed.
  const rotationDays = settings.ok ? settings.value.rotationDays : 90;
  return { state: 'ready', choices: { connections: connections.value.connections, rotationDays } };
}
