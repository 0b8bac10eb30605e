import { z } from 'zod';
import { mostRotationDays } from './due.ts';
import { dialectSchema } from './env-file.ts';
import { connectionIdSchema, keyIdSchema, targetIdSchema } from './ids.ts';

/** Whether a key does real things (`live`) or only rehearses them (`test`). */
export const environmentSchema = z.enum(['test', 'live']);
export type Environment = z.infer<typeof environmentSchema>;

/**
 * Where a key is in its life. `retiring` is a key that has been replaced and lives until its grace ends.
 * Whether something about it needs a person is told beside it, in `attention`.
 */
export const keyStatusSchema = z.enum(['active', 'rotating', 'retiring', 'revoked', 'needs-attention']);
export type KeyStatus = z.infer<typeof keyStatusSchema>;

/** Why a key needs a person. The words stand in `renderer/text/attention.ts`. */
export const attentionSchema = z.enum([
  'outcome-unknown',
  'not-stored',
  'not-verified',
  'targets-not-written',
  'not-revoked',
  'refused-by-provider',
  'secret-missing',
]);
export type Attention = z.infer<typeof attentionSchema>;

/** An `.env` variable name that every reader takes: letters, digits and underscores, not a digit first. */
export const variableNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .max(200);

/** A file and, for each field of the key that is written there, the variable's name. */
export const targetSchema = z.object({
  id: targetIdSchema,
  file: z.string().min(1),
  variables: z.record(z.string(), variableNameSchema),
  /** The reader that counts when a value is written. */
  dialect: dialectSchema.default('any'),
  /** Whether the variables' names, without values, are kept in the project's `.env.example` too. */
  keepsExample: z.boolean().default(false),
  /** Whether the user has confirmed, by the key's name, that a live key goes into this file although Git tracks it. */
  mayBeTracked: z.boolean().default(false),
});
export type Target = z.infer<typeof targetSchema>;

/**
 * One field of a key, without its value. The fingerprint (an HMAC under the vault's data key) tells whether
 * a value found elsewhere is this one; it tells nothing to someone without the data key.
 */
export const keyFieldSchema = z.object({
  name: z.string(),
  secret: z.boolean(),
  lastFour: z.string(),
  fingerprint: z.string(),
});
export type KeyField = z.infer<typeof keyFieldSchema>;

/**
 * After how many days a key is to be rotated. Left out: what its connection, its provider or the app says. null: never,
 * and `because` is the user's reason.
 */
export const rotationPolicySchema = z.object({
  everyDays: z.number().int().positive().max(mostRotationDays).nullable().optional(),
  because: z.string().max(200).optional(),
});
export type RotationPolicy = z.infer<typeof rotationPolicySchema>;

const isoDay = z.iso.date();

/** What was asked of the provider when the key was made, so that its replacement is asked for the same. */
export const keyRequestSchema = z.object({
  scopes: z.array(z.string()).nullable(),
  expiresInDays: z.number().int().positive().nullable(),
  restrictions: z.object({
    ips: z.array(z.string()),
    referrers: z.array(z.string()),
    endpoints: z.array(z.string()),
  }),
});
export type KeyRequest = z.infer<typeof keyRequestSchema>;

/** What is left of the one time that a new key may be seen or copied. */
export const copyOnceSchema = z.object({
  sealed: z.boolean(),
  shown: z.boolean(),
  copiedFields: z.array(z.string()),
});
export type CopyOnce = z.infer<typeof copyOnceSchema>;

const instant = z.number().int();

/** Everything the vault knows of a key but its values. All instants are milliseconds since 1970, UTC. */
export const keyRecordSchema = z.object({
  id: keyIdSchema,
  connectionId: connectionIdSchema,
  name: z.string().min(1).max(100),
  environment: environmentSchema,
  status: keyStatusSchema,
  attention: attentionSchema.nullable(),
  providerKeyId: z.string().nullable(),
  /** The name that the provider lists the key under: the key's name and a tag that only this vault gives. */
  label: z.string(),
  fields: z.array(keyFieldSchema),
  request: keyRequestSchema,
  policy: rotationPolicySchema,
  /** A day on which the key is to be rotated this once, earlier than its period says. Its replacement has none. */
  plannedDay: isoDay.nullable().default(null),
  /** Until this day nothing is said about the key. */
  snoozedUntil: isoDay.nullable().default(null),
  targets: z.array(targetSchema),
  copyOnce: copyOnceSchema,
  issuedAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  /** When the provider last told when the key was used; null where it was not asked, or does not tell. */
  lastUseToldAt: instant.nullable().default(null),
  checkedAt: instant.nullable(),
  retiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  replaces: keyIdSchema.nullable(),
  replacedBy: keyIdSchema.nullable(),
});
export type KeyRecord = z.infer<typeof keyRecordSchema>;

/** What a provider takes for a key's name. `slug`: small letters, digits and hyphens only. */
export interface NameRules {
  readonly nameMaxLength: number;
  readonly nameStyle: 'text' | 'slug';
}

/**
 * The label that a key gets at its provider: its name and a tag from its id, written as the provider takes it. By the
 * tag a key that was made while the answer got lost is recognised as ours, whatever else carries the same name.
 */
export function labelOf(name: string, id: string, { nameMaxLength, nameStyle }: NameRules): string {
  const tag = `kt-${id.slice(4, 12)}`;
  const room = nameMaxLength - tag.length - 1;
  if (nameStyle !== 'slug') return `${name.slice(0, room)} ${tag}`;
  const start = slug(name).slice(0, room).replace(/-+$/, '');
  return start === '' ? tag : `${start}-${tag}`;
}

/** Letters that have a plain form are written in it, and whatever else is no small letter or digit becomes a hyphen. */
function slug(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/** Whether the key answers at its provider as far as the vault knows. */
export function isAlive(key: Pick<KeyRecord, 'status' | 'revokedAt'>): boolean {
  return key.revokedAt === null;
}
