import { z } from 'zod';

/**
 * Every expected failure, and the facts that its words need. The words themselves and the next action
 * stand in `renderer/text/errors.ts`, one entry per code; nothing here is ever a secret.
 */
export const failureDetails = {
  // The vault as a whole
  'vault-closed': z.object({}),
  'passphrase-wrong': z.object({}),
  'passphrase-too-short': z.object({ minLength: z.number() }),
  'storage-failed': z.object({ file: z.string(), reason: z.string() }),

  // The secret store
  'keychain-absent': z.object({ detail: z.string() }),
  'keychain-locked': z.object({}),
  'keychain-denied': z.object({}),
  'keychain-foreign': z.object({}),
  'keychain-unanswered': z.object({ seconds: z.number() }),
  'secret-too-big': z.object({ bytes: z.number(), limitBytes: z.number() }),
  'secret-unreadable': z.object({ name: z.string(), reason: z.string() }),
  'secret-gone': z.object({ name: z.string() }),
  'secret-not-storable': z.object({ reason: z.enum(['empty', 'nul', 'not-unicode', 'not-read-back']) }),

  // The provider
  'provider-unreachable': z.object({
    host: z.string(),
    reason: z.enum(['refused', 'unknown-host', 'timed-out', 'dropped', 'tls', 'offline', 'other']),
  }),
  'provider-insecure': z.object({ host: z.string() }),
  'provider-redirected': z.object({ host: z.string(), to: z.string() }),
  'credential-rejected': z.object({ host: z.string(), message: z.string() }),
  'permission-lacking': z.object({ host: z.string(), message: z.string() }),
  'provider-not-found': z.object({ host: z.string(), message: z.string() }),
  'provider-throttled': z.object({ host: z.string(), retryAfterSeconds: z.number().nullable() }),
  'provider-failed': z.object({ host: z.string(), status: z.number(), message: z.string() }),
  'provider-refused': z.object({ host: z.string(), status: z.number(), message: z.string() }),
  'provider-answer-unreadable': z.object({
    host: z.string(),
    reason: z.enum(['not-json', 'too-big', 'unexpected']),
    detail: z.string(),
  }),
  'answer-needed': z.object({ questions: z.array(z.string()) }),
  /** The account lacks the plan that keys need; `url` is where it is had, if the definition says. */
  'subscription-needed': z.object({ host: z.string(), message: z.string(), url: z.string().nullable() }),
  /** The account holds as many keys as it may. */
  'key-limit-reached': z.object({ host: z.string(), message: z.string() }),
  'operation-missing': z.object({ provider: z.string(), operation: z.string() }),

  // A key's life
  'key-unknown': z.object({}),
  'connection-unknown': z.object({}),
  'connection-in-use': z.object({ keys: z.number() }),
  'name-taken': z.object({ name: z.string() }),
  'confirmation-needed': z.object({ name: z.string() }),
  'work-running': z.object({}),
  'work-unknown': z.object({}),
  'batch-running': z.object({}),
  'key-not-active': z.object({ status: z.string() }),
  'key-still-alive': z.object({}),
  'key-not-verified': z.object({ message: z.string() }),
  /** The work goes on when the user has made the new key in the provider's dashboard and pasted it. */
  'key-needed': z.object({ provider: z.string() }),
  /** The work goes on when the user has revoked the key in the provider's dashboard and says so. */
  'revocation-needed': z.object({ provider: z.string() }),
  /** The old key dies at the moment of the rotation; `why`: the provider replaces it by itself, or allows no more keys. */
  'overlap-impossible': z.object({ provider: z.string(), why: z.enum(['native', 'limit']) }),
  /** The old key was revoked meanwhile, or the provider has ended it: nothing can be put back. */
  'undo-too-late': z.object({}),
  'key-known': z.object({ name: z.string() }),
  'field-missing': z.object({ field: z.string() }),
  'key-form-unusual': z.object({ field: z.string() }),
  /** The key bears the mark of `environment`, and the connection is for the other one. */
  'key-of-other-environment': z.object({ field: z.string(), environment: z.enum(['test', 'live']) }),
  'key-refused': z.object({ message: z.string() }),
  'already-sealed': z.object({}),
  'already-shown': z.object({}),
  'already-copied': z.object({ field: z.string() }),
  'clipboard-failed': z.object({ reason: z.string() }),
  'outcome-unknown': z.object({ workId: z.string(), strays: z.number().nullable() }),

  // A definition
  'definition-unknown': z.object({ provider: z.string() }),
  /** Every fault, each at its place, such as `operations.create.response.secret`. */
  'definition-faulty': z.object({
    file: z.string(),
    faults: z.array(z.object({ at: z.string(), message: z.string() })),
  }),
  /** A definition that came with the app has the id. */
  'definition-taken': z.object({ id: z.string(), name: z.string() }),
  'definition-in-use': z.object({ connections: z.number() }),
  'file-too-big': z.object({ file: z.string(), limitBytes: z.number() }),

  // A backup
  'file-exists': z.object({ file: z.string() }),
  /** Not an age file under a passphrase, or not one of Keyturn's. */
  'backup-foreign': z.object({ file: z.string() }),
  'backup-damaged': z.object({ file: z.string(), reason: z.string() }),
  'backup-newer': z.object({ file: z.string() }),
  'backup-not-open': z.object({}),
  'backup-cancelled': z.object({}),

  // A calendar file
  'file-not-ics': z.object({ file: z.string() }),

  // An `.env` file
  'file-is-folder': z.object({ file: z.string() }),
  'file-unwritable': z.object({ file: z.string(), reason: z.string() }),
  'file-unreadable': z.object({ file: z.string(), reason: z.string() }),
  'file-gone': z.object({ file: z.string() }),
  /** `leadsTo`: what the file, a link, leads to; that folder is meant then. */
  'folder-gone': z.object({ file: z.string(), leadsTo: z.string().optional() }),
  'file-not-text': z.object({ file: z.string() }),
  'file-changed': z.object({ file: z.string() }),
  'path-not-absolute': z.object({ file: z.string() }),
  'variable-invalid': z.object({ variable: z.string() }),
  'variable-repeated': z.object({ variable: z.string() }),
  'value-unwritable': z.object({
    variable: z.string(),
    /** `dialect`: no way of writing it is read back by the reader that the target names. */
    reason: z.enum(['nul', 'not-unicode', 'carriage-return', 'command', 'encrypted', 'dialect']),
  }),
  /** Another key of the vault has the variable in this file; written over only where the user has said so of that key. */
  'variable-held': z.object({ file: z.string(), variable: z.string(), keyId: z.string(), name: z.string() }),
  /** Two of the places that a key is to be written to are one, maybe by another spelling or a link. */
  'target-repeated': z.object({ file: z.string(), variable: z.string() }),
  /** Git tracks the file, and a live key goes into such a file only after a confirmation by name. */
  'file-tracked': z.object({ file: z.string() }),

  // Git, and searching folders
  'git-unavailable': z.object({ reason: z.string() }),
  'not-a-repository': z.object({ folder: z.string() }),
  /** There is a hook already that is not ours; `line` is what would have to be added to it. */
  'hook-foreign': z.object({ file: z.string(), line: z.string() }),
  'folder-is-file': z.object({ file: z.string() }),
  'folder-unreadable': z.object({ folder: z.string(), reason: z.string() }),
  'search-running': z.object({}),
  'search-cancelled': z.object({}),
  'find-unknown': z.object({}),
} as const satisfies Record<string, z.ZodObject>;

