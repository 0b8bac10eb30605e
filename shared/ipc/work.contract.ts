import { z } from 'zod';
import { failureSchema, providerFailures, secretStoreFailures } from '../domain/failure.ts';
import { keyIdSchema, workIdSchema } from '../domain/ids.ts';
import { call, feed } from './define.ts';

/** A piece of work as the page shows it. */
export const workViewSchema = z.object({
  id: workIdSchema,
  kind: z.enum(['issue', 'rotate', 'revoke']),
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
  /** Tries to go on with what is stopped, and looks again at an unknown outcome. */
  'work.continue': call(z.object({ id: workIdSchema, answers }), workViewSchema, [
    'vault-closed',
    'work-unknown',
    'work-running',
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
