import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId, TargetId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Work } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKey } from './note-keys.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { planRotation, type RotationRefusal, type RotationWish } from './rotate-key.ts';
import { nameOfTarget } from './targets-in-file.ts';
import { freshRun, type Works } from './works.ts';

export type RotationStartFailure =
  | RotationRefusal
  | Failure<'key-unknown' | 'work-running' | 'storage-failed'>;

/** A rotation that has begun; `ended` answers the work when it has finished, is blocked, or waits. */
export interface BegunRotation {
  readonly work: ObtainingWork;
  readonly ended: Promise<Work>;
}

/** Begins a rotation once everything local has been looked at, and answers when its intent is durable. */
export async function requestRotation(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  wish: RotationWish & { readonly answers: Answers },
): Promise<Result<BegunRotation, RotationStartFailure>> {
  const planned = await plan(ports, works, id, wish);
  return planned.ok ? begin(works, planned.value) : planned;
}

/** What the user says of a key that has leaked. */
export interface LeakedWish {
  /** Ends the key at once, before there is a new one. */
  readonly revokeFirst: boolean;
  readonly confirmName: string;
  readonly answers: Answers;
  /** Targets that do not get the new key and are followed no more. */
  readonly without?: readonly TargetId[];
  /** The key's name, where the user lets the new key into those of its files that Git tracks. */
  readonly confirmTracked?: string;
}

/**
 * Begins the replacement of a key that has leaked: it gets no grace. A live key needs its name as confirmation where it
 * ends before there is a new one, as the user wants it or because its provider has no room for two, and where the new one
 * goes into a file that Git tracks.
 */
export async function requestReplacement(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  { revokeFirst, confirmName, answers, without = [], confirmTracked = '' }: LeakedWish,
): Promise<Result<BegunRotation, RotationStartFailure | Failure<'confirmation-needed'>>> {
  const oldKey = ports.records.keys.get(id);
  const mayBeTracked = confirmTracked !== '' && confirmTracked === oldKey?.name;
  const wish = {
    grace: 'now',
    oldDiesNow: true,
    leaked: true,
    revokeFirst,
    answers,
    without,
    mayBeTracked,
  } as const;
  const planned = await plan(ports, works, id, wish);
  if (!planned.ok) return planned;
  const { revokesFirst, newKey } = planned.value.work;
  if (revokesFirst && newKey.environment === 'live' && confirmName !== newKey.name)
    return fail(failure('confirmation-needed', { name: newKey.name }));
  const begun = await begin(works, planned.value);
  if (begun.ok) await noteLeftOut(ports, oldKey, without);
  return begun;
}

async function noteLeftOut(
  ports: KeyPorts,
  key: KeyRecord | undefined,
  without: readonly TargetId[],
): Promise<void> {
  for (const target of key?.targets.filter(({ id }) => without.includes(id)) ?? []) {
    // The replacement goes on without the entry: nothing depends on it, and a leaked key must not wait for it.
    if (key !== undefined) await noteKey(ports, key, 'target-unlinked', nameOfTarget(key, target));
  }
}

async function plan(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  { answers, ...wish }: RotationWish & { readonly answers: Answers },
) {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (works.ofKey(id) !== undefined) return fail(failure('work-running'));
  const run = freshRun(answers);
  const planned = await planRotation(ports, key, wish, run);
  return planned.ok ? ok({ work: planned.value, run }) : planned;
}

async function begin(
  works: Works,
  { work, run }: { readonly work: ObtainingWork; readonly run: ReturnType<typeof freshRun> },
): Promise<Result<BegunRotation, Failure<'work-running' | 'storage-failed'>>> {
  const started = await works.start(work, run);
  return started.ok ? ok({ work, ended: started.value.ended }) : started;
}
