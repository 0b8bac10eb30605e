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
import { useWorkActions, type WorkActions } from './use-work-actions.ts';

/** What was chosen for a rotation. */
export type RotateWish = Omit<InputOf<KeyturnContract['keys.rotate']>, 'id'>;

export type RotateKey =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'choosing';
      readonly detail: KeyDetail;
      /** The account that the key is of; null where it cannot be read. */
      readonly connection: ConnectionView | null;
      readonly starting: boolean;
      readonly failure: PageFailure | null;
      readonly start: (wish: RotateWish) => void;
    }
  | {
      readonly state: 'under-way';
      readonly detail: KeyDetail;
      /** The account that the key is of; null where it cannot be read. */
      readonly connection: ConnectionView | null;
      readonly work: WorkView;
      readonly actions: WorkActions;
    };

type Starting =
  | { readonly step: 'choosing'; readonly failure: PageFailure | null }
  | { readonly step: 'starting' }
  | { readonly step: 'started'; readonly workId: WorkId };

/** Asks for the grace, starts the rotation, and follows it. A rotation that already runs is followed at once. */
export function useRotateKey(keyId: KeyId): RotateKey {
  const [loaded, setLoaded] = useState<LoadedKey | { readonly state: 'loading' }>({ state: 'loading' });
  const [starting, setStarting] = useState<Starting>({ step: 'choosing', failure: null });
  const works = useWorks();
  const actions = useWorkActions();

  useEffect(() => {
    let current = true;
    loadKey(keyId).then((next) => {
      if (!current) return;
      setLoaded(next);
      const workId = next.state === 'ready' ? next.detail.workId : null;
      if (workId !== null) setStarting({ step: 'started', workId });
    });
    return () => {
      current = false;
    };
  }, [keyId]);

  if (loaded.state !== 'ready') return loaded;
  if (works.state === 'failed') return { state: 'failed', failure: works.error };
  const { detail, connection } = loaded;

  switch (starting.step) {
    case 'choosing':
    case 'starting':
      return {
        state: 'choosing',
        detail,
        connection,
        starting: starting.step === 'starting',
        failure: starting.step === 'choosing' ? starting.failure : null,
        start: async (wish) => {
          setStarting({ step: 'starting' });
          const answer = await api.call('keys.rotate', { id: keyId, ...wish });
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
      return { state: 'under-way', detail, connection, work, actions };
    }
  }
}
