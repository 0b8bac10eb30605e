import { useEffect, useMemo, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import type { BatchView, WorkView } from '../../../shared/ipc/work.contract.ts';
import { api } from '../../api/client.ts';
import { useNow } from '../../components/use-now.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useBatch, useWorks } from '../frame/use-status.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import { type DueChoice, dueChoiceOf } from './due-choice.ts';
import { agendaOf } from './timeline.ts';

export type RotateAll =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'choosing';
      readonly due: DueChoice;
      readonly now: number;
      readonly isStarting: boolean;
      readonly failure: PageFailure | null;
      readonly start: (ids: readonly KeyId[], grace: Grace) => void;
    }
  | ({ readonly state: 'begun'; readonly batch: BatchView } & BatchFacts);

/** What is known of the keys of a batch, beside the batch itself. */
export interface BatchFacts {
  readonly rows: readonly KeyRow[];
  readonly works: readonly WorkView[];
}

type Starting =
  | { readonly step: 'choosing'; readonly failure: PageFailure | null }
  | { readonly step: 'starting'; readonly due: DueChoice }
  | { readonly step: 'begun'; readonly batch: BatchView };

/** Asks what is to be rotated and for the grace, begins it, and follows it. What runs already is followed at once. */
export function useRotateAll(): RotateAll {
  const keys = useKeyEntries();
  const last = useBatch();
  const works = useWorks();
  const now = useNow();
  const [starting, setStarting] = useState<Starting>({ step: 'choosing', failure: null });

  const running = last.state === 'ready' && last.value?.finishedAt === null ? last.value : null;
  useEffect(() => {
    if (running === null) return;
    // It is followed to its end, when it does not run any more.
    setStarting((before) => (before.step === 'choosing' ? { step: 'begun', batch: running } : before));
  }, [running]);

  const entries = keys.state === 'ready' ? keys.value : null;
  const rows = useMemo(() => entries?.map(({ row }) => row) ?? [], [entries]);
  const nowDue = useMemo(() => dueChoiceOf(agendaOf(rows, now)), [rows, now]);

  if (keys.state === 'failed') return { state: 'failed', failure: keys.error };
  if (last.state === 'failed') return { state: 'failed', failure: last.error };
  if (keys.state === 'loading' || last.state === 'loading') return { state: 'loading' };
  const facts = { rows, works: works.state === 'ready' ? works.value : [] };
  if (starting.step === 'begun') {
    const isSame = last.value?.startedAt === starting.batch.startedAt;
    return { state: 'begun', batch: (isSame ? last.value : null) ?? starting.batch, ...facts };
  }
  if (running !== null && starting.step === 'choosing') return { state: 'begun', batch: running, ...facts };
  // They leave the agenda one by one as their rotations begin.
  const due = starting.step === 'starting' ? starting.due : nowDue;
  const start = async (ids: readonly KeyId[], grace: Grace) => {
    if (starting.step !== 'choosing' || ids.length === 0) return;
    setStarting({ step: 'starting', due });
    const answer = await api.call('work.rotateAll', { ids: [...ids], grace });
    setStarting(
      answer.ok ? { step: 'begun', batch: answer.value } : { step: 'choosing', failure: answer.error },
    );
  };
  return {
    state: 'choosing',
    due,
    now,
    isStarting: starting.step === 'starting',
    failure: starting.step === 'choosing' ? starting.failure : null,
    start: (ids, grace) => void start(ids, grace),
  };
}
