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
  'target-writing',
  'target-written',
  'target-not-written',
  'target-followed',
  'target-unlinked',
  'target-lines-removed',
  'period-changed',
  'key-planned',
  'plan-taken-back',
  'key-snoozed',
  'snooze-ended',
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
  /** How many keys it is about, where that is more than one; `keyId` is null then, and `subject` empty. */
  keys: z.number().int().optional(),
  /** A file, a field, a day (`YYYY-MM-DD`, or the first and the last with `/` between) or a code; empty when there is none. */
  detail: z.string(),
});
export type ActivityEntry = z.infer<typeof activityEntrySchema>;
