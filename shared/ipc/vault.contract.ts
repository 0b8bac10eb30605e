import { z } from 'zod';
import { secretStoreFailures } from '../domain/failure.ts';
import { vaultStatusSchema } from '../domain/vault.ts';
import { call, feed } from './define.ts';

const nothing = z.object({});
const openFailures = [
  ...secretStoreFailures,
  'passphrase-wrong',
  'passphrase-too-short',
  'storage-failed',
] as const;

/** Choosing, opening and closing the place where secrets are kept. */
export const vaultContract = {
  'vault.status': call(nothing, vaultStatusSchema),
  /** Tries again what failed at start: the keychain may have been unlocked or started meanwhile. */
  'vault.retry': call(nothing, vaultStatusSchema, openFailures),
  'vault.useKeychain': call(nothing, vaultStatusSchema, openFailures),
  'vault.usePassphrase': call(z.object({ passphrase: z.string() }), vaultStatusSchema, openFailures),
  'vault.unlock': call(z.object({ passphrase: z.string() }), vaultStatusSchema, openFailures),
  'vault.lock': call(nothing, vaultStatusSchema),
  'vault.changed': feed(vaultStatusSchema),
} as const;
