import { z } from 'zod';
import { misreadCauseSchema } from './env-file.ts';
import { failureSchema } from './failure.ts';
import { keyIdSchema, targetIdSchema, workIdSchema } from './ids.ts';
import { type KeyRecord, keyRecordSchema, targetSchema } from './key.ts';

/** How long an old key stays alive after its replacement is in place. */
export const graceSchema = z.enum(['now', '1-hour', '24-hours', '7-days', '30-days']);
export type Grace = z.infer<typeof graceSchema>;

/**
 * How far a piece of work has come. Intents (`creating`, `revoking`) are written before the effect, everything
 * else is a fact, written after it.
 *
 * [Note: create is never repeated blindly]
 * `creating` means that a key may or may not have been made. Whoever finds it looks at the provider's list
 * first: what carries our label there has no stored value, is useless, and is revoked before another try.
 * A rotation by the provider itself (`rotated`) has no other try: the old value may be dead, and a second one would
 * end the new value too. A key that the user made or had (`by-hand`, `taken-in`) is never revoked by itself; where its
 * value got lost before it was stored, the user pastes it again.
 *
 * [Note: revoke is last]
 * The old key is revoked only from `delivered` or `retiring`: the new one has been verified, and every target
 * has been written and read back. Where the user wants it dead before there is a new one, or the provider has no room
 * for two, that is a state of its own, `revoking-first`, and nothing can be put back any more.
 *
 * [Note: undoing mirrors rotating]
 * `restoring` writes the old value back into every target and puts the records back; only then, in `withdrawing`, is the
 * new key revoked. Both carry the targets, so that a cut anywhere ends with the same ones.
 */
export const workStateSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('revoking-first') }),
  z.object({ step: z.literal('creating') }),
  z.object({ step: z.literal('outcome-unknown'), strays: z.array(z.string()).nullable() }),
  z.object({ step: z.literal('created') }),
  z.object({ step: z.literal('stored') }),
  z.object({ step: z.literal('verified') }),
  z.object({ step: z.literal('delivered') }),
  z.object({ step: z.literal('retiring'), until: z.number().int() }),
  /** `until`: when the old key's grace ended, so that its lateness is known. */
  z.object({ step: z.literal('revoking'), until: z.number().int().optional() }),
  /** The provider did not accept the new key: it goes again. */
  z.object({ step: z.literal('undoing'), reason: failureSchema }),
  /** The user wants the old key back. */
  z.object({ step: z.literal('restoring'), targets: z.array(targetSchema) }),
  z.object({ step: z.literal('withdrawing'), targets: z.array(targetSchema) }),
  z.object({
    step: z.literal('finished'),
    outcome: z.enum(['done', 'undone', 'failed']),
    reason: failureSchema.nullable(),
    /** By how many milliseconds the old key outlived its grace. */
    revokedLateMs: z.number().int().optional(),
    /** Where the old value was written back to. */
    restored: z.array(targetSchema).optional(),
  }),
]);
export type WorkState = z.infer<typeof workStateSchema>;
export type WorkStep = WorkState['step'];

/**
 * Where a new key comes from. `created`: the provider makes one beside the old; `rotated`: the provider replaces the old
 * one, whose value ends at that moment; `by-hand`: the user makes it in the dashboard and pastes it; `taken-in`: it
 * existed before the vault knew it.
 */
export const originSchema = z.enum(['created', 'rotated', 'by-hand', 'taken-in']);
export type Origin = z.infer<typeof originSchema>;

/** What there is to tell of one target beyond that the value was written to it. */
export const targetRemarkSchema = z.object({
  targetId: targetIdSchema,
  file: z.string(),
  /** The readers that take another value from the file than the one written. */
  readDifferentlyBy: z.array(z.string()),
  /** What in the file keeps the target's own reader from the value, where one was named. */
  because: misreadCauseSchema.optional(),
  /** The variables' names could not be put into the project's example file. */
  exampleFailed: z.boolean(),
});
export type TargetRemark = z.infer<typeof targetRemarkSchema>;

