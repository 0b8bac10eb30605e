import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { keyIdSchema, workIdSchema } from './ids.ts';
import { type KeyRecord, keyRecordSchema } from './key.ts';

/** How long an old key stays alive after its replacement is in place. */
export const graceSchema = z.enum(['now', '1-hour', '24-hours', '7-days', '30-days']);
export type Grace = z.infer<typeof graceSchema>;

const hourMs = 3_600_000;

const graceMs: Record<Grace, number> = {
  now: 0,
  '1-hour': hourMs,
  '24-hours': 24 * hourMs,
  '7-days': 7 * 24 * hourMs,
  '30-days': 30 * 24 * hourMs,
};

/** How long a grace is, in seconds. */
export const graceSeconds = (grace: Grace): number => graceMs[grace] / 1_000;

/** When the old key's grace ends; never later than the old key's own expiry. */
export function graceEnd(grace: Grace, from: number, oldKeyExpiresAt: number | null): number {
  const end = from + graceMs[grace];
  return oldKeyExpiresAt === null ? end : Math.min(end, oldKeyExpiresAt);
}

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
 * has been written and read back.
 */
export const workStateSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('creating') }),
  z.object({ step: z.literal('outcome-unknown'), strays: z.array(z.string()).nullable() }),
  z.object({ step: z.literal('created') }),
  z.object({ step: z.literal('stored') }),
  z.object({ step: z.literal('verified') }),
  z.object({ step: z.literal('delivered') }),
  z.object({ step: z.literal('retiring'), until: z.number().int() }),
  z.object({ step: z.literal('revoking') }),
  z.object({ step: z.literal('undoing'), reason: failureSchema }),
  z.object({
    step: z.literal('finished'),
    outcome: z.enum(['done', 'undone', 'failed']),
    reason: failureSchema.nullable(),
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
  startedAt: z.number().int(),
  updatedAt: z.number().int(),
  state: workStateSchema,
  blocked: failureSchema.nullable(),
});
export type Work = z.infer<typeof workSchema>;
export type WorkKind = Work['kind'];

/** What a person sees of a piece of work, in order. */
export type StepName = 'create' | 'store' | 'verify' | 'deliver' | 'grace' | 'revoke';
export type StepState = 'done' | 'running' | 'waiting' | 'stopped';
export interface StepView {
  readonly name: StepName;
  readonly state: StepState;
}

const stepNames: Record<WorkKind, readonly StepName[]> = {
  issue: ['create', 'store', 'deliver'],
  rotate: ['create', 'store', 'verify', 'deliver', 'grace', 'revoke'],
  revoke: ['revoke'],
};

/** The step that a piece of work is at, in a person's terms; null when it has finished. */
function currentStep(work: Pick<Work, 'kind' | 'state'>): StepName | null {
  const afterStore: StepName = work.kind === 'issue' ? 'deliver' : 'verify';
  switch (work.state.step) {
    case 'creating':
    case 'outcome-unknown':
    case 'undoing':
      return 'create';
    case 'created':
      return 'store';
    case 'stored':
      return afterStore;
    case 'verified':
      return 'deliver';
    case 'delivered':
    case 'retiring':
      return 'grace';
    case 'revoking':
      return 'revoke';
    case 'finished':
      return null;
  }
}

/** The steps of a piece of work, each with how it stands. */
export function stepsOf(work: Pick<Work, 'kind' | 'state' | 'blocked'>): StepView[] {
  const names = stepNames[work.kind];
  const current = currentStep(work);
  const at = current === null ? names.length : names.indexOf(current);
  const stopped = work.blocked !== null || work.state.step === 'outcome-unknown';
  return names.map((name, index) => {
    if (index < at) return { name, state: 'done' };
    if (index > at) return { name, state: 'waiting' };
    return { name, state: stopped ? 'stopped' : 'running' };
  });
}

/** Whether the work still has something to do. */
export function isUnfinished(work: Pick<Work, 'state'>): boolean {
  return work.state.step !== 'finished';
}

/**
 * The keys that a piece of work is about; nothing else may work on them meanwhile. A new key that has taken over is
 * free again: for the days of a grace, only the old one is in work.
 */
export function keysOf(work: Pick<Work, 'keyId' | 'newKey' | 'state'>): KeyRecord['id'][] {
  const hasTakenOver = work.state.step === 'retiring' || work.state.step === 'revoking';
  return work.newKey === null || hasTakenOver ? [work.keyId] : [work.keyId, work.newKey.id];
}
