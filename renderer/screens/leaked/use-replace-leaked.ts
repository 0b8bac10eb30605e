import { useEffect, useState } from 'react';
import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { InputOf } from '../../../shared/ipc/define.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useWorks } from '../frame/use-status.ts';
import { type LoadedKey, loadKey } from '../key/load-key.ts';
import { useWorkActions, type WorkActions } from '../rotation/use-work-actions.ts';

/** How a leaked key is to be replaced. */
export type LeakedWish = Omit<InputOf<KeyturnContract['keys.replaceLeaked']>, 'id'>;

export type ReplaceLeaked =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'choosing';
      readonly detail: KeyDetail;
      readonly connection: ConnectionView | null;
      readonly isStarting: boolean;
      readonly failure: PageFailure | null;
      readonly start: (wish: LeakedWish) => void;
    }
  | {
      readonly state: 'under-way';
      readonly connection: ConnectionView | null;
      readonly work: WorkView;
      readonly actions: WorkActions;
    };

type Starting =
  | { readonly step: 'choosing'; readonly failure: PageFailure | null }
  | { readonly step: 'starting' }
  | { readonly step: 'started'; readonly workId: WorkId };

/** Asks how a leaked key is replaced, begins it, and follows it. */
export function useReplaceLeaked(keyId: KeyId): ReplaceLeaked {
  const [loaded, setLoaded] = useState<LoadedKey | { readonly state: 'loading' }>({ state: 'loading' });
  const [starting, setStarting] = useState<Starting>({ step: 'choosing', failure: null });
  const works = useWorks();
  const actions = useWorkActions();

  useEffect(() => {
    let current = true;
    loadKey(keyId).then((next) => current && setLoaded(next));
    return () => {
      current = false;
    };
  }, [keyId]);

  if (loaded.state !== 'ready') return loaded;
  if (works.state === 'failed') return { state: 'failed', failure: works.error };
  const { detail, connection } = loaded;
  if (starting.step === 'started') {
    const work = works.state === 'ready' ? works.value.find(({ id }) => id === starting.workId) : undefined;
    return work === undefined ? { state: 'loading' } : { state: 'under-way', connection, work, actions };
  }
  const start = async (wish: LeakedWish) => {
    setStarting({ step: 'starting' });
    const answer = await api.call('keys.replaceLeaked', { id: keyId, ...wish });
    setStarting(
      answer.ok
        ? { step: 'started', workId: answer.value.workId }
        : { step: 'choosing', failure: answer.error },
    );
  };
  return {
    state: 'choosing',
    detail,
    connection,
    isStarting: starting.step === 'starting',
    failure: starting.step === 'choosing' ? starting.failure : null,
    start: (wish) => void start(wish),
  };
}
