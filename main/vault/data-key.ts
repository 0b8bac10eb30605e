import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../secrets/secret.ts';
import type { SecretStore } from '../secrets/secret-store.ts';

const dataKeyBytes = 32;

/** The key that everything of the vault beside its secrets is sealed with. */
export interface DataKey {
  readonly key: Uint8Array;
  /** It was made just now: the vault is new. */
  readonly isNew: boolean;
}

/**
 * Reads the vault's data key; where the store is open and has none, makes it. `mustExist`: the vault was set up
 * before, so that a store without its key is another one (`keychain-foreign`), and nothing is written to it.
 */
export async function openDataKey(
  secrets: SecretStore,
  options: { readonly mustExist: boolean; readonly random: (bytes: number) => Uint8Array },
): Promise<Result<DataKey, SecretStoreFailure>> {
  const found = await secrets.get('vault');
  if (found.ok) return readDataKey(found.value);
  const isMissing = found.error.code === 'secret-gone' || found.error.code === 'keychain-foreign';
  if (!isMissing) return found;
  if (options.mustExist) return fail(failure('keychain-foreign'));
  const key = options.random(dataKeyBytes);
  const put = await secrets.put('vault', new Secret(Buffer.from(key).toString('base64')));
  return put.ok ? ok({ key, isNew: true }) : put;
}

/** Anything of another length is no data key, and nothing may be sealed with it. */
function readDataKey(stored: Secret): Result<DataKey, Failure<'secret-unreadable'>> {
  const key = Buffer.from(stored.reveal(), 'base64');
  if (key.length === dataKeyBytes) return ok({ key, isNew: false });
  return fail(failure('secret-unreadable', { name: 'vault', reason: 'it is not the key of a vault' }));
}
