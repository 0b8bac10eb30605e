import { z } from 'zod';
import { activityEntrySchema } from '../domain/activity.ts';
import { envFileFailures, providerFailures, secretStoreFailures } from '../domain/failure.ts';
import { connectionIdSchema, keyIdSchema, targetIdSchema, workIdSchema } from '../domain/ids.ts';
import {
  attentionSchema,
  copyOnceSchema,
  environmentSchema,
  keyRequestSchema,
  keyStatusSchema,
  rotationPolicySchema,
  targetSchema,
  variableNameSchema,
} from '../domain/key.ts';
import { checkOutcomeSchema } from '../domain/provider.ts';
import { graceSchema } from '../domain/work.ts';
import { call, feed } from './define.ts';

const nothing = z.object({});
const byId = z.object({ id: keyIdSchema });
/** Answers to what is asked at a call and never kept, such as an account password or a one-time code. */
const answers = z.record(z.string(), z.string()).default({});

/** One row of the list. All instants are milliseconds since 1970. */
export const keyRowSchema = z.object({
  id: keyIdSchema,
  name: z.string(),
  connectionId: connectionIdSchema,
  providerId: z.string(),
  provider: z.string(),
  environment: environmentSchema,
  lastFour: z.string(),
  status: keyStatusSchema,
  attention: attentionSchema.nullable(),
  issuedAt: z.number(),
  dueAt: z.number().nullable(),
  /** When the grace of a replaced key ends. */
  retiresAt: z.number().nullable(),
  targets: z.number(),
  /** Whether the one time of seeing or copying it is still open. */
  unsealed: z.boolean(),
});
export type KeyRow = z.infer<typeof keyRowSchema>;

/** Everything that the page may know of one key. */
export const keyDetailSchema = keyRowSchema.omit({ targets: true }).extend({
  connection: z.string(),
  origin: z.string(),
  label: z.string(),
  providerKeyId: z.string().nullable(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      secret: z.boolean(),
      lastFour: z.string(),
      variable: z.string(),
    }),
  ),
  request: keyRequestSchema,
  policy: rotationPolicySchema,
  targets: z.array(targetSchema),
  copyOnce: copyOnceSchema,
  expiresAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
  checkedAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  replaces: keyIdSchema.nullable(),
  replacedBy: keyIdSchema.nullable(),
  workId: workIdSchema.nullable(),
  history: z.array(activityEntrySchema),
});
export type KeyDetail = z.infer<typeof keyDetailSchema>;

/** How a target stands, told without the value. */
export const targetStateSchema = z.object({
  targetId: targetIdSchema,
  state: z.enum(['in-step', 'differs', 'missing', 'unreadable']),
  detail: z.string(),
});
export type TargetState = z.infer<typeof targetStateSchema>;

const newTarget = z.object({ file: z.string(), variables: z.record(z.string(), variableNameSchema) });
export type NewTarget = z.infer<typeof newTarget>;

/** What writing to a file ended in: who reads the value differently, if anyone. */
const written = z.object({ targetId: targetIdSchema, readDifferentlyBy: z.array(z.string()) });

