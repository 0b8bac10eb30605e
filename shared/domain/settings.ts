import { z } from 'zod';

const appearance = z.enum(['system', 'light', 'dark']);
const clipboardSeconds = z.number().int().min(5).max(600);
const rotationDays = z.number().int().min(1).max(3650);
const backupReminder = z.boolean();

/** What the user can set. Everything has a default, so that a new setting reads from an old file. */
export const settingsSchema = z.object({
  appearance: appearance.default('system'),
  clipboardSeconds: clipboardSeconds.default(45),
  rotationDays: rotationDays.default(90),
  /** Whether to remind of a backup when the last one is a week old. */
  backupReminder: backupReminder.default(true),
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
});
export type SettingChanges = z.infer<typeof settingChangesSchema>;
