import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { inGroups, inOrder } from '../in-order.ts';
import { replaceFile, syncFolder } from '../storage/durable-file.ts';
import type { NamedSecret } from './many-secrets.ts';
import type { SealedBatch, SealedBatches } from './sealed-batches.ts';
import { recipientFile, storageFailed } from './sealed-folder.ts';
import { Secret } from './secret.ts';
import type { SecretName, SecretStore } from './secret-store.ts';
import { checkStorable } from './storable.ts';

/** How many files a thread is given at a time, and how many such groups are under way. */
const groupSize = 64;
const groupsAtOnce = 8;

type Outcome<T> = Promise<Result<T, SecretStoreFailure>>;

/** The folder whose files are dealt with many at a time; `getOne` and `putOne` do what a batch could not. */
export interface SealedFolder {
  readonly folder: string;
  readonly batches: SealedBatches | null;
  /** The identity while the store is open. */
  readonly identity: () => string | null;
  readonly fileOf: (name: SecretName) => string;
  readonly whenOpen: <T>(name: SecretName, task: () => Outcome<T>) => Outcome<T>;
  readonly getOne: (name: SecretName) => Outcome<Secret>;
  readonly putOne: (name: SecretName, secret: Secret) => Outcome<void>;
}

/** Reads and writes many sealed files: the sealing in threads, and the folder synced once for a group of files. */
export function manySealedFiles(place: SealedFolder): Required<Pick<SecretStore, 'getMany' | 'putMany'>> {
  const begin = (): SealedBatch | null => {
    const identity = place.identity();
    return identity === null ? null : (place.batches?.begin(identity) ?? null);
  };

  async function* getMany(names: readonly SecretName[]) {
    const batch = begin();
    try {
      const read = async (group: SecretName[]) => ({
        group,
        // Threads that cannot be had are no reason not to read.
        values: (await batch?.unseal(group.map(place.fileOf)).catch(() => null)) ?? [],
      });
      for await (const { group, values } of inOrder(inGroups(names, groupSize), groupsAtOnce, read)) {
        for (const [index, name] of group.entries()) {
          const value = place.identity() === null ? null : (values[index] ?? null);
          yield value === null ? await place.getOne(name) : ok(new Secret(value));
        }
      }
    } finally {
      await batch?.end();
    }
  }

  async function* putMany(secrets: readonly NamedSecret[]) {
    const batch = begin();
    try {
      const put = (group: NamedSecret[]) => putGroup(place, group, batch);
      for await (const outcomes of inOrder(inGroups(secrets, groupSize), groupsAtOnce, put)) yield* outcomes;
    } finally {
      await batch?.end();
    }
  }

  return { getMany, putMany };
}

async function putGroup(
  place: SealedFolder,
  group: readonly NamedSecret[],
  batch: SealedBatch | null,
): Promise<Result<void, SecretStoreFailure>[]> {
  const sealed = await sealAll(place, group, batch);
  const outcomes = await Promise.all(
    group.map(([name, secret], index) => {
      const bytes = sealed[index];
      return bytes === undefined ? place.putOne(name, secret) : writeSealed(place, name, bytes);
    }),
  );
  try {
    await syncFolder(place.folder);
    return outcomes;
  } catch (error) {
    return outcomes.map((each) => (each.ok ? fail(storageFailed(place.folder, error)) : each));
  }
}

/** Each of the group sealed; none where one by one is the way to find out what is wrong. */
async function sealAll(
  { folder }: SealedFolder,
  group: readonly NamedSecret[],
  batch: SealedBatch | null,
): Promise<readonly Uint8Array[]> {
  const isComplete = await stat(join(folder, recipientFile)).then(
    () => true,
    () => false,
  );
  if (batch === null || !isComplete || !group.every(([, secret]) => checkStorable(secret).ok)) return [];
  return batch.seal(group.map(([, secret]) => secret.reveal())).catch(() => []);
}

/** Writes what is sealed already and compares what the disk gives back. The folder is synced by the caller. */
function writeSealed(place: SealedFolder, name: SecretName, sealed: Uint8Array): Outcome<void> {
  const file = place.fileOf(name);
  return place.whenOpen(name, async () => {
    try {
      await replaceFile(file, sealed, 0o600);
      if ((await readFile(file)).equals(sealed)) return done;
      return fail(failure('secret-not-storable', { reason: 'not-read-back' }));
    } catch (error) {
      return fail(storageFailed(file, error));
    }
  });
}
