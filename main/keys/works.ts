import { isDeepStrictEqual } from 'node:util';
import { type EnvFileFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId, TargetId, WorkId } from '../../shared/domain/ids.ts';
import { isUnfinished, keysOf, type Work, type WorkState } from '../../shared/domain/work.ts';
import { isBeingUndone } from '../../shared/domain/work-steps.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { rehearseTargets } from './deliver-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { callsAtOnce, createLimits } from './limits.ts';
import { revokeStrays } from './obtain-key.ts';
import { examinePasted, type PastedFault } from './pasted-key.ts';
import { providerOf } from './provider-of.ts';
import { canBePutBack, canUndo, targetsToRestore } from './undo-rotation.ts';
import { after, isObtaining, nextStep } from './work-machine.ts';
import {
  endsOldFirst,
  markRunning,
  markStopped,
  note,
  setStatus,
  settleKeys,
  showOnKey,
  waitsForKey,
} from './work-on-keys.ts';
import type { Run } from './work-step.ts';

/** How many finished works are kept in memory to be looked at. */
const finishedKept = 50;

/** What the user brings when work that stopped goes on. */
export interface GoOnWish {
  readonly answers: Answers;
  /** The new key, where the work waits for one that the user makes. */
  readonly key?: SecretFields | null;
  /** Takes a key that does not look like one of the provider. */
  readonly anyForm?: boolean;
  /** The user's word that they have revoked the key in the dashboard. */
  readonly doneByHand?: boolean;
}

type NotNow = Failure<'work-unknown' | 'work-running'>;

/** Work in hand: at most one at a time for any key. */
export interface Works {
  /** Unfinished work, and what finished since the app started; newest first. */
  list(): Work[];
  get(id: WorkId): Work | undefined;
  /** The work that a key is part of, if it has not finished. */
  ofKey(id: KeyId): Work | undefined;
  /**
   * Writes planned work down and begins it. `begun` is there once the intent is durable; `ended` answers the work
   * when it has finished, is blocked, or waits.
   */
  start(
    work: Work,
    run: Run,
  ): Promise<Result<{ ended: Promise<Work> }, Failure<'work-running' | 'storage-failed'>>>;
  /**
   * Goes on with work that stopped. Answers the work when it stops again. A pasted key is looked at first; what is wrong
   * with it, or keeps it from being written, is answered, and the work stays as it is.
   */
  goOn(id: WorkId, wish: GoOnWish): Promise<Result<Work, NotNow | PastedFault | EnvFileFailure>>;
  /** Ends the grace of a rotation now: the old key is revoked as if its time had come. */
  endGrace(id: WorkId, answers: Answers, doneByHand?: boolean): Promise<Result<Work, NotNow>>;
  /** Revokes the strays of an unknown outcome and ends the work. */
  revokeStrays(id: WorkId, answers: Answers): Promise<Result<Work, Failure>>;
  /**
   * Ends work that is stopped without doing more of it: a revocation, a rotation that waits for its new key, one whose new
   * value its own provider refuses, or an unknown outcome that nobody can find out. Anything else has made a key that must not be left alone, and goes on.
   */
  giveUp(id: WorkId): Promise<Result<Work, NotNow | Failure<'storage-failed'>>>;
  /**
   * Undoes a rotation while the old key lives: the old value goes back into every target and the records, then the new key
   * is revoked. Answers the work when it has finished or stopped; `undo-too-late` changes nothing.
   */
  undo(
    id: WorkId,
    answers: Answers,
  ): Promise<Result<Work, NotNow | Failure<'undo-too-late' | 'storage-failed'>>>;
  /** A target was written by hand: what was told of it before is told no more. */
  targetRewritten(id: TargetId): Promise<void>;
  /**
   * Continues everything unfinished, as at a start, with a few at a time. Answers when every one has finished, is blocked,
   * or waits.
   */
  resume(): Promise<void>;
  /** Continues what only waited for its time. Cheap when there is nothing. */
  tick(): Promise<void>;
  /** Begins nothing more of what `resume` and `tick` have still to do, and answers when nothing is running any more. */
  settled(): Promise<void>;
}

