import { z } from 'zod';
import {
  envFileFailures,
  failureSchema,
  pastedFailures,
  providerFailures,
  secretStoreFailures,
} from '../domain/failure.ts';
import { keyIdSchema, workIdSchema } from '../domain/ids.ts';
import { graceSchema, originSchema, targetRemarkSchema } from '../domain/work.ts';
import { call, feed } from './define.ts';

/** A piece of work as the page shows it. */
export const workViewSchema = z.object({
  id: workIdSchema,
  kind: z.enum(['issue', 'rotate', 'revoke']),
  origin: originSchema,
  keyId: keyIdSchema,
  newKeyId: keyIdSchema.nullable(),
  name: z.string(),
  provider: z.string(),
  startedAt: z.number(),
  updatedAt: z.number(),
  steps: z.array(
    z.object({
      name: z.enum(['create', 'store', 'verify', 'deliver', 'grace', 'revoke']),
      state: z.enum(['done', 'running', 'waiting', 'stopped']),
    }),
  ),
  /** When the old key's grace ends, while that is what it waits for. */
  graceUntil: z.number().nullable(),
  /** Whether `work.undo` can still put the old key back. */
  canUndo: z.boolean(),
  /** Whether the user has asked for the old key back: its steps are then `deliver` (the old value) and `revoke` (the new key). */
  undoing: z.boolean().optional(),
  /** Whether the new key was taken from a file of its own key: the user has made it already. */
  fromFile: z.boolean().optional(),
  /** Whether the old key had leaked, so that it gets no grace. */
  leaked: z.boolean(),
  /** By how many milliseconds the old key outlived its grace, because the app was closed or the provider did not answer. */
  revokedLateMs: z.number().nullable(),
  /** The files that the new key was written to, and the variables there: what reads them has to be restarted. */
  written: z.array(z.object({ file: z.string(), variables: z.array(z.string()) })),
  /** What there is to tell of those files; left out where there is nothing. */
  remarks: z.array(targetRemarkSchema).optional(),
  blocked: failureSchema.nullable(),
  /** Keys at the provider that carry this work's label and whose value nobody has; null: not looked yet or could not. */
  strays: z.array(z.string()).nullable(),
  outcomeUnknown: z.boolean(),
  finished: z.enum(['done', 'undone', 'failed']).nullable(),
  reason: failureSchema.nullable(),
});
export type WorkView = z.infer<typeof workViewSchema>;

/** Many rotations at once. */
export const batchViewSchema = z.object({
  startedAt: z.number(),
  cancelled: z.boolean(),
  finishedAt: z.number().nullable(),
  keys: z.array(
    z.object({
      keyId: keyIdSchema,
      name: z.string(),
      provider: z.string(),
      /** `attention`: its rotation stopped or could not begin, and `failure` says why; `skipped`: cancelled before it began. */
      state: z.enum(['waiting', 'running', 'in-grace', 'done', 'attention', 'skipped']),
      workId: workIdSchema.nullable(),
      failure: failureSchema.nullable(),
      /** What there is to tell of the files that its new key was written to; left out where there is nothing. */
      remarks: z.array(targetRemarkSchema).optional(),
    }),
  ),
});
export type BatchView = z.infer<typeof batchViewSchema>;

const answers = z.record(z.string(), z.string()).default({});

/** Work that is running, waiting or stopped. */
export const workContract = {
  /** Unfinished work and what finished since the app started, newest first. */
  'work.list': call(z.object({}), z.object({ works: z.array(workViewSchema) }), ['vault-closed']),
  /**
   * Tries to go on with what is stopped, and looks again at an unknown outcome. `key` is the new key where the work waits
   * for one that the user makes; `anyForm` takes one that does not look like a key of the provider; `doneByHand` says
   * that the user has revoked the key in the dashboard.
   */
  'work.continue': call(
    z.object({
      id: workIdSchema,
      answers,
      key: z.record(z.string(), z.string()).nullable().default(null),
      anyForm: z.boolean().default(false),
      doneByHand: z.boolean().default(false),
    }),
    workViewSchema,
    ['vault-closed', 'work-unknown', 'work-running', ...pastedFailures, ...envFileFailures],
  ),
  /**
   * Ends a rotation that waits for its new key, and leaves the old one as it was; or an unknown outcome that left no
   * strays, or of which nobody can find out more.
   */
  'work.giveUp': call(z.object({ id: workIdSchema }), workViewSchema, [
    'vault-closed',
    'work-unknown',
    'work-running',
    'storage-failed',
  ]),
  /**
   * Revokes what an unknown outcome left at the provider, as far as the work names it, and ends the work; nothing else
   * changes. Where the work names nothing yet, it is looked for and named, and nothing is revoked.
   */
  'work.revokeStrays': call(z.object({ id: workIdSchema, answers }), workViewSchema, [
    'vault-closed',
    'work-unknown',
    'work-running',
    'storage-failed',
    ...secretStoreFailures,
    ...providerFailures,
  ]),
  /**
   * Undoes a rotation while the old key lives: puts the old value back into the record and into every target, then
   * revokes the new one. Answers when it has finished or stopped.
   */
  'work.undo': call(z.object({ id: workIdSchema, answers }), workViewSchema, [
    'vault-closed',
    'work-unknown',
    'work-running',
    'undo-too-late',
    'storage-failed',
  ]),
  'work.changed': feed(workViewSchema),
  /** Rotates many keys, with a few at a time at each provider; one that cannot be rotated stops only itself. */
  'work.rotateAll': call(
    z.object({ ids: z.array(keyIdSchema).min(1).max(10_000), grace: graceSchema }),
    batchViewSchema,
    ['vault-closed', 'batch-running'],
  ),
  /** Begins no more rotations; those that have begun finish. */
  'work.cancelAll': call(z.object({}), batchViewSchema.nullable(), ['vault-closed']),
  /** The last batch since the app started; null when there was none. */
  'work.batch': call(z.object({}), batchViewSchema.nullable(), ['vault-closed']),
  'work.batchChanged': feed(batchViewSchema),
} as const;
