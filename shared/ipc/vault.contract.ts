import { z } from 'zod';
import { secretStoreFailures } from '../domain/failure.ts';
import { putBackSchema, setAsideSchema, vaultStatusSchema } from '../domain/vault.ts';
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
  /** The damaged files that were set aside, newest first. */
  'vault.setAside': call(nothing, z.object({ files: z.array(setAsideSchema) }), [
    'vault-closed',
    'storage-failed',
  ]),
  /**
   * Adds what can still be read from a file that was set aside, and is missing now. The file stays where it is.
   * `file-gone`: no such file was set aside.
   */
  'vault.putBack': call(z.object({ file: z.string() }), putBackSchema, [
    'vault-closed',
    'storage-failed',
    'file-gone',
    'file-unreadable',
  ]),
  'vault.changed': feed(vaultStatusSchema),
} as const;
