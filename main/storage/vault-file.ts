import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../shared/domain/failure.ts';
import { storeKindSchema } from '../../shared/domain/vault.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { writeDurably } from './durable-file.ts';
import { readabilityOf } from './readable.ts';
import { moveAside } from './set-aside.ts';
import { storageFailed } from './storage-failure.ts';
import { parseObject } from './store-like.ts';

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
 * What was found in the place of `vault.json`. Null only when the file is not there: a vault was never set up. A damaged
 * one says that there is a vault, but not where its secrets are.
 */
export type FoundVaultFile = VaultFile | 'damaged' | null;

/** Reads `vault.json` in the folder. One that is newer than this app is a failure, as is a disk that cannot be read. */
export async function readVaultFile(
  folder: string,
): Promise<Result<FoundVaultFile, Failure<'storage-failed'>>> {
  const file = fileIn(folder);
  try {
    const readability = await readabilityOf(file);
    if (readability !== 'file') return ok(readability === 'gone' ? null : 'damaged');
    const stored = parseObject(await readFile(file, 'utf8'));
    if (typeof stored.version === 'number' && stored.version > knownVersion)
      return fail(storageFailed(file, new Error('it was written by a newer version of the app')));
    const parsed = vaultFileSchema.safeParse(stored);
    return ok(parsed.success ? parsed.data : 'damaged');
  } catch (error) {
    return fail(storageFailed(file, error));
  }
}

/** Moves a damaged `vault.json` to `set-aside/`, so that a new one can be written. */
export async function moveVaultFileAside(
  folder: string,
  at: number,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const file = fileIn(folder);
  try {
    await moveAside(file, at);
    return done;
  } catch (error) {
    return fail(storageFailed(file, error));
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
