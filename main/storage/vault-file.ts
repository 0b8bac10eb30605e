import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../shared/domain/failure.ts';
import { storeKindSchema } from '../../shared/domain/vault.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { writeDurably } from './durable-file.ts';
import { isAbsent, storageFailed } from './storage-failure.ts';

const knownVersion = 1;

const vaultFileSchema = z.object({
  version: z.literal(knownVersion),
  store: storeKindSchema,
  /** How sealed files are locked; null for the keychain. */
  lockedBy: z.enum(['passphrase', 'keychain']).nullable(),
  createdAt: z.number().int(),
  vaultId: z.string().regex(/^vlt_[0-9a-f]{32}$/),
});

/** That a vault was set up, and where its secrets are kept. Needed before anything of it can be opened. */
export type VaultFile = z.infer<typeof vaultFileSchema>;

/** The file for a vault that is being set up now. */
export function newVaultFile(choice: Pick<VaultFile, 'store' | 'lockedBy'>, createdAt: number): VaultFile {
  return { version: knownVersion, ...choice, createdAt, vaultId: `vlt_${randomBytes(16).toString('hex')}` };
}

/**
 * Reads `vault.json` in the folder. Null only when the file is not there: a vault was never set up. A file that is
 * damaged, cannot be read or is newer than this app is a failure, so that nobody sets up a vault over another.
 */
export async function readVaultFile(
  folder: string,
): Promise<Result<VaultFile | null, Failure<'storage-failed'>>> {
  const file = fileIn(folder);
  try {
    const parsed = vaultFileSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success
      ? ok(parsed.data)
      : fail(storageFailed(file, new Error('the file is damaged or newer')));
  } catch (error) {
    if (isAbsent(error)) return ok(null);
    const reason = error instanceof SyntaxError ? new Error('the file is damaged') : error;
    return fail(storageFailed(file, reason));
  }
}

/** Writes `vault.json`; on disk when it answers. */
export async function writeVaultFile(
  folder: string,
  vault: VaultFile,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const file = fileIn(folder);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(file, `${JSON.stringify(vaultFileSchema.parse(vault), null, 2)}\n`, 0o600);
    return done;
  } catch (error) {
    return fail(storageFailed(file, error));
  }
}

function fileIn(folder: string): string {
  return join(folder, 'vault.json');
}
