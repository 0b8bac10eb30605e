import { z } from 'zod';
import { type Environment, environmentSchema } from '../../shared/domain/key.ts';
import { hashOf } from './tokens.ts';

/** A key as a system remembers it: all but its secret, of which there is only a hash. */
export const heldKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  environment: environmentSchema,
  hash: z.string(),
  last4: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
});
export type HeldKey = z.infer<typeof heldKeySchema>;

interface NewKey {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly environment: Environment;
  readonly createdAt: number;
}

/** What is remembered of a new key, which was neither used nor revoked. */
export function newKey({ id, name, secret, environment, createdAt }: NewKey): HeldKey {
  const hash = hashOf(secret);
  const last4 = secret.slice(-4);
  return { id, name, environment, hash, last4, createdAt, lastUsedAt: null, revokedAt: null };
}

/** Whether a value is the one that a hash was made of. */
export function isHeld(hash: string, value: string): boolean {
  return value !== '' && hashOf(value) === hash;
}

/** The keys of one environment; those that were revoked are among them. */
export function keysIn<Key extends HeldKey>(keys: readonly Key[], environment: Environment): Key[] {
  return keys.filter((key) => key.environment === environment);
}

/** The keys of one environment that were not revoked. */
export function activeIn<Key extends HeldKey>(keys: readonly Key[], environment: Environment): Key[] {
  return keysIn(keys, environment).filter((key) => key.revokedAt === null);
}

/** An instant as it is written in answers. */
export function written(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** What a key may be called. */
export const keyNameSchema = z.string().trim().min(1).max(100);
