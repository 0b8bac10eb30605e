import { z } from 'zod';
import { connectionIdSchema, keyIdSchema } from './ids.ts';

/** What can happen. The words stand in `renderer/text/activity.ts`. */
export const activityEventSchema = z.enum([
  'vault-created',
  'connection-added',
  'connection-removed',
  'definition-added',
  'definition-removed',
  'backup-made',
  'backup-restored',
  'key-issued',
  'key-taken-in',
  'key-shown',
  'key-copied',
  'key-sealed',
  'key-checked',
  'target-written',
  'target-unlinked',
  'target-lines-removed',
  'rotation-started',
  'rotation-finished',
  'rotation-undone',
  'work-blocked',
  'key-revoked',
  'key-deleted',
  'stray-revoked',
  'outcome-unknown',
]);
export type ActivityEvent = z.infer<typeof activityEventSchema>;

/** One line of the record of what happened. Never holds a secret. */
export const activityEntrySchema = z.object({
  at: z.number().int(),
  event: activityEventSchema,
  keyId: keyIdSchema.nullable(),
  connectionId: connectionIdSchema.nullable(),
  /** The key's or connection's name at the time, so that the line still reads after it was deleted. */
  subject: z.string(),
  /** A file, a field or a code that belongs to the event; empty when there is none. */
  detail: z.string(),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;
