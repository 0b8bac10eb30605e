import { useEffect, useState } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { Question } from '../../../shared/domain/provider.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useWorks } from '../frame/use-status.ts';
import { useWorkActions, type WorkActions } from './use-work-actions.ts';

export type RotateKey =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'choosing';
      readonly detail: KeyDetail;
      readonly questions: readonly Question[];
      readonly starting: boolean;
      readonly failure: PageFailure | null;
      readonly start: (grace: Grace, answers: Record<string, string>) => void;
    }
  | {
      readonly state: 'under-way';
      readonly detail: KeyDetail;
      readonly questions: readonly Question[];
      readonly work: WorkView;
      readonly actions: WorkActions;
    };

interface Subject {
  readonly detail: KeyDetail;
  readonly questions: readonly Question[];
}

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'ready'; readonly subject: Subject };

type Starting =
  | { readonly step: 'choosing'; readonly failure: PageFailure | null }
  | { readonly step: 'starting' }
  | { readonly step: 'started'; readonly workId: WorkId };

/** Asks for the grace, starts the rotation, and follows it. A rotation that already runs is followed at once. */
export function useRotateKey(keyId: KeyId): RotateKey {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [starting, setStarting] = useState<Starting>({ step: 'choosing', failure: null });
  const works = useWorks();
  const actions = useWorkActions();

  useEffect(() => {
    let current = true;
    loadSubject(keyId).then((next) => {
      if (!current) return;
      setLoaded(next);
      const workId = next.state === 'ready' ? next.subject.detail.workId : null;
      if (workId !== null) setStarting({ step: 'started', workId });
    });
    return () => {
      current = false;
    };
  }, [keyId]);

  if (loaded.state !== 'ready') return loaded;
  if (works.state === 'failed') return { state: 'failed', failure: works.error };
  const { subject } = loaded;

  switch (starting.step) {
    case 'choosing':
    case 'starting':
      return {
        state: 'choosing',
        ...subject,
        starting: starting.step === 'starting',
        failure: starting.step === 'choosing' ? starting.failure : null,
        start: async (grace, answers) => {
          setStarting({ step: 'starting' });
          const answer = await api.call('keys.rotate', { id: keyId, grace, answers });
          setStarting(
            answer.ok
              ? { step: 'started', workId: answer.value.workId }
              : { step: 'choosing', failure: answer.error },
          );
        },
      };
    case 'started': {
      const work = works.state === 'ready' ? works.value.find(({ id }) => id === starting.workId) : undefined;
      if (work === undefined) return { state: 'loading' };
      return { state: 'under-way', ...subject, work, actions };
    }
  }
}

/** The key and what its provider asks at every call. */
async function loadSubject(keyId: KeyId): Promise<Loaded> {
  const [detail, connections] = await Promise.all([
    api.call('keys.get', { id: keyId }),
    api.call('connections.list', {}),
  ]);
  if (!detail.ok) return { state: 'failed', failure: detail.error };
  // Without the connections the questions are unknown; main then says `answer-needed`, and they are asked by name.
  const connection = connections.ok
    ? connections.value.connections.find(({ id }) => id === detail.value.connectionId)
    : undefined;
  return {
    state: 'ready',
    subject: { detail: detail.value, questions: connection?.provider.askedAtCall ?? [] },
  };
}