/** The life of keys. */
export const keysContract = {
  /** Every key; with `first`, at most so many: those that wait for the user, then those that are due soonest. */
  'keys.list': call(
    z.object({ first: z.number().int().positive().optional() }),
    z.object({ keys: z.array(keyRowSchema) }),
    ['vault-closed'],
  ),
  'keys.get': call(byId, keyDetailSchema, ['vault-closed', 'key-unknown']),
  'keys.targetStates': call(byId, z.object({ targets: z.array(targetStateSchema) }), [
    'vault-closed',
    'key-unknown',
  ]),
  'keys.issue': call(
    z.object({
      connectionId: connectionIdSchema,
      name: z.string().trim().min(1).max(80),
      request: keyRequestSchema,
      policy: rotationPolicySchema,
      targets: z.array(newTarget),
      answers,
    }),
    z.object({ keyId: keyIdSchema, workId: workIdSchema }),
    [
      'vault-closed',
      'connection-unknown',
      'name-taken',
      'work-running',
      'outcome-unknown',
      'storage-failed',
      ...secretStoreFailures,
      ...providerFailures,
      ...envFileFailures,
    ],
  ),
  /**
   * The one reveal: the only answer in the whole contract that carries a secret. Recorded as spent before the
   * value leaves. `copyField` names the field that the page itself puts on the clipboard where main cannot.
   */
  'keys.reveal': call(
    z.object({ id: keyIdSchema, purpose: z.enum(['show', 'copy']), field: z.string().nullable() }),
    z.object({ fields: z.array(z.object({ name: z.string(), value: z.string() })) }),
    [
      'vault-closed',
      'key-unknown',
      'already-sealed',
      'already-shown',
      'already-copied',
      'storage-failed',
      ...secretStoreFailures,
    ],
  ),
  /** Main puts the field on the clipboard, once; `page` means that this host cannot and the page must, by `keys.reveal`. */
  'keys.copy': call(
    z.object({ id: keyIdSchema, field: z.string() }),
    z.object({ by: z.enum(['main', 'page']), clearsAfterSeconds: z.number(), concealed: z.boolean() }),
    [
      'vault-closed',
      'key-unknown',
      'already-sealed',
      'already-shown',
      'already-copied',
      'clipboard-failed',
      'storage-failed',
      ...secretStoreFailures,
    ],
  ),
  'keys.seal': call(byId, nothing, ['vault-closed', 'key-unknown', 'storage-failed']),
  'keys.write': call(byId.extend({ target: newTarget }), written, [
    'vault-closed',
    'key-unknown',
    'key-not-active',
    'work-running',
    'storage-failed',
    ...secretStoreFailures,
    ...envFileFailures,
  ]),
  'keys.writeAgain': call(byId.extend({ targetId: targetIdSchema }), written, [
    'vault-closed',
    'key-unknown',
    'key-not-active',
    'work-running',
    'storage-failed',
    ...secretStoreFailures,
    ...envFileFailures,
  ]),
  'keys.unlink': call(byId.extend({ targetId: targetIdSchema }), nothing, [
    'vault-closed',
    'key-unknown',
    'work-running',
    'storage-failed',
  ]),
  'keys.check': call(byId, checkOutcomeSchema, [
    'vault-closed',
    'key-unknown',
    'connection-unknown',
    'storage-failed',
    ...secretStoreFailures,
    ...providerFailures,
  ]),
  /** When the key was last used, as its provider tells now; null where it does not tell. */
  'keys.lastUsed': call(byId, z.object({ lastUsedAt: z.number().nullable() }), [
    'vault-closed',
    'key-unknown',
    'connection-unknown',
    'storage-failed',
    ...secretStoreFailures,
    ...providerFailures,
  ]),
  /** Starts a rotation and answers as soon as everything local has been checked; the feed `work.changed` tells the rest. */
  'keys.rotate': call(
    byId.extend({ grace: graceSchema, answers }),
    z.object({ workId: workIdSchema, newKeyId: keyIdSchema }),
    [
      'vault-closed',
      'key-unknown',
      'connection-unknown',
      'key-not-active',
      'work-running',
      'storage-failed',
      ...secretStoreFailures,
      ...providerFailures,
      ...envFileFailures,
    ],
  ),
  /** Revokes at the provider and answers when the provider refuses the key. A live key needs its name as confirmation. */
  'keys.revoke': call(byId.extend({ confirmName: z.string(), answers }), nothing, [
    'vault-closed',
    'key-unknown',
    'connection-unknown',
    'key-not-active',
    'work-running',
    'confirmation-needed',
    'key-still-alive',
    'storage-failed',
    ...secretStoreFailures,
    ...providerFailures,
  ]),
  /** Forgets the key and its value. A key that is still alive needs `leaveAlive`. */
  'keys.delete': call(byId.extend({ leaveAlive: z.boolean() }), nothing, [
    'vault-closed',
    'key-unknown',
    'work-running',
    'key-still-alive',
    'storage-failed',
    ...secretStoreFailures,
  ]),
  'keys.setPolicy': call(byId.extend({ policy: rotationPolicySchema }), nothing, [
    'vault-closed',
    'key-unknown',
    'storage-failed',
  ]),
  'keys.changed': feed(z.object({ changed: z.array(keyRowSchema), removed: z.array(keyIdSchema) })),
} as const;
