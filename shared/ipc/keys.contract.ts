import { z } from 'zod';
import { activityEntrySchema } from '../domain/activity.ts';
import { misreadCauseSchema } from '../domain/env-file.ts';
import {
  chosenTargetFailures,
  envFileFailures,
  failureSchema,
  pastedFailures,
  providerFailures,
  secretStoreFailures,
  takeInFailures,
} from '../domain/failure.ts';
import { connectionIdSchema, keyIdSchema, targetIdSchema, workIdSchema } from '../domain/ids.ts';
import {
  attentionSchema,
  copyOnceSchema,
  environmentSchema,
  keyRequestSchema,
  keyStatusSchema,
  rotationPolicySchema,
  targetSchema,
} from '../domain/key.ts';
import { checkOutcomeSchema } from '../domain/provider.ts';
import { graceSchema, targetRemarkSchema } from '../domain/work.ts';
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
  /** The beginning of the day on which it is due, in the time zone of the machine. */
  dueAt: z.number().nullable(),
  /** What says when it is due: its period, its expiry at the provider, or a day that was planned. */
  dueBecause: z.enum(['period', 'expiry', 'plan']).nullable(),
  /** Its period in days, null for never; `periodFrom` is whose word that is. */
  everyDays: z.number().nullable(),
  periodFrom: z.enum(['key', 'connection', 'provider', 'default']),
  /** Nothing is said about it until this day. */
  snoozedUntil: z.string().nullable(),
  /** The key that it replaced. */
  replaces: keyIdSchema.nullable(),
  /** When the grace of a replaced key ends. */
  retiresAt: z.number().nullable(),
  /** How many files it is written to. */
  targets: z.number(),
  /** How many of those did not hold its value when they were last looked at. */
  targetsAstray: z.number(),
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
  plannedDay: z.string().nullable(),
  replacedBy: keyIdSchema.nullable(),
  workId: workIdSchema.nullable(),
  history: z.array(activityEntrySchema),
});
export type KeyDetail = z.infer<typeof keyDetailSchema>;

/** How a target stands, told without the value. */
export const targetStateSchema = z.object({
  targetId: targetIdSchema,
  /**
   * `missing`: the file, or one of its variables, is not there. `misread`: the file holds the key, but is written in a way
   * that keeps the target's own reader from it.
   */
  state: z.enum(['in-step', 'misread', 'differs', 'missing', 'unreadable']),
  /** The code of the failure, or what in the file (`MisreadCause`), says why; empty where there is nothing to say. */
  detail: z.string(),
  /** The variables that are missing, hold another value, or are misread. */
  astray: z.array(z.string()),
  /** Those that hold the value of another key; left out where none does. */
  holding: z.array(z.object({ variable: z.string(), name: z.string() })).optional(),
});
export type TargetState = z.infer<typeof targetStateSchema>;

/** Confirms, by the key's name, that a live key goes into a file that Git tracks; empty where it need not. */
const confirmName = z.string().default('');

/**
 * Why a key is worth a look. `unused`: its provider last saw it 60 days ago or more, or never since it was issued;
 * `live-overdue`: a live key older than its period; `live-never`: a live key that is never due; `no-expiry`: it never
 * expires, and its provider offers an expiry; `shared`: it is written into several projects.
 */
export const riskSchema = z.object({
  kind: z.enum(['unused', 'live-overdue', 'live-never', 'no-expiry', 'shared']),
  keyId: keyIdSchema,
  /**
   * For `unused` when it was last used, null for never; for `live-overdue` since when it is due; for `live-never` when it
   * was made.
   */
  at: z.number().nullable(),
  /** For `shared` the projects' folders. */
  folders: z.array(z.string()),
});
export type Risk = z.infer<typeof riskSchema>;

const newTarget = targetSchema
  .pick({ file: true, variables: true, dialect: true, keepsExample: true })
  .extend({
    confirmName,
    /** The keys whose variables in this file may be written over, each confirmed by the user. */
    mayReplace: z.array(keyIdSchema).default([]),
  });
export type NewTarget = z.input<typeof newTarget>;
export type ParsedNewTarget = z.output<typeof newTarget>;

