import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { identityFile } from './sealed-folder.ts';

/** Locks the identity of a folder of sealed files with a passphrase, and unlocks it. */
export interface IdentityLock {
  /**
   * The age file with the identity. The work factor is the base-2 logarithm of scrypt's N; each step doubles the
   * time and the memory.
   */
  lock(identity: string, passphrase: string, workFactor: number): Promise<Uint8Array>;
  /** The identity from its file. A file that was damaged within its lock cannot be told from a wrong passphrase. */
  unlock(bytes: Uint8Array, passphrase: string): Promise<UnlockedIdentity>;
}

export type UnlockedIdentity = Result<string, Failure<'passphrase-wrong' | 'secret-unreadable'>>;

/** Locks and unlocks where it is called. age computes scrypt in one go, so the thread does nothing else meanwhile. */
export const identityLockInPlace: IdentityLock = {
  async lock(identity, passphrase, workFactor) {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    encrypter.setScryptWorkFactor(workFactor);
    return await encrypter.encrypt(`${identity}\n`);
  },

  async unlock(bytes, passphrase) {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    try {
      const identity = (await decrypter.decrypt(bytes, 'text')).trim();
      await identityToRecipient(identity);
      return ok(identity);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (/no identity matched/.test(reason)) return fail(failure('passphrase-wrong'));
      return fail(failure('secret-unreadable', { name: identityFile, reason }));
    }
  },
};
