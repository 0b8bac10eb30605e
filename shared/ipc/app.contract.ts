import { z } from 'zod';
import { activityEntrySchema } from '../domain/activity.ts';
import { fileInspectionSchema } from '../domain/env-file.ts';
import { envFileFailures } from '../domain/failure.ts';
import { keyIdSchema } from '../domain/ids.ts';
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

const chosen = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('chosen'), file: z.string() }),
  z.object({ outcome: z.literal('cancelled') }),
  z.object({ outcome: z.literal('unavailable') }),
]);

/** What the user wants to see: everything that is due, or the rotation of one key. */
const askedPlaceSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('rotation') }),
  z.object({ what: z.literal('rotate'), keyId: keyIdSchema }),
]);
export type AskedPlace = z.infer<typeof askedPlaceSchema>;

/** The app around the vault: status, settings, files, activity. */
export const appContract = {
  'app.status': call(z.object({}), appStatusSchema),
  'app.changed': feed(appStatusSchema),
  /** The user answered a notice of the desktop: the page is to take what they asked for. */
  'app.asked': feed(z.object({})),
  /** What the user asked for last by answering a notice, told once; a page that was not there yet gets it too. */
  'app.takeAsked': call(z.object({}), z.object({ asked: askedPlaceSchema.nullable() })),
  'settings.get': call(z.object({}), settingsSchema),
  'settings.set': call(settingChangesSchema, settingsSchema, ['storage-failed']),
  'settings.changed': feed(settingsSchema),
  /** Asks for a file with the desktop's own dialog; `unavailable` where the host has none and a path must be typed. */
  'files.choose': call(z.object({ title: z.string() }), chosen),
  /** Asks for a folder, like `files.choose`. */
  'files.chooseFolder': call(z.object({ title: z.string() }), chosen),
  /**
   * What a file would take. `fields`: for each field that is to be written, the name that its definition proposes; `keyId`:
   * the key that is to be written, where there is one already.
   */
  'files.inspect': call(
    z.object({
      file: z.string(),
      fields: z.record(z.string(), z.string()).default({}),
      keyId: keyIdSchema.nullable().default(null),
    }),
    fileInspectionSchema,
    envFileFailures,
  ),
  /** Adds the line that makes Git ignore the file to the `.gitignore` at the top of its repository. */
  'files.ignore': call(
    z.object({ file: z.string() }),
    z.object({ gitignore: z.string(), line: z.string() }),
    ['git-unavailable', 'not-a-repository', ...envFileFailures],
  ),
  /** One page of the record, newest first; `before` is the instant to go on from. */
  'activity.page': call(
    z.object({ before: z.number().nullable(), limit: z.number().int().min(1).max(500) }),
    z.object({ entries: z.array(activityEntrySchema), more: z.boolean() }),
    ['vault-closed'],
  ),
  'activity.added': feed(activityEntrySchema),
} as const;