/**
 * One journaled piece of work. `keyId` is the key that it is about: the one being made by an issue, the old one
 * of a rotation or revocation. `newKey` is the record of the key being made, without any value, as complete as
 * it is known so far. `blocked` says what keeps it from going on; it is tried again at the next start or when asked.
 */
export const workSchema = z.object({
  id: workIdSchema,
  kind: z.enum(['issue', 'rotate', 'revoke']),
  keyId: keyIdSchema,
  newKey: keyRecordSchema.nullable(),
  grace: graceSchema,
  /** Work of earlier versions always asked the provider for a key. */
  origin: originSchema.default('created'),
  /** Whether the old key had leaked. */
  leaked: z.boolean().optional(),
  /** Whether the old key is revoked before there is a new one. */
  revokesFirst: z.boolean().optional(),
  /** The old key's target whose file has the new value, where a rotation takes it from there. */
  takenFrom: targetIdSchema.optional(),
  /** Whether the new key's targets have held its value before the vault knew it, so that none is written. */
  adopted: z.boolean().optional(),
  /** Of the targets that the value which counts now was written to; work of earlier versions remembers none. */
  remarks: z.array(targetRemarkSchema).optional(),
  startedAt: z.number().int(),
  updatedAt: z.number().int(),
  state: workStateSchema,
  blocked: failureSchema.nullable(),
});
export type Work = z.infer<typeof workSchema>;
export type WorkKind = Work['kind'];

const undoable: readonly WorkStep[] = ['created', 'stored', 'verified', 'delivered', 'retiring'];

/**
 * Whether the work is a rotation that can be undone, as far as it alone tells: the new key is there and the old one has
 * not begun to end. A provider that replaces a key by itself ends the old value at that moment.
 */
export function isUndoable(work: Pick<Work, 'kind' | 'state' | 'origin' | 'revokesFirst'>): boolean {
  const leavesOldAlone = work.origin === 'created' || work.origin === 'by-hand';
  return work.kind === 'rotate' && leavesOldAlone && !work.revokesFirst && undoable.includes(work.state.step);
}

/** The key that the work is ending at its provider at this moment; null when it ends none. */
export function keyBeingRevoked(work: Pick<Work, 'keyId' | 'newKey' | 'state'>): KeyRecord['id'] | null {
  switch (work.state.step) {
    case 'revoking':
    case 'revoking-first':
      return work.keyId;
    case 'undoing':
    case 'withdrawing':
      return work.newKey?.id ?? null;
    default:
      return null;
  }
}

/**
 * The remarks after targets were written anew: `wrote` has one for each of them, also where there is nothing to tell, and
 * what was told of those before no longer counts.
 */
export function withRemarks(
  before: readonly TargetRemark[],
  wrote: readonly TargetRemark[],
): readonly TargetRemark[] {
  const stays = before.filter(({ targetId }) => !wrote.some((one) => one.targetId === targetId));
  const tells = wrote.filter((one) => one.readDifferentlyBy.length > 0 || one.exampleFailed);
  return [...stays, ...tells];
}

/** Whether the work still has something to do. */
export function isUnfinished(work: Pick<Work, 'state'>): boolean {
  return work.state.step !== 'finished';
}

/**
 * The keys that a piece of work is about; nothing else may work on them meanwhile. A new key that has taken over is
 * free again: for the days of a grace, only the old one is in work. So is an old key that has been put back: until it is
 * revoked, only the new one is in work. Work that could not be written down holds both: after a restart it goes on from
 * what was written last.
 */
export function keysOf({
  keyId,
  newKey,
  state,
  blocked,
}: Pick<Work, 'keyId' | 'newKey' | 'state' | 'blocked'>): KeyRecord['id'][] {
  if (newKey === null) return [keyId];
  if (blocked?.code === 'storage-failed') return [keyId, newKey.id];
  switch (state.step) {
    case 'retiring':
    case 'revoking':
      return [keyId];
    case 'withdrawing':
      return [newKey.id];
    default:
      return [keyId, newKey.id];
  }
}
