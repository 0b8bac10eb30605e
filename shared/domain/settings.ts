import { z } from 'zod';

/** What the user can set. Everything has a default, so that a new setting reads from an old file. */
export const settingsSchema = z.object({
  appearance: z.enum(['system', 'light', 'dark']).default('system'),
  clipboardSeconds: z.number().int().min(5).max(600).default(45),
  rotationDays: z.number().int().min(1).max(3650).default(90),
});
export type Settings = z.infer<typeof settingsSchema>;