/** What writing to a file ended in: who reads the value differently, if anyone. */
const written = z.object({
  targetId: targetIdSchema,
  readDifferentlyBy: z.array(z.string()),
  /** What in the file keeps the target's own reader from the value, where one was named. */
  because: misreadCauseSchema.optional(),
  /** The names could not be put into the project's example file; the value is written all the same. */
  exampleFailed: z.boolean().optional(),
  /** Variables of the target's old names whose lines stay, because they hold another value than the key's. */
  left: z.array(z.string()).optional(),
  /** Variables that have another name now, and lines that were taken out since the key has another variable there. */
  renamed: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
  removed: z.array(z.string()).optional(),
});

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
      ...chosenTargetFailures,
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
    ...chosenTargetFailures,
  ]),
  'keys.writeAgain': call(byId.extend({ targetId: targetIdSchema, confirmName }), written, [
    'vault-closed',
    'key-unknown',
    'key-not-active',
    'work-running',
    'storage-failed',
    ...secretStoreFailures,
    ...envFileFailures,
  ]),
  /**
   * Forgets a target. `removeLines` takes the key's lines out of the file first; `left` are the variables whose lines
   * stay because they hold another value than the key's.
   */
  'keys.unlink': call(
    byId.extend({ targetId: targetIdSchema, removeLines: z.boolean().default(false) }),
    z.object({ left: z.array(z.string()) }),
    ['vault-closed', 'key-unknown', 'work-running', 'storage-failed', ...envFileFailures],
  ),
  /**
   * Takes what a target's file holds for the key's new value, such as when it was replaced by hand: a rotation whose new
   * key comes from the file. It is checked, stored and written to the other targets; then the old key's grace begins.
   */
  'keys.takeValue': call(
    byId.extend({
      targetId: targetIdSchema,
      grace: graceSchema,
      confirmName,
      anyForm: z.boolean().default(false),
    }),
    z.object({ workId: workIdSchema, newKeyId: keyIdSchema }),
    [
      'vault-closed',
      'key-unknown',
      'connection-unknown',
      'key-not-active',
      'work-running',
      'key-refused',
      'storage-failed',
      ...pastedFailures,
      ...secretStoreFailures,
      ...providerFailures,
      ...envFileFailures,
    ],
  ),
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
  /** Which providers a pasted value may be a key of, by its form alone; it is sent nowhere. `known`: the vault holds it. */
  'keys.recognise': call(
    z.object({ value: z.string() }),
    z.object({
      candidates: z.array(
        z.object({
          providerId: z.string(),
          field: z.string(),
          /** The environment that the form tells, if it does. */
          environment: environmentSchema.nullable(),
        }),
      ),
      known: z.object({ id: keyIdSchema, name: z.string() }).nullable(),
    }),
    ['vault-closed'],
  ),
  /**
   * Takes in a key that exists already: its form is looked at, the provider is asked about it where that is possible,
   * then it is stored, recorded and written to its targets. It counts as sealed, since the user has it anyway.
   */
  'keys.takeIn': call(
    z.object({
      connectionId: connectionIdSchema,
      name: z.string().trim().min(1).max(80),
      /** The value of every field of the key. */
      key: z.record(z.string(), z.string()),
      /** The provider's id of it, where the user adopts a stray; otherwise the provider's list is asked. */
      providerKeyId: z.string().nullable(),
      /** When it was made, as far as the user knows; otherwise what the list tells, or now. */
      issuedAt: z.number().int().nullable(),
      /** Takes a value that does not look like a key of the provider. */
      anyForm: z.boolean(),
      policy: rotationPolicySchema,
      targets: z.array(newTarget),
    }),
    z.object({
      keyId: keyIdSchema,
      workId: workIdSchema,
      /** What there is to tell of the files that it was written to; left out where there is nothing. */
      remarks: z.array(targetRemarkSchema).optional(),
      /** Why it is not in all of its files yet; left out where it is. */
      stopped: failureSchema.optional(),
    }),
    ['vault-closed', ...takeInFailures],
  ),
  /** How the key is used, in each language; names its variables and never a value. */
  'keys.snippets': call(
    byId,
    z.object({
      snippets: z.array(z.object({ language: z.enum(['curl', 'javascript', 'python']), text: z.string() })),
    }),
    ['vault-closed', 'key-unknown', 'definition-unknown'],
  ),
  /** A request that was signed with the key just now, as a curl command: with the signature, without the key that signed. */
  'keys.signedSample': call(byId, z.object({ text: z.string() }), [
    'vault-closed',
    'key-unknown',
    'definition-unknown',
    'operation-missing',
    'connection-unknown',
    ...secretStoreFailures,
  ]),
  /** Starts a rotation and answers as soon as everything local has been checked; the feed `work.changed` tells the rest. */
  'keys.rotate': call(
    /** `oldDiesNow` confirms that the old key ends at the moment of the rotation, where the provider allows no overlap. */
    byId.extend({ grace: graceSchema, answers, oldDiesNow: z.boolean().default(false) }),
    z.object({ workId: workIdSchema, newKeyId: keyIdSchema }),
    [
      'vault-closed',
      'overlap-impossible',
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
  'keys.revoke': call(
    /** `doneByHand`: the user has revoked it in the dashboard; the provider is asked whether it refuses the key now. */
    byId.extend({ confirmName: z.string(), answers, doneByHand: z.boolean().default(false) }),
    nothing,
    [
      'vault-closed',
      'revocation-needed',
      'key-unknown',
      'connection-unknown',
      'key-not-active',
      'work-running',
      'confirmation-needed',
      'key-still-alive',
      'storage-failed',
      ...secretStoreFailures,
      ...providerFailures,
    ],
  ),
  /**
   * Replaces a key that has leaked: no grace. `revokeFirst` ends it at once, before there is a new one; otherwise it ends
   * as soon as the new one is in place. A live key needs its name as confirmation where it is revoked first, and as
   * `confirmTracked` where the new one goes into a file that Git tracks.
   */
  'keys.replaceLeaked': call(
    byId.extend({
      revokeFirst: z.boolean(),
      confirmName: z.string(),
      answers,
      /** Targets that do not get the new key, and are followed no more. */
      without: z.array(targetIdSchema).default([]),
      confirmTracked: confirmName,
    }),
    z.object({ workId: workIdSchema, newKeyId: keyIdSchema }),
    [
      'vault-closed',
      'key-unknown',
      'connection-unknown',
      'key-not-active',
      'work-running',
      'confirmation-needed',
      'storage-failed',
      ...secretStoreFailures,
      ...providerFailures,
      ...envFileFailures,
    ],
  ),
  /**
   * Forgets the key and its value. Of a key that is still alive, `atProvider` says what becomes of it there: it is revoked
   * first, with the name as confirmation where it is live, or it is left alive.
   */
  'keys.delete': call(
    byId.extend({
      atProvider: z.enum(['revoke', 'leave-alive']).nullable(),
      confirmName: z.string().default(''),
      answers,
      doneByHand: z.boolean().default(false),
      /** Takes the key's lines out of its files first; a file that cannot be changed keeps the key. */
      removeLines: z.boolean().default(false),
    }),
    nothing,
    [
      'vault-closed',
      'key-unknown',
      'connection-unknown',
      'work-running',
      'key-still-alive',
      'key-not-active',
      'confirmation-needed',
      'revocation-needed',
      'storage-failed',
      ...secretStoreFailures,
      ...providerFailures,
      ...envFileFailures,
    ],
  ),
  /** Sets the period of these keys. */
  'keys.setPolicy': call(
    z.object({ ids: z.array(keyIdSchema).min(1), policy: rotationPolicySchema }),
    nothing,
    ['vault-closed', 'key-unknown', 'storage-failed'],
  ),
  /** Plans each key for a day earlier than its period says, this once; null takes a plan back. */
  'keys.plan': call(
    z.object({ plans: z.array(z.object({ id: keyIdSchema, day: z.iso.date().nullable() })).min(1) }),
    nothing,
    ['vault-closed', 'key-unknown', 'storage-failed'],
  ),
  /** Keys that are worth a look, each with one reason; those that matter most first. */
  'keys.risks': call(nothing, z.object({ risks: z.array(riskSchema) }), ['vault-closed']),
  /** How targets stand that were written to by someone, or became readable or unreadable, while the app runs. */
  'keys.targetsChanged': feed(
    z.object({ keys: z.array(z.object({ id: keyIdSchema, targets: z.array(targetStateSchema) })) }),
  ),
  'keys.changed': feed(z.object({ changed: z.array(keyRowSchema), removed: z.array(keyIdSchema) })),
} as const;
