import { z } from 'zod';
import { connectionRecordSchema } from '../domain/connection.ts';
import { providerFailures, secretStoreFailures } from '../domain/failure.ts';
import { connectionIdSchema } from '../domain/ids.ts';
import { environmentSchema } from '../domain/key.ts';
import { listedKeySchema, providerSummarySchema } from '../domain/provider.ts';
import { isPlayedBySandbox } from '../domain/sandbox.ts';
import { call, feed } from './define.ts';

/** A connection as the page shows it: never its credential. */
export const connectionViewSchema = connectionRecordSchema.extend({
  provider: providerSummarySchema,
  /** How many keys of the vault need it; revoked ones stay listed and count. */
  keys: z.number(),
  sandbox: z.boolean(),
});
export type ConnectionView = z.infer<typeof connectionViewSchema>;

const answers = z.record(z.string(), z.string()).default({});
const changing = ['vault-closed', 'storage-failed', ...secretStoreFailures, ...providerFailures] as const;

/** Providers and the accounts at them. */
export const connectionsContract = {
  'providers.catalog': call(z.object({}), z.object({ providers: z.array(providerSummarySchema) })),
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
  'connections.remove': call(z.object({ id: connectionIdSchema }), z.object({}), [
    'connection-unknown',
    'connection-in-use',
    ...changing,
  ]),
  /** Keys that the provider lists and the vault does not know. */
  'connections.strays': call(
    z.object({ id: connectionIdSchema }),
    z.object({ strays: z.array(listedKeySchema) }),
    ['connection-unknown', ...changing],
  ),
  'connections.revokeStray': call(
    z.object({ id: connectionIdSchema, providerKeyId: z.string(), confirmName: z.string(), answers }),
    z.object({}),
    ['connection-unknown', 'confirmation-needed', 'work-running', ...changing],
  ),
  'connections.changed': feed(z.object({ connections: z.array(connectionViewSchema) })),
} as const;
