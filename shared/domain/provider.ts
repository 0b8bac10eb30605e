import { z } from 'zod';
import { environmentSchema } from './key.ts';

/** One thing to ask the user. A `secret` answer is kept in the keychain, or, when it is asked at a call, nowhere. */
export const questionSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'url', 'secret', 'choice']),
  required: z.boolean(),
  help: z.string(),
  placeholder: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type Question = z.infer<typeof questionSchema>;

/** What the page may know of a provider's definition: what to ask and what to offer. */
export const providerSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  website: z.string().nullable(),
  environments: z.array(environmentSchema),
  /** Asked when a connection is made. */
  settings: z.array(questionSchema),
  /** Asked when a connection is made and kept in the keychain. */
  credential: z.array(questionSchema),
  /** Asked at every create or revoke and never kept. */
  askedAtCall: z.array(questionSchema),
  fields: z.array(
    z.object({ name: z.string(), label: z.string(), secret: z.boolean(), variable: z.string() }),
  ),
  creation: z.object({
    nameMaxLength: z.number(),
    /** The provider's scopes, or null where it has none; `whenOmitted` says what leaving them out means. */
    scopes: z
      .object({
        options: z.array(z.object({ value: z.string(), label: z.string() })),
        whenOmitted: z.string(),
      })
      .nullable(),
    expiry: z.object({ maxDays: z.number().nullable(), whenOmitted: z.string() }).nullable(),
    restrictions: z.array(z.enum(['ips', 'referrers', 'endpoints'])),
  }),
  /** Operations that the provider offers by HTTP. */
  operations: z.array(z.enum(['create', 'list', 'check', 'revoke'])),
});
export type ProviderSummary = z.infer<typeof providerSummarySchema>;

/** A key as its provider lists it; nothing here is ever a whole secret. */
export const listedKeySchema = z.object({
  providerKeyId: z.string(),
  name: z.string(),
  masked: z.string(),
  createdAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
  active: z.boolean(),
});
export type ListedKey = z.infer<typeof listedKeySchema>;

/** What a check of a key found. */
export const checkOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('valid') }),
  z.object({ outcome: z.literal('valid-but-limited'), message: z.string() }),
  z.object({ outcome: z.literal('refused'), message: z.string() }),
]);
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;
