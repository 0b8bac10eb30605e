import { z } from 'zod';
import { activityEntrySchema } from '../domain/activity.ts';
import { envFileFailures } from '../domain/failure.ts';
import { settingChangesSchema, settingsSchema } from '../domain/settings.ts';
import { call, feed } from './define.ts';

/** What the status line says beside the vault's state. */
export const appStatusSchema = z.object({
  host: z.enum(['electron', 'browser']),
  version: z.string(),
  platform: z.string(),
  dataFolder: z.string(),
  clipboard: z.object({
    /** `held`: our value is on it until `clearsAt`; `kept`: it could not be cleared. */
    state: z.enum(['idle', 'held', 'cleared', 'kept']),
    clearsAt: z.number().nullable(),
  }),
});
export type AppStatus = z.infer<typeof appStatusSchema>;

/** The app around the vault: status, settings, files, activity. */
export const appContract = {
  'app.status': call(z.object({}), appStatusSchema),
  'app.changed': feed(appStatusSchema),
  'settings.get': call(z.object({}), settingsSchema),
  'settings.set': call(settingChangesSchema, settingsSchema, ['storage-failed']),
  'settings.changed': feed(settingsSchema),
  /** Asks for a file with the desktop's own dialog; `unavailable` where the host has none and a path must be typed. */
  'files.choose': call(
    z.object({ title: z.string() }),
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('chosen'), file: z.string() }),
      z.object({ outcome: z.literal('cancelled') }),
      z.object({ outcome: z.literal('unavailable') }),
    ]),
  ),
  /** What a file would take: whether it is there, and the names of the variables in it. */
  'files.inspect': call(
    z.object({ file: z.string() }),
    z.object({ exists: z.boolean(), variables: z.array(z.string()) }),
    envFileFailures,
  ),
  /** One page of the record, newest first; `before` is the instant to go on from. */
  'activity.page': call(
    z.object({ before: z.number().nullable(), limit: z.number().int().min(1).max(500) }),
    z.object({ entries: z.array(activityEntrySchema), more: z.boolean() }),
    ['vault-closed'],
  ),
  'activity.added': feed(activityEntrySchema),
} as const;
