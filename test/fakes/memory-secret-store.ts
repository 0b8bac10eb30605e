import { Secret } from '../../main/secrets/secret.ts';
import type { SecretName, SecretStore, StoreProbe } from '../../main/secrets/secret-store.ts';
import { checkStorable } from '../../main/secrets/storable.ts';
import { failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { StoreKind } from '../../shared/domain/vault.ts';
import { done, fail, ok } from '../../shared/result.ts';

export interface MemorySecretStore extends SecretStore {
  /** What is stored, to look at and to tamper with. */
  readonly items: Map<SecretName, string>;
  /** Every call in order, such as `put key/key_1`. */
  readonly calls: readonly string[];
  /** Makes every call fail, until `null` makes it well again. Nothing stored is lost. */
  failWith(trouble: SecretStoreFailure | null): void;
  /** Makes the next call of this method, and only that, fail. It changes nothing. */
  failOnce(method: 'put' | 'get' | 'drop', trouble: SecretStoreFailure): void;
  probe(): Promise<StoreProbe>;
  describe(): Promise<string>;
}

/** A store in memory that keeps the promises of the port; what it is told to fail with, it fails with. */
export function createMemorySecretStore(
  options: { readonly kind?: StoreKind; readonly items?: Iterable<readonly [SecretName, string]> } = {},
): MemorySecretStore {
  const items = new Map<SecretName, string>(options.items);
  const calls: string[] = [];
  const once = new Map<string, SecretStoreFailure>();
  let trouble: SecretStoreFailure | null = null;

  function troubleOf(method: string, name: SecretName): SecretStoreFailure | null {
    calls.push(`${method} ${name}`);
    const mine = once.get(method);
    once.delete(method);
    return mine ?? trouble;
  }

  function missing(name: SecretName): SecretStoreFailure {
    const isAnchor = name === 'vault' || name === 'identity';
    return isAnchor || items.has('vault') || options.kind === 'sealed-files'
      ? failure('secret-gone', { name })
      : failure('keychain-foreign');
  }

  return {
    kind: options.kind ?? 'keychain',
    items,
    calls,
    failWith(next) {
      trouble = next;
    },
    failOnce(method, next) {
      once.set(method, next);
    },
    async put(name, secret) {
      const failed = troubleOf('put', name);
      if (failed) return fail(failed);
      const storable = checkStorable(secret);
      if (storable.ok) items.set(name, secret.reveal());
      return storable;
    },
    async get(name) {
      const failed = troubleOf('get', name);
      if (failed) return fail(failed);
      const value = items.get(name);
      return value === undefined ? fail(missing(name)) : ok(new Secret(value));
    },
    async drop(name) {
      const failed = troubleOf('drop', name);
      if (failed) return fail(failed);
      if (!items.delete(name)) {
        const why = missing(name);
        return why.code === 'secret-gone' ? done : fail(why);
      }
      return done;
    },
    async close() {
      trouble = failure('keychain-locked');
    },
    async probe() {
      if (!trouble) return { state: 'present' };
      if (trouble.code === 'keychain-locked') return { state: 'locked' };
      if (trouble.code === 'keychain-denied') return { state: 'denied' };
      if (trouble.code === 'keychain-unanswered') return { state: 'unanswered', seconds: trouble.seconds };
      return { state: 'absent', detail: trouble.code };
    },
    describe: async () => 'memory',
  };
}
