import { z } from 'zod';

/** Where the vault keeps secrets. */
export const storeKindSchema = z.enum(['keychain', 'sealed-files']);
export type StoreKind = z.infer<typeof storeKindSchema>;

/**
 * The vault as a whole, in the states that a person must be able to tell apart. `foreign`: the keychain answers
 * but is not the one that this vault was made with (a home folder restored without its keyring).
 */
export const vaultStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('opening') }),
  z.object({
    state: z.literal('unset'),
    keychain: z.enum(['present', 'absent', 'locked', 'denied']),
    detail: z.string(),
  }),
  z.object({ state: z.literal('open') }),
  z.object({ state: z.literal('locked') }),
  z.object({ state: z.literal('absent'), detail: z.string() }),
  z.object({ state: z.literal('denied') }),
  z.object({ state: z.literal('unanswered'), seconds: z.number() }),
  z.object({ state: z.literal('foreign') }),
  z.object({ state: z.literal('damaged'), detail: z.string() }),
]);
export type VaultState = z.infer<typeof vaultStateSchema>;

/** What the status line says of the vault. */
export const vaultStatusSchema = z.object({
  store: storeKindSchema.nullable(),
  /** How sealed files are locked; null for the keychain. */
  lockedBy: z.enum(['passphrase', 'keychain']).nullable(),
  /** The keychain in words, such as "GNOME Keyring (Secret Service)". */
  backend: z.string(),
  vault: vaultStateSchema,
});
export type VaultStatus = z.infer<typeof vaultStatusSchema>;

/**
 * What a file was that was set aside. `vault`: the note of where the secrets are kept (`vault.json`); `restore`: the list of
 * what a restore was about to change.
 */
export const setAsideKindSchema = z.enum([
  'keys',
  'connections',
  'definitions',
  'journal',
  'activity',
  'settings',
  'vault',
  'restore',
]);
export type SetAsideKind = z.infer<typeof setAsideKindSchema>;

/**
 * Why a file was set aside. `altered`: someone without the vault's data key has changed it; `unreadable`: it could not be
 * read, or not as what it was; `cut-short`: the last line was being written when the app or the machine stopped.
 */
export const setAsideReasonSchema = z.enum(['unreadable', 'altered', 'cut-short']);
export type SetAsideReason = z.infer<typeof setAsideReasonSchema>;

/** One damaged file that was kept instead of being overwritten. */
export const setAsideSchema = z.object({
  /** Its name, by which it is put back. */
  file: z.string(),
  /** The folder that it is in. */
  folder: z.string(),
  kind: setAsideKindSchema,
  reason: setAsideReasonSchema,
  /** When it was set aside: milliseconds since 1970, UTC. */
  at: z.number().int(),
  /** How many records can be read from it; null where it cannot be opened at all. */
  readable: z.number().int().nullable(),
  /** How many of those are not in the vault now, and would come back. */
  missing: z.number().int(),
});
export type SetAsideView = z.infer<typeof setAsideSchema>;

/** What came of putting a file back. What is in the vault is never replaced. */
export const putBackSchema = z.object({
  cameBack: z.number().int(),
  /** Damaged, or not written by this vault. */
  couldNot: z.number().int(),
  /** What came back is work, which goes on when the vault is opened the next time. */
  atNextOpening: z.boolean(),
});
export type PutBack = z.infer<typeof putBackSchema>;
