import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { removeLeftOvers, syncFolder, writeDurably } from '../storage/durable-file.ts';
import type { SetAside } from '../storage/records.ts';
import { setAside } from '../storage/set-aside.ts';
import { isAbsent, storageFailed } from '../storage/storage-failure.ts';
import { type RestoreList, readList, writeList } from './restore-list.ts';

/**
 * [Note: a restore is whole or not at all]
 * The whole list of what a restore changes is on disk before the first change, and goes when the last one is made.
 * Whoever opens the vault and finds it makes all the changes once more, before anyone sees the vault.
 */
export interface PendingRestore {
  /** The list that was not brought to its end; null where there is none. */
  read(): Promise<Result<RestoreList | null, Failure<'storage-failed'>>>;
  /** Durable when it answers. From then on the restore is decided. */
  write(list: RestoreList): Promise<Result<void, Failure<'storage-failed'>>>;
  clear(): Promise<Result<void, Failure<'storage-failed'>>>;
  /** Lists that could not be read, and are kept. */
  readonly setAside: readonly SetAside[];
}

const start = 'keyturn pending restore ';
const head = Buffer.from(`${start}1\n`);
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * The list in `pending-restore` of the folder, encrypted (AES-256-GCM) under a key that is derived from the vault's
 * data key (HKDF-SHA256, label `pending-restore`). A file that is damaged or another vault's is set aside.
 */
export function pendingRestoreIn({
  folder,
  dataKey,
  random,
  now,
}: {
  readonly folder: string;
  readonly dataKey: Uint8Array;
  readonly random: (bytes: number) => Uint8Array;
  readonly now: () => number;
}): PendingRestore {
  const file = join(folder, 'pending-restore');
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', 'pending-restore', 32));
  const found: SetAside[] = [];

  function seal(list: RestoreList): Buffer {
    const nonce = random(nonceBytes);
    const encrypting = createCipheriv(cipher, key, nonce).setAAD(head);
    return Buffer.concat([
      head,
      nonce,
      encrypting.update(writeList(list)),
      encrypting.final(),
      encrypting.getAuthTag(),
    ]);
  }

  function unseal(bytes: Buffer): RestoreList {
    const nonce = bytes.subarray(head.length, head.length + nonceBytes);
    const decrypting = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(head);
    decrypting.setAuthTag(bytes.subarray(-tagBytes));
    const sealed = bytes.subarray(head.length + nonceBytes, -tagBytes);
    return readList(Buffer.concat([decrypting.update(sealed), decrypting.final()]));
  }

  async function remove(): Promise<void> {
    await rm(file, { force: true });
    await syncFolder(dirname(file));
  }

  async function guarded<T>(act: () => Promise<T>): Promise<Result<T, Failure<'storage-failed'>>> {
    try {
      return ok(await act());
    } catch (error) {
      return fail(storageFailed(file, error));
    }
  }

  return {
    setAside: found,
    read: () =>
      guarded(async () => {
        await removeLeftOvers(file).catch(ignoreAbsence);
        const bytes = await readFile(file).catch(ignoreAbsence);
        if (bytes === undefined) return null;
        const isNewer =
          bytes.toString('latin1').startsWith(start) && !bytes.subarray(0, head.length).equals(head);
        if (isNewer) throw new Error('it was written by a newer version of the app');
        try {
          return unseal(bytes);
        } catch {
          found.push(await setAside(folder, basename(file), bytes, 'unreadable', now()));
          await remove();
          return null;
        }
      }),
    write: (list) => guarded(() => writeDurably(file, seal(list), 0o600)),
    async clear() {
      const cleared = await guarded(remove);
      return cleared.ok ? done : cleared;
    },
  };
}

function ignoreAbsence(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
  return undefined;
}
