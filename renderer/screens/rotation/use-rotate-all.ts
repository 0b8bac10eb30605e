import { useEffect, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import type { BatchView } from '../../../shared/ipc/work.contract.ts';
import { api } from '../../api/client.ts';
import { useNow } from '../../components/use-now.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useBatch } from '../frame/use-status.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { agendaOf, type DueKey } from './timeline.ts';

export type RotateAll =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'choosing';
      readonly items: readonly DueKey[];
      readonly isStarting: boolean;
      readonly failure: PageFailure | null;
      readonly start: (grace: Grace) => void;
    }
  | { readonly state: 'begun'; readonly batch: BatchView };

type Starting =
  | { readonly step: 'choosing'; readonly failure: PageFailure | null }
  | { readonly step: 'starting'; readonly items: readonly DueKey[] }
  | { readonly step: 'begun'; readonly batch: BatchView };

/** Asks for the grace, begins to rotate everything that is due, and follows it. What runs already is followed at once. */
export function useRotateAll(): RotateAll {
  const keys = useKeyEntries();
  const last = useBatch();
  const now = useNow();
  const [starting, setStarting] = useState<Starting>({ step: 'choosing', failure: null });

  const running = last.state === 'ready' && last.value?.finishedAt === null ? last.value : null;
  useEffect(() => {
    if (running === null) return;
    // It is followed to its end, when it does not run any more.
    setStarting((before) => (before.step === 'choosing' ? { step: 'begun', batch: running } : before));
  }, [running]);

  if (keys.state === 'failed') return { state: 'failed', failure: keys.error };
  if (last.state === 'failed') return { state: 'failed', failure: last.error };
  if (keys.state === 'loading' || last.state === 'loading') return { state: 'loading' };
  if (starting.step === 'begun') {
    const isSame = last.value?.startedAt === starting.batch.startedAt;
    return { state: 'begun', batch: (isSame ? last.value : null) ?? starting.batch };
  }
  if (running !== null && starting.step === 'choosing') return { state: 'begun', batch: running };
  const agenda = agendaOf(
    keys.value.map(({ row }) => row),
    now,
  );
  // They leave the agenda one by one as their rotations begin.
  const items = starting.step === 'starting' ? starting.items : [...agenda.overdue, ...agenda.dueSoon];
  const start = async (grace: Grace) => {
    if (starting.step !== 'choosing' || items.length === 0) return;
    setStarting({ step: 'starting', items });
    const answer = await api.call('work.rotateAll', { ids: items.map(({ key }): KeyId => key.id), grace });
    setStarting(
      answer.ok ? { step: 'begun', batch: answer.value } : { step: 'choosing', failure: answer.error },
    );
  };
  return {
    state: 'choosing',
    items,
    isStarting: starting.step === 'starting',
    failure: starting.step === 'choosing' ? starting.failure : null,
    start: (grace) => void start(grace),
  };
}
