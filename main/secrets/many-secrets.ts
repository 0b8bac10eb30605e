import type { SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { Result } from '../../shared/result.ts';
import { inOrder } from '../in-order.ts';
import type { Secret } from './secret.ts';
import type { SecretName, SecretStore } from './secret-store.ts';

/** How many calls a store that takes them one by one is given at the same time. */
const atOnce = 8;

export type NamedSecret = readonly [SecretName, Secret];

/** Reads many secrets, in the order of their names. Whoever stops listening stops the reading. */
export function getMany(
  store: SecretStore,
  names: readonly SecretName[],
): AsyncIterable<Result<Secret, SecretStoreFailure>> {
  return store.getMany?.(names) ?? inOrder(names, atOnce, (name) => store.get(name));
}

/** Puts many secrets, each as `put` does, and answers for each in their order. */
export function putMany(
  store: SecretStore,
  secrets: readonly NamedSecret[],
): AsyncIterable<Result<void, SecretStoreFailure>> {
  return store.putMany?.(secrets) ?? inOrder(secrets, atOnce, ([name, secret]) => store.put(name, secret));
}

/** Drops many secrets, and answers for each in their order. */
export function dropMany(
  store: SecretStore,
  names: readonly SecretName[],
): AsyncIterable<Result<void, SecretStoreFailure>> {
  return inOrder(names, atOnce, (name) => store.drop(name));
}
