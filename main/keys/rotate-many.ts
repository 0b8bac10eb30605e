import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Grace, Work } from '../../shared/domain/work.ts';
import type { BatchView } from '../../shared/ipc/work.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Vault } from '../vault/vault.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ProviderLookup } from './key-views.ts';
import { limitCalls } from './limit-calls.ts';
import { callsAtOnce, createLimits, rotationsAtOnce } from './limits.ts';
import { requestRotation } from './request-rotation.ts';

/** How often the page is told at most, in milliseconds. */
const tellEveryMs = 100;

/** For each that many keys a page is told a millisecond less often: what it is told holds all of them. */
const keysPerMs = 10;

/** Many rotations at once; at most one such batch runs at a time. */
export interface Batches {
  /** Begins to rotate these keys, with a few at a time, and answers how it stands. */
  rotate(vault: Vault, ids: readonly KeyId[], grace: Grace): Result<BatchView, Failure<'batch-running'>>;
  /** Begins no more rotations; those that have begun finish. Null where there is no batch. */
  cancel(): BatchView | null;
  /** The last batch, as its keys stand now; null before the first. */
  view(): BatchView | null;
}

type KeyState = BatchView['keys'][number];

interface Batch {
  readonly vault: Vault;
  /** The vault's, with few calls at a time. */
  readonly ports: KeyPorts;
  readonly startedAt: number;
  readonly keys: Map<KeyId, KeyState>;
  cancelled: boolean;
  finishedAt: number | null;
}

/** Keeps the batches of the running app; `changed` is called when there is something to tell. */
export function createBatches(options: {
  readonly vault: () => Vault | null;
  readonly providerOf: ProviderLookup;
  readonly changed: (view: BatchView) => void;
}): Batches {
  let batch: Batch | null = null;
  let telling: NodeJS.Timeout | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;

  /** Tells the page how it stands; soon, where it was told only just now. */
  function tell(): void {
    if (batch === null || telling !== null) return;
    const everyMs = Math.max(tellEveryMs, batch.keys.size / keysPerMs);
    const waitMs = Math.max(0, toldAt + everyMs - performance.now());
    telling = setTimeout(() => {
      telling = null;
      toldAt = performance.now();
      if (batch !== null) options.changed(viewOf(batch));
    }, waitMs);
    telling.unref();
  }

  function become(of: Batch, id: KeyId, next: Partial<KeyState>): void {
    const key = of.keys.get(id);
    if (key !== undefined) of.keys.set(id, { ...key, ...next });
    tell();
  }

  async function rotateOne(of: Batch, id: KeyId, grace: Grace): Promise<void> {
    const { vault } = of;
    // A vault that was locked meanwhile is not rotated in; whoever opens it next decides anew.
    if (options.vault() !== vault) of.cancelled = true;
    if (of.cancelled) return become(of, id, { state: 'skipped' });
    become(of, id, { state: 'running' });
    const wish = { grace, oldDiesNow: false, answers: {} };
    const begun = await requestRotation(of.ports, vault.works, id, wish);
    if (!begun.ok) return become(of, id, { state: 'attention', failure: begun.error });
    become(of, id, { workId: begun.value.work.id });
    become(of, id, standingOf(await begun.value.ended));
  }

  async function rotateAll(of: Batch, ids: readonly KeyId[], grace: Grace): Promise<void> {
    const withinLimits = createLimits(rotationsAtOnce);
    const connectionOf = (id: KeyId): string => of.vault.records.keys.get(id)?.connectionId ?? '';
    try {
      await Promise.all(ids.map((id) => withinLimits(connectionOf(id), () => rotateOne(of, id, grace))));
    } finally {
      of.finishedAt = of.vault.ports.clock.now();
      tell();
    }
  }

  return {
    rotate(vault, ids, grace) {
      if (batch !== null && batch.finishedAt === null) return fail(failure('batch-running'));
      const unique = [...new Set(ids)];
      const begun: Batch = {
        vault,
        ports: limitCalls(vault.ports, createLimits(callsAtOnce)),
        startedAt: vault.ports.clock.now(),
        keys: new Map(unique.map((id) => [id, waitingKey(vault, options.providerOf, id)])),
        cancelled: false,
        finishedAt: null,
      };
      batch = begun;
      const answer = viewOf(begun);
      // A fault in the code ends the batch and is told as any other.
      void rotateAll(begun, unique, grace);
      return ok(answer);
    },
    cancel() {
      if (batch === null) return null;
      if (batch.finishedAt === null) batch.cancelled = true;
      tell();
      return viewOf(batch);
    },
    view: () => (batch === null ? null : viewOf(batch)),
  };
}

function waitingKey(vault: Vault, providerOf: ProviderLookup, id: KeyId): KeyState {
  const key = vault.records.keys.get(id);
  const providerId =
    key === undefined ? '' : (vault.records.connections.get(key.connectionId)?.providerId ?? '');
  return {
    keyId: id,
    name: key?.name ?? '',
    provider: providerOf(providerId)?.name ?? providerId,
    state: 'waiting',
    workId: null,
    failure: null,
  };
}

/** How a key of the batch stands whose rotation has come to rest. */
function standingOf(work: Work): Pick<KeyState, 'state' | 'failure' | 'remarks'> {
  const { state, blocked, remarks = [] } = work;
  if (blocked !== null) return { state: 'attention', failure: blocked };
  if (state.step === 'outcome-unknown') {
    const strays = state.strays?.length ?? null;
    return { state: 'attention', failure: failure('outcome-unknown', { workId: work.id, strays }) };
  }
  if (state.step === 'finished' && state.outcome !== 'done')
    return { state: 'attention', failure: state.reason };
  const told = remarks.length === 0 ? {} : { remarks };
  if (state.step === 'finished') return { state: 'done', failure: state.reason, ...told };
  return { state: state.step === 'retiring' ? 'in-grace' : 'running', failure: null, ...told };
}

/** The batch as it stands now: what became of its rotations later, by a grace that ended or the user's help, counts. */
function viewOf({ vault, startedAt, keys, cancelled, finishedAt }: Batch): BatchView {
  const now = (key: KeyState): KeyState => {
    const work = key.workId === null || key.state === 'running' ? undefined : vault.works.get(key.workId);
    return work === undefined ? key : { ...key, ...standingOf(work) };
  };
  return { startedAt, cancelled, finishedAt, keys: [...keys.values()].map(now) };
}