/** The code of an expected failure. */
export type FailureCode = keyof typeof failureDetails;

/** An expected failure: its code and the facts about it. */
export type Failure<C extends FailureCode = FailureCode> = {
  [K in C]: { readonly code: K } & DetailsOf<K>;
}[C];

/** The facts of a failure; zod infers an object without fields as one whose every field is impossible. */
type DetailsOf<C extends FailureCode> =
  z.infer<(typeof failureDetails)[C]> extends Record<string, never>
    ? unknown
    : Readonly<z.infer<(typeof failureDetails)[C]>>;

/** Failures of any secret store. */
export const secretStoreFailures = [
  'keychain-absent',
  'keychain-locked',
  'keychain-denied',
  'keychain-foreign',
  'keychain-unanswered',
  'secret-too-big',
  'secret-unreadable',
  'secret-gone',
  'secret-not-storable',
  'storage-failed',
] as const satisfies readonly FailureCode[];

/** Failures of any call to a provider. */
export const providerFailures = [
  'provider-unreachable',
  'provider-insecure',
  'provider-redirected',
  'credential-rejected',
  'permission-lacking',
  'provider-not-found',
  'provider-throttled',
  'provider-failed',
  'provider-refused',
  'provider-answer-unreadable',
  'answer-needed',
  'subscription-needed',
  'key-limit-reached',
  'operation-missing',
  'definition-unknown',
] as const satisfies readonly FailureCode[];

/** Failures of reading or writing an `.env` file. */
export const envFileFailures = [
  'file-is-folder',
  'file-unwritable',
  'file-unreadable',
  'file-gone',
  'folder-gone',
  'file-not-text',
  'file-changed',
  'path-not-absolute',
  'variable-invalid',
  'variable-repeated',
  'value-unwritable',
  'file-tracked',
] as const satisfies readonly FailureCode[];

/** What else keeps a key from a file and variable that the user has chosen. */
export const chosenTargetFailures = [
  ...envFileFailures,
  'variable-held',
  'target-repeated',
] as const satisfies readonly FailureCode[];

/** What may be wrong with a value that is pasted as a key, as far as this side can tell. */
export const pastedFailures = [
  'key-known',
  'field-missing',
  'key-form-unusual',
  'key-of-other-environment',
] as const satisfies readonly FailureCode[];

/** Failures of taking in a key that exists already, however it was found. */
export const takeInFailures = [
  'connection-unknown',
  'name-taken',
  'work-running',
  'storage-failed',
  'key-refused',
  ...pastedFailures,
  ...secretStoreFailures,
  ...providerFailures,
  ...chosenTargetFailures,
] as const satisfies readonly FailureCode[];

export type SecretStoreFailure = Failure<(typeof secretStoreFailures)[number]>;
export type ProviderFailure = Failure<(typeof providerFailures)[number]>;
export type EnvFileFailure = Failure<(typeof envFileFailures)[number]>;
export type ChosenTargetFailure = Failure<(typeof chosenTargetFailures)[number]>;

/** The failure `code` with its facts, typed by the code. */
export function failure<C extends FailureCode>(
  code: C,
  ...details: Record<never, never> extends z.infer<(typeof failureDetails)[C]>
    ? []
    : [z.infer<(typeof failureDetails)[C]>]
): Failure<C> {
  return { code, ...details[0] } as Failure<C>;
}

const codes = Object.keys(failureDetails) as [FailureCode, ...FailureCode[]];

/** Reads a failure that was stored or sent: the code must be known and its facts complete. */
export const failureSchema: z.ZodType<Failure> = z.discriminatedUnion(
  'code',
  codes.map((code) => failureDetails[code].extend({ code: z.literal(code) })) as unknown as [
    z.ZodObject<{ code: z.ZodLiteral<FailureCode> }>,
  ],
) as unknown as z.ZodType<Failure>;
