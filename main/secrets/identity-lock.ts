import { identityToRecipient } from 'age-encryption';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type PassphraseSealing, passphraseSealingInPlace } from './passphrase-sealing.ts';
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

/** The identity lock by a sealing, in whichever thread that does its work. */
export function identityLockBy(sealing: PassphraseSealing): IdentityLock {
  return {
    lock: (identity, passphrase, workFactor) =>
      sealing.seal(Buffer.from(`${identity}\n`), passphrase, workFactor),

    async unlock(bytes, passphrase) {
      const opened = await sealing.open(bytes, passphrase);
      if (!opened.ok && opened.error.fault === 'wrong-passphrase') return fail(failure('passphrase-wrong'));
      if (!opened.ok) return unreadable('reason' in opened.error ? opened.error.reason : 'no age file');
      const identity = Buffer.from(opened.value).toString('utf8').trim();
      const isIdentity = await identityToRecipient(identity).then(
        () => true,
        () => false,
      );
      return isIdentity ? ok(identity) : unreadable('it holds no identity');
    },
  };
}

/** Locks and unlocks in the thread that asks for it. */
export const identityLockInPlace: IdentityLock = identityLockBy(passphraseSealingInPlace);

function unreadable(reason: string): UnlockedIdentity {
  return fail(failure('secret-unreadable', { name: identityFile, reason }));
}
