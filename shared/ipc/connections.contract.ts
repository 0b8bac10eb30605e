import { z } from 'zod';
import { connectionRecordSchema } from '../domain/connection.ts';
import { providerFailures, secretStoreFailures } from '../domain/failure.ts';
import { connectionIdSchema, keyIdSchema } from '../domain/ids.ts';
import { environmentSchema, rotationPolicySchema } from '../domain/key.ts';
import { listedKeySchema, providerSummarySchema } from '../domain/provider.ts';
import { isPlayedBySandbox } from '../domain/sandbox.ts';
import { call, feed } from './define.ts';

/** A connection as the page shows it: never its credential. */
export const connectionViewSchema = connectionRecordSchema.omit({ origins: true }).extend({
  provider: providerSummarySchema,
  /** How many keys of the vault need it; revoked ones stay listed and count. */
  keys: z.number(),
  sandbox: z.boolean(),
  /** The provider's page for keys, for this connection. */
  dashboardUrl: z.string().nullable(),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

/** What a definition from a file would do, for the user to see before it is added. */
export const definitionPreviewSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  website: z.string().nullable(),
  environments: z.array(environmentSchema),
  /** Every host that it may talk to: an origin, or in words where it depends on an answer. */
  hosts: z.array(z.object({ name: z.string(), address: z.string() })),
  /** Every call that it makes: what for, the method, and the address as far as it is known. */
  calls: z.array(z.object({ purpose: z.string(), method: z.string(), address: z.string() })),
  fields: z.array(z.object({ label: z.string(), variable: z.string(), secret: z.boolean() })),
  /** The name of the definition of the user's own that it would take the place of. */
  replaces: z.string().nullable(),
  /** Names exactly this content, so that what is added is what was seen. */
  digest: z.string(),
});
export type DefinitionPreview = z.infer<typeof definitionPreviewSchema>;

/**
 * One key of a connection, as the provider and the vault see it. `stray`: listed, and not in the vault; `vanished`: in the
 * vault, and not listed or not alive there; `ended`: listed as disabled or revoked, and the vault does not take it for
 * alive; `own`: the management credential itself.
 */
export const standingSchema = z.object({
  standing: z.enum(['in-step', 'stray', 'vanished', 'ended', 'own']),
  listed: listedKeySchema.nullable(),
  keyId: keyIdSchema.nullable(),
  /** The vault's name for it, or the provider's where the vault has none. */
  name: z.string(),
});
export type Standing = z.infer<typeof standingSchema>;

const answers = z.record(z.string(), z.string()).default({});
const changing = ['vault-closed', 'storage-failed', ...secretStoreFailures, ...providerFailures] as const;

/** Ways in which a file with a definition cannot be read. */
const definitionFileFailures = [
  'file-gone',
  'file-is-folder',
  'file-unreadable',
  'file-not-text',
  'file-too-big',
  'path-not-absolute',
] as const;

/** Providers and the accounts at them. */
export const connectionsContract = {
  'providers.catalog': call(z.object({}), z.object({ providers: z.array(providerSummarySchema) })),
  'providers.changed': feed(z.object({ providers: z.array(providerSummarySchema) })),
  /** Reads and checks a definition in a file, and tells what it would do; nothing is added. */
  'providers.preview': call(z.object({ file: z.string() }), definitionPreviewSchema, [
    'vault-closed',
    'definition-faulty',
    'definition-taken',
    ...definitionFileFailures,
  ]),
  /** Adds the definition that was previewed; refused as `file-changed` when the file holds another one by now. */
  'providers.addFromFile': call(z.object({ file: z.string(), digest: z.string() }), providerSummarySchema, [
    'vault-closed',
    'definition-faulty',
    'definition-taken',
    'file-changed',
    'storage-failed',
    ...definitionFileFailures,
  ]),
  /** Forgets a definition of the user's own. */
  'providers.remove': call(z.object({ providerId: z.string() }), z.object({}), [
    'vault-closed',
    'definition-unknown',
    'definition-in-use',
    'storage-failed',
  ]),
  /**
   * Opens a page of a provider in the user's browser: one that its definition names, and no other. `page` where the host
   * cannot, and the page has to.
   */
  'providers.open': call(
    z.object({ providerId: z.string(), url: z.string() }),
    z.object({ by: z.enum(['main', 'page']) }),
    ['definition-unknown'],
  ),
  /** What the provider lists for a setting of a connection that is about to be made. */
  'connections.suggest': call(
    z.object({
      providerId: z.string(),
      environment: environmentSchema,
      settings: z.record(z.string(), z.string()),
      credential: z.record(z.string(), z.string()),
      setting: z.string(),
    }),
    z.object({ options: z.array(z.object({ value: z.string(), label: z.string() })) }),
    ['vault-closed', ...providerFailures],
  ),
  /** The scopes that a key of the connection may be given, beside those that the definition names. */
  'connections.scopes': call(
    z.object({ id: connectionIdSchema }),
    z.object({ options: z.array(z.object({ value: z.string(), label: z.string() })) }),
    ['connection-unknown', ...changing],
  ),
  'connections.list': call(z.object({}), z.object({ connections: z.array(connectionViewSchema) }), [
    'vault-closed',
  ]),
  /** Adds a connection after its credential has been tried with one harmless call. */
  'connections.add': call(
    z.object({
      providerId: z.string(),
      name: z.string().trim().min(1).max(80),
      environment: environmentSchema,
      settings: z.record(z.string(), z.string()),
      credential: z.record(z.string(), z.string()),
    }),
    connectionViewSchema,
    ['name-taken', ...changing],
  ),
  /**
   * Starts the embedded sandbox and connects to it, or to another provider that it plays; answers the existing
   * connection where there is one.
   */
  'connections.addSandbox': call(
    z.object({ providerId: z.string().refine(isPlayedBySandbox).optional() }),
    connectionViewSchema,
    ['name-taken', ...changing],
  ),
  'connections.check': call(z.object({ id: connectionIdSchema }), connectionViewSchema, [
    'connection-unknown',
    ...changing,
  ]),
  /** How often the keys of the connection are rotated, where they do not say so themselves. */
  'connections.setPolicy': call(
    z.object({ id: connectionIdSchema, policy: rotationPolicySchema }),
    connectionViewSchema,
    ['vault-closed', 'connection-unknown', 'storage-failed'],
  ),
  'connections.remove': call(z.object({ id: connectionIdSchema }), z.object({}), [
    'connection-unknown',
    'connection-in-use',
    ...changing,
  ]),
  /** What the provider lists beside what the vault holds: first what needs a look. Keys that are being made are left out. */
  'connections.compare': call(
    z.object({ id: connectionIdSchema, answers }),
    z.object({ keys: z.array(standingSchema) }),
    ['connection-unknown', ...changing],
  ),
  'connections.revokeStray': call(
    z.object({ id: connectionIdSchema, providerKeyId: z.string(), confirmName: z.string(), answers }),
    z.object({}),
    ['connection-unknown', 'confirmation-needed', 'work-running', ...changing],
  ),
  'connections.changed': feed(z.object({ connections: z.array(connectionViewSchema) })),
} as const;