/** A run in which the user is there, and nothing of the work has happened yet. */
export const freshRun = (answers: Answers, doneByHand = false): Run => ({
  answers,
  pasted: null,
  doneByHand,
  mayCreate: true,
  overwrites: false,
  attended: true,
  provider: null,
});

/** A run that goes on with work of which it is not known how far it came. */
const laterRun = (answers: Answers, attended: boolean, doneByHand = false, overwrites = false): Run => ({
  answers,
  pasted: null,
  doneByHand,
  mayCreate: false,
  overwrites,
  attended,
  provider: null,
});

/** Builds the works over what the journal holds. */
export function createWorks(ports: KeyPorts): Works {
  const works = new Map<WorkId, Work>(ports.journal.unfinished().map((work) => [work.id, work]));
  const running = new Map<WorkId, Promise<Work>>();
  /** Work whose intent is being written down: it has its keys already, and is not there to be gone on with yet. */
  const beginning = new Set<Work>();
  const withinLimits = createLimits(callsAtOnce);
  /** Work that `resume` and `tick` have still to begin. */
  const queued = new Set<WorkId>();

  const ofKey = (id: KeyId): Work | undefined =>
    [...beginning, ...works.values()].find((work) => isUnfinished(work) && keysOf(work).includes(id));

  function show(work: Work): void {
    works.set(work.id, work);
    ports.announceWork(work);
  }

  async function write(work: Work): Promise<Result<void, Failure<'storage-failed'>>> {
    const written = await ports.journal.write(work);
    if (written.ok) show(work);
    return written;
  }

  async function carry(start: Work, run: Run): Promise<Work> {
    let work = start;
    while (isUnfinished(work)) {
      const outcome = await nextStep(ports, work, run);
      const next = after(work, outcome, ports.clock.now());
      if (next === work) return rest(work);
      const known = works.get(work.id);
      // Told already, and nobody has asked again: a start while offline adds no line for each work.
      if (known !== undefined && !run.attended && isStoppedAlike(known, next)) return stopAgain(known);
      const isEnd = !isUnfinished(next);
      const written = isEnd ? await finish(next, work.state.step) : await write(next);
      // An end that is not written down has not come yet: the last step is done again.
      if (!written.ok) return stop({ ...(isEnd ? work : next), blocked: written.error });
      if (next.blocked !== null || next.state.step === 'outcome-unknown') return stop(next);
      work = next;
    }
    return work;
  }

  /** Waits, and is no longer stopped by what stopped it before. */
  async function rest(work: Work): Promise<Work> {
    // The power may have gone between the journal and the record.
    if (work.state.step === 'outcome-unknown')
      await setStatus(ports, work.keyId, 'needs-attention', 'outcome-unknown');
    if (!works.get(work.id)?.blocked) return work;
    const written = await write(work);
    if (!written.ok) return stop({ ...work, blocked: written.error });
    if (work.state.step === 'retiring') await setStatus(ports, work.keyId, 'retiring', null);
    return work;
  }

  /** Marks the key with what it waits for. Memory and records only: the journal already says it. */
  async function stop(work: Work): Promise<Work> {
    await showOnKey(ports, work);
    show(work);
    return work;
  }

  /** Stays stopped as the journal and the page know already. */
  async function stopAgain(work: Work): Promise<Work> {
    await markStopped(ports, work);
    return work;
  }

  /** Brings the keys to what the end makes of them, and writes the end down. */
  async function finish(
    work: Work,
    from: WorkState['step'],
  ): Promise<Result<void, Failure<'storage-failed'>>> {
    const settled = await settleKeys(ports, work, from);
    if (!settled.ok) return settled;
    const finished = [...works.values()].filter((other) => !isUnfinished(other));
    for (const old of finished.slice(0, Math.max(0, finished.length - finishedKept))) works.delete(old.id);
    return write(work);
  }

  function run(work: Work, how: Run, first: () => Promise<void> = async () => undefined): Promise<Work> {
    const carried = first()
      .then(() => markRunning(ports, work))
      .then(() => carry(work, how))
      .finally(() => running.delete(work.id));
    running.set(work.id, carried);
    return carried;
  }

  /** Ends work outside of its steps, while nobody else goes on with it. */
  function alone<T>(work: Work, act: () => Promise<T>): Promise<T> {
    const acting = act().finally(() => running.delete(work.id));
    running.set(
      work.id,
      acting.then(
        () => work,
        () => work,
      ),
    );
    return acting;
  }

  /** Goes on with each of these that is still `ready` when its turn comes. */
  async function carryOn(ids: readonly WorkId[], ready: (work: Work) => boolean): Promise<void> {
    const goOn = async (id: WorkId): Promise<void> => {
      const work = works.get(id);
      if (!queued.delete(id) || work === undefined || running.has(id) || !ready(work)) return;
      await run({ ...work, blocked: null }, laterRun({}, false));
    };
    const fresh = ids.filter((id) => !queued.has(id));
    for (const id of fresh) queued.add(id);
    await Promise.all(fresh.map((id) => withinLimits(connectionOf(id), () => goOn(id))));
  }

  function connectionOf(id: WorkId): string {
    const work = works.get(id);
    const key = work === undefined ? undefined : (work.newKey ?? ports.records.keys.get(work.keyId));
    return key?.connectionId ?? '';
  }

  return {
    list: () => [...works.values()].sort((a, b) => b.startedAt - a.startedAt),
    get: (id) => works.get(id),
    ofKey,
    async start(work, how) {
      if (keysOf(work).some((id) => ofKey(id) !== undefined)) return fail(failure('work-running'));
      beginning.add(work);
      const written = await write(work);
      beginning.delete(work);
      if (!written.ok) return written;
      const first = work.kind === 'rotate' ? () => note(ports, work, 'rotation-started') : undefined;
      return ok({ ended: run(work, how, first) });
    },
    async goOn(id, { answers, key = null, anyForm = false, doneByHand = false }) {
      const asked = works.get(id);
      const how = laterRun(answers, true, doneByHand, asked !== undefined && isHeldByEdit(asked));
      if (asked !== undefined && key !== null && waitsForKey(asked)) {
        const provider = await providerOf(ports, asked.newKey.connectionId, how);
        const pasted = provider.ok ? examinePasted(ports, provider.value, key, anyForm) : ok(null);
        if (!pasted.ok) return pasted;
        const { targets } = asked.newKey;
        const writable = pasted.value === null ? done : await rehearseTargets(ports, targets, pasted.value);
        if (!writable.ok) return writable;
        how.pasted = pasted.value;
      }
      const work = works.get(id);
      if (work === undefined) return fail(failure('work-unknown'));
      if (running.has(id)) return fail(failure('work-running'));
      return ok(await run({ ...work, blocked: null }, how));
    },
    async endGrace(id, answers, doneByHand = false) {
      const work = works.get(id);
      if (work === undefined) return fail(failure('work-unknown'));
      if (running.has(id) || work.state.step !== 'retiring') return fail(failure('work-running'));
      const over: Work = { ...work, state: { step: 'retiring', until: ports.clock.now() }, blocked: null };
      return ok(await run(over, laterRun(answers, true, doneByHand)));
    },
    async revokeStrays(id, answers) {
      const work = works.get(id);
      if (work === undefined || !isObtaining(work)) return fail(failure('work-unknown'));
      if (running.has(id)) return fail(failure('work-running'));
      return alone(work, async () => {
        const outcome = await revokeStrays(ports, work, laterRun(answers, true));
        if (outcome.kind === 'blocked') return fail(outcome.failure);
        const next = after(work, outcome, ports.clock.now());
        const written = await (isUnfinished(next) ? write(next) : finish(next, work.state.step));
        return written.ok ? ok(next) : written;
      });
    },
    async giveUp(id) {
      const work = works.get(id);
      if (work === undefined || !isUnfinished(work)) return fail(failure('work-unknown'));
      if (running.has(id)) return fail(failure('work-running'));
      const state = givenUp(work);
      if (state === null) return fail(failure('work-running'));
      const next: Work = { ...work, state, blocked: null, updatedAt: ports.clock.now() };
      if (work.newKey !== null) ports.unstored.delete(work.newKey.id);
      return alone(work, async () => {
        const written = await (work.kind === 'revoke' ? write(next) : finish(next, work.state.step));
        return written.ok ? ok(next) : written;
      });
    },
    async undo(id, answers) {
      const work = works.get(id);
      if (work === undefined || !isObtaining(work) || work.kind !== 'rotate')
        return fail(failure('work-unknown'));
      if (running.has(id)) return fail(failure('work-running'));
      const how = laterRun(answers, true, false, isHeldByEdit(work));
      if (isBeingUndone(work)) return ok(await run({ ...work, blocked: null }, how));
      // Whether there is a new key at all has to be found out first.
      if (work.state.step === 'creating' || work.state.step === 'outcome-unknown')
        return fail(failure('work-running'));
      const refused = (): Failure<'undo-too-late' | 'work-running'> | null => {
        if (!canUndo(work, ports.records.keys)) return failure('undo-too-late');
        return (ofKey(work.newKey.id) ?? work).id === id ? null : failure('work-running');
      };
      return alone(work, async () => {
        const asked = refused();
        if (asked !== null) return fail(asked);
        const targets = targetsToRestore(work, ports.records.keys);
        const possible = await canBePutBack(ports, work, targets, how);
        // What cannot be told now stops the undoing with its reason, and can be tried again.
        const refusal = possible.ok && !possible.value ? failure('undo-too-late') : refused();
        if (refusal !== null) return fail(refusal);
        const next: Work = {
          ...work,
          state: { step: 'restoring', targets: targetsToRestore(work, ports.records.keys) },
          // What was told is of the new value.
          remarks: [],
          blocked: null,
          updatedAt: ports.clock.now(),
        };
        // From here on the new key is in work again.
        beginning.add(next);
        const written = await write(next);
        beginning.delete(next);
        if (!written.ok) return written;
        await markRunning(ports, next);
        return ok(await carry(next, how));
      });
    },
    async targetRewritten(id) {
      for (const work of [...works.values()].filter((one) => !running.has(one.id))) {
        const remarks = work.remarks?.filter(({ targetId }) => targetId !== id);
        if (remarks === undefined || remarks.length === work.remarks?.length) continue;
        const next = { ...work, remarks };
        // A journal that cannot be written keeps a remark too many, until the work's next step.
        if (isUnfinished(work)) await ports.journal.write(next);
        if (works.get(work.id) === work) show(next);
      }
    },
    async resume() {
      const ready = (work: Work) => isUnfinished(work) && work.blocked?.code !== 'key-needed';
      await carryOn(
        [...works.values()].filter((work) => ready(work) && !running.has(work.id)).map(idOf),
        ready,
      );
    },
    async tick() {
      const ready = ({ state, blocked }: Work) =>
        state.step === 'retiring' && state.until <= ports.clock.now() && blocked === null;
      await carryOn(
        [...works.values()].filter((work) => ready(work) && !running.has(work.id)).map(idOf),
        ready,
      );
    },
    async settled() {
      queued.clear();
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}

/** Whether the work stands where it stood, for the same reason. */
const isStoppedAlike = (known: Work, next: Work): boolean =>
  next.blocked !== null &&
  isDeepStrictEqual([known.state, known.newKey, known.blocked], [next.state, next.newKey, next.blocked]);

const idOf = (work: Work): WorkId => work.id;

/** Whether somebody else's edit of a file keeps an old key from being put back: who goes on then wants it replaced. */
const isHeldByEdit = ({ state, blocked }: Work): boolean =>
  state.step === 'restoring' && (blocked?.code === 'file-changed' || blocked?.code === 'file-gone');

/** What work becomes that is given up; null where it cannot be. */
function givenUp(work: Work): WorkState | null {
  const { state } = work;
  if (work.kind === 'revoke') return { step: 'finished', outcome: 'failed', reason: work.blocked };
  if (work.origin === 'by-hand' && (state.step === 'creating' || state.step === 'created'))
    return { step: 'finished', outcome: 'undone', reason: null };
  // The old key is dead already, and the new one was ended at the provider before anything depended on it.
  if (endsOldFirst(work) && state.step === 'stored' && work.blocked?.code === 'key-not-verified')
    return { step: 'finished', outcome: 'failed', reason: work.blocked };
  if (state.step !== 'outcome-unknown' || (state.strays ?? []).length > 0) return null;
  const reason = failure('outcome-unknown', { workId: work.id, strays: state.strays?.length ?? null });
  return { step: 'finished', outcome: 'failed', reason };
}
