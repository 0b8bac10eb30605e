import { z } from 'zod';
import { mostRotationDays } from './due.ts';
import { rotationPolicySchema } from './key.ts';

const appearance = z.enum(['system', 'light', 'dark']);
const clipboardSeconds = z.number().int().min(5).max(600);
const rotationDays = z.number().int().min(1).max(mostRotationDays);
const backupReminder = z.boolean();
const notifications = z.boolean();
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** The hours of the day, by the clock on the wall, in which no notice is shown. They may go over midnight. */
export const quietHoursSchema = z.object({ from: timeOfDay, to: timeOfDay });
export type QuietHours = z.infer<typeof quietHoursSchema>;

const quietHours = quietHoursSchema.nullable();
const providerPolicies = z.record(z.string(), rotationPolicySchema);

/** What the user can set. Everything has a default, so that a new setting reads from an old file. */
export const settingsSchema = z.object({
  appearance: appearance.default('system'),
  clipboardSeconds: clipboardSeconds.default(45),
  rotationDays: rotationDays.default(90),
  /** Whether to remind of a backup when the last one is a week old. */
  backupReminder: backupReminder.default(true),
  /** Whether what is due is shown by the desktop; the list in the app has it in any case. */
  notifications: notifications.default(true),
  quietHours: quietHours.default(null),
  /** The periods of whole providers, by their ids. */
  providerPolicies: providerPolicies.default({}),
  /** The calendar file that is kept up to date; not set by `settings.set`. */
  calendarFile: z.string().nullable().default(null),
  /** When the last backup was made on this machine; not the user's to set. */
  lastBackupAt: z.number().int().nullable().default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What the user changes of the settings. Without defaults: what is not named stays as it is. */
export const settingChangesSchema = z.object({
  appearance: appearance.optional(),
  clipboardSeconds: clipboardSeconds.optional(),
  rotationDays: rotationDays.optional(),
  backupReminder: backupReminder.optional(),
  notifications: notifications.optional(),
  quietHours: quietHours.optional(),
  providerPolicies: providerPolicies.optional(),
});
export type SettingChanges = z.infer<typeof settingChangesSchema>;
