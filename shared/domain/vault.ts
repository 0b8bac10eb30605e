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
