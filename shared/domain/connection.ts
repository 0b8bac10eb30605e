import { z } from 'zod';
import { connectionIdSchema } from './ids.ts';
import { environmentSchema, rotationPolicySchema } from './key.ts';

/**
 * One account at a provider, without its management credential. `settings` are the answers that are not secret
 * (a base URL, an account id); `origin` is the scheme, host and port that the connection is pinned to, and `origins`
 * those of the definition's other hosts, by their names, as they were when the connection was made.
 */
export const connectionRecordSchema = z.object({
  id: connectionIdSchema,
  providerId: z.string(),
  name: z.string().min(1).max(100),
  environment: environmentSchema,
  settings: z.record(z.string(), z.string()),
  origin: z.string(),
  origins: z.record(z.string(), z.string()).default({}),
  /** How often its keys are rotated, where they do not say so themselves. */
  policy: rotationPolicySchema.default({}),
  createdAt: z.number().int(),
  checkedAt: z.number().int().nullable(),
  health: z.enum(['unknown', 'well', 'refused', 'unreachable']),
});
export type ConnectionRecord = z.infer<typeof connectionRecordSchema>;
