import { z } from 'zod';
import { keyIdSchema } from './ids.ts';
import { leadDays, type Reason } from './reminder.ts';

const reasonSchema: z.ZodType<Reason> = z.union([z.literal(leadDays), z.literal(['again', 'snooze-over'])]);

/** What was announced at one moment: one key, or many at once. Holds no secret. */
export const noticeSchema = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  at: z.number().int(),
  keys: z
    .array(
      z.object({
        id: keyIdSchema,
        /** The key's name at the time; empty where the vault was locked and it could not be told. */
        name: z.string(),
        /** The day on which it is due, counted from 1 January 1970. */
        due: z.number().int(),
        reason: reasonSchema,
      }),
    )
    .min(1),
  /** Whether it was handed to the desktop to show; notices wait for the end of the quiet hours. */
  shown: z.boolean(),
  /** Whether the user has looked at the list since. */
  seen: z.boolean(),
});
export type Notice = z.infer<typeof noticeSchema>;
