import { Decrypter, Encrypter } from 'age-encryption';
import { fail, ok, type Result } from '../../shared/result.ts';

/**
 * Why bytes do not open. `not-age`: no age file, or one that asks for an identity and not for a passphrase. `damaged`:
 * an age file under the passphrase that is not whole, or not as it was written.
 */
export type SealFault =
  | { readonly fault: 'wrong-passphrase' }
  | { readonly fault: 'not-age' }
  | { readonly fault: 'damaged'; readonly reason: string };

export type Unsealed = Result<Uint8Array, SealFault>;

/** Seals bytes as one age file under a passphrase (scrypt), and opens it again. */
export interface PassphraseSealing {
  /** The work factor is the base-2 logarithm of scrypt's N; each step doubles the time and the memory. */
  seal(bytes: Uint8Array, passphrase: string, workFactor: number): Promise<Uint8Array>;
  /**
   * The bytes again, all of them or a fault. Damage to the few lines that hold the locked key of the file cannot be told
   * from a wrong passphrase; damage anywhere else is told as that, once the passphrase is right.
   */
  open(bytes: Uint8Array, passphrase: string): Promise<Unsealed>;
}

/** What `age` itself takes: 256 MB and about one second. */
export const usualWorkFactor = 18;

/** Seals and opens where it is called. age computes scrypt in one go, so the thread does nothing else meanwhile. */
export const passphraseSealingInPlace: PassphraseSealing = {
  async seal(bytes, passphrase, workFactor) {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    encrypter.setScryptWorkFactor(workFactor);
    return await encrypter.encrypt(bytes);
  },

  async open(bytes, passphrase) {
    const kind = kindOf(bytes);
    if (kind === 'other') return fail({ fault: 'not-age' });
    if (kind === 'cut-off') return fail({ fault: 'damaged', reason: 'its head is cut off' });
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    try {
      return ok(await decrypter.decrypt(bytes));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // The library's words for a locked key that this passphrase does not open.
      if (/no identity matched/.test(reason)) return fail({ fault: 'wrong-passphrase' });
      return fail({ fault: 'damaged', reason });
    }
  },
};

const versionLine = 'age-encryption.org/v1\n';
const scryptStart = `${versionLine}-> scrypt `;

/** What the first lines say (https://age-encryption.org/v1): a passphrase's file has one stanza, of the type scrypt. */
function kindOf(bytes: Uint8Array): 'passphrase' | 'cut-off' | 'other' {
  const start = Buffer.from(bytes.subarray(0, scryptStart.length)).toString('latin1');
  if (start === scryptStart) return 'passphrase';
  return start !== '' && scryptStart.startsWith(start) ? 'cut-off' : 'other';
}
