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
  /** Whether the provider can list what may be chosen, once it is connected to; anything else can be typed too. */
  suggested: z.boolean(),
});
export type Question = z.infer<typeof questionSchema>;

/** A question that is asked at some operations, each time anew. */
export const askedAtCallSchema = questionSchema.extend({
  at: z.array(z.enum(['create', 'list', 'revoke', 'rotate'])),
});
export type AskedAtCall = z.infer<typeof askedAtCallSchema>;

/** What the page may know of a provider's definition: what to ask and what to offer. */
export const providerSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  website: z.string().nullable(),
  environments: z.array(environmentSchema),
  /** Whether the definition came with the app or from a file of the user's. */
  source: z.enum(['built-in', 'file']),
  /** Where the user does by hand what the provider does not offer by HTTP, with the steps in its own words. */
  dashboard: z
    .object({
      url: z.string(),
      create: z.array(z.string()),
      revoke: z.array(z.string()),
    })
    .nullable(),
  /** What the account needs before it gets a key, such as a plan, and where that is had. */
  preconditions: z.array(z.object({ text: z.string(), url: z.string().nullable() })),
  /** What the provider recommends about its keys. */
  advice: z.array(z.string()),
  /** How often the provider recommends to rotate, in days. */
  recommendedDays: z.number().nullable(),
  /**
   * How a key is replaced. `overlap`: a second key is made and the old one revoked last; `at-once`: the provider replaces
   * it, and the old value ends at that moment; `by-hand`: the user makes the new key in the dashboard.
   */
  replacement: z.enum(['overlap', 'at-once', 'by-hand']),
  /** Whether requests are signed with a key instead of carrying it. */
  signs: z.boolean(),
  /** Asked when a connection is made. */
  settings: z.array(questionSchema),
  /** Asked when a connection is made and kept in the keychain. */
  credential: z.array(questionSchema),
  /** Asked at an operation and never kept. */
  askedAtCall: z.array(askedAtCallSchema),
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
        /** Whether the provider can list more of them, once it is connected to. */
        suggested: z.boolean(),
      })
      .nullable(),
    expiry: z.object({ maxDays: z.number().nullable(), whenOmitted: z.string() }).nullable(),
    restrictions: z.array(z.enum(['ips', 'referrers', 'endpoints'])),
  }),
  /** Operations that the provider offers by HTTP. */
  operations: z.array(z.enum(['create', 'list', 'check', 'revoke', 'rotate'])),
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

/**
 * Why a key is refused, as far as can be told. `mistyped`: it does not look like a key of this provider;
 * `wrong-environment`: it bears the mark of the other one, and was not sent; `not-accepted`: nobody can say more.
 */
export const refusalSchema = z.enum(['revoked', 'expired', 'mistyped', 'wrong-environment', 'not-accepted']);
export type Refusal = z.infer<typeof refusalSchema>;

/** What a check of a key found. */
export const checkOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('valid') }),
  z.object({ outcome: z.literal('valid-but-limited'), message: z.string() }),
  z.object({ outcome: z.literal('refused'), why: refusalSchema, message: z.string() }),
]);
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;
