import { z } from 'zod';
import { failureSchema, providerFailures, secretStoreFailures } from '../domain/failure.ts';
import { keyIdSchema, workIdSchema } from '../domain/ids.ts';
import { originSchema } from '../domain/work.ts';
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
  blocked: failureSchema.nullable(),
  /** Keys at the provider that carry this work's label and whose value nobody has; null: not looked yet or could not. */
  strays: z.array(z.string()).nullable(),
  outcomeUnknown: z.boolean(),
  finished: z.enum(['done', 'undone', 'failed']).nullable(),
  reason: failureSchema.nullable(),
});
export type WorkView = z.infer<typeof workViewSchema>;

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
    [
      'vault-closed',
      'work-unknown',
      'work-running',
      'key-known',
      'field-missing',
      'key-form-unusual',
      'key-of-other-environment',
    ],
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
  /** Revokes what an unknown outcome left at the provider and ends the work; nothing else changes. */
  'work.revokeStrays': call(z.object({ id: workIdSchema, answers }), workViewSchema, [
    'vault-closed',
    'work-unknown',
    'work-running',
    'storage-failed',
    ...secretStoreFailures,
    ...providerFailures,
  ]),
  'work.changed': feed(workViewSchema),
} as const;
