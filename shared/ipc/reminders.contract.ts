import { z } from 'zod';
import { failureSchema } from '../domain/failure.ts';
import { keyIdSchema } from '../domain/ids.ts';
import { noticeSchema } from '../domain/notice.ts';
import { call, feed } from './define.ts';

const nothing = z.object({});
const isoDay = z.iso.date();

/** The calendar file that is kept up to date, and how its last write ended. */
export const calendarFileSchema = z.object({
  /** null: no file is kept. */
  file: z.string().nullable(),
  events: z.number(),
  /** How many keys have no event, because they are never due. */
  neverDue: z.number(),
  /** When it was written last, whatever became of it since; null where it never was. */
  writtenAt: z.number().nullable(),
  failed: failureSchema.nullable(),
});
export type CalendarFile = z.infer<typeof calendarFileSchema>;

/** Whether the app starts when the user logs in, as the system has it; `detail` says why it can't be set or isn't ours. */
export const loginStartSchema = z.object({
  state: z.enum(['on', 'off', 'elsewhere', 'unavailable']),
  detail: z.string(),
});
export type LoginStart = z.infer<typeof loginStartSchema>;

/** How this desktop shows notices. `none`: it doesn't, and the list in the app has to do. */
export const noticeWaySchema = z.object({ way: z.enum(['desktop', 'none']), detail: z.string() });
export type NoticeWay = z.infer<typeof noticeWaySchema>;

/** What is due, told; and where else it is told. */
export const remindersContract = {
  /** The newest first. */
  'reminders.list': call(nothing, z.object({ notices: z.array(noticeSchema) })),
  'reminders.changed': feed(z.object({ notices: z.array(noticeSchema) })),
  /** The user has looked at the list. */
  'reminders.see': call(nothing, nothing, ['storage-failed']),
  /** Says nothing about these keys until the day; null ends a snooze. */
  'reminders.snooze': call(
    z.object({ ids: z.array(keyIdSchema).min(1), until: isoDay.nullable() }),
    nothing,
    ['vault-closed', 'key-unknown', 'storage-failed'],
  ),
  /** Whether this desktop shows notices; none is shown for it. */
  'reminders.way': call(nothing, noticeWaySchema),
  /** Shows a notice now, so that the user sees how they look and that they come. */
  'reminders.try': call(nothing, noticeWaySchema),
  'calendar.get': call(nothing, calendarFileSchema),
  /** Writes what is due into an `.ics` file and keeps it up to date. An existing file that is not ours is refused. */
  'calendar.keep': call(z.object({ file: z.string() }), calendarFileSchema, [
    'vault-closed',
    'path-not-absolute',
    'file-is-folder',
    'folder-gone',
    'file-exists',
    'file-not-ics',
    'file-unwritable',
    'storage-failed',
  ]),
  /** Keeps it up to date no longer; the file stays. */
  'calendar.leave': call(nothing, calendarFileSchema, ['storage-failed']),
  'calendar.changed': feed(calendarFileSchema),
  'login.get': call(nothing, loginStartSchema),
  'login.set': call(z.object({ on: z.boolean() }), loginStartSchema, ['storage-failed']),
} as const;
