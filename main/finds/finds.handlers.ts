import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId, WorkId } from '../../shared/domain/ids.ts';
import { isAlive, type KeyRecord, type Target } from '../../shared/domain/key.ts';
import type { Handlers, OutputOf, ParsedInputOf } from '../../shared/ipc/define.ts';
import type { searchContract } from '../../shared/ipc/search.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { failedAs } from '../ipc/failed-as.ts';
import type { SearchRun } from '../search-run.ts';
import type { Secret, SecretFields } from '../secrets/secret.ts';
import type { Vault } from '../vault/vault.ts';
import { type FindPorts, findKeys } from './find-keys.ts';
import type { KnownKey, RevokedKey } from './group-finds.ts';
import type { KeptFinds } from './kept-finds.ts';
import type { FolderFailure } from './walk-env-files.ts';

/** A file that holds a key already, and the variables of its fields there. */
export type FollowedFile = Pick<Target, 'file' | 'variables'>;

/** A key that was found, as the user wants it to be taken in. */
export interface AdoptWish
  extends Pick<
    ParsedInputOf<(typeof searchContract)['finds.adopt']>,
    'connectionId' | 'name' | 'anyForm' | 'policy'
  > {
  readonly key: SecretFields;
  /** The key is at least as old as this; null where nothing tells. */
  readonly since: number | null;
  readonly follow: readonly FollowedFile[];
}

export interface FindsHandlersOptions extends Omit<FindPorts, 'knownKey' | 'revokedKey'> {
  /** The open vault, or null. */
  readonly vault: () => Vault | null;
  readonly searches: SearchRun;
  readonly kept: KeptFinds;
  readonly knownKey: (vault: Vault, value: Secret) => KeyRecord | null;
  /** Takes a key in with the files that hold it as its targets, none of which is written to. */
  readonly adoptKey: (
    vault: Vault,
    wish: AdoptWish,
  ) => Promise<Result<{ keyId: KeyId; workId: WorkId }, Failure>>;
  /** Gives a key that the vault holds one more target, which has the value already. */
  readonly followTarget: (vault: Vault, id: KeyId, target: FollowedFile) => Promise<Result<unknown, Failure>>;
}

type Searched = Result<
  OutputOf<(typeof searchContract)['finds.search']>,
  FolderFailure | Failure<'vault-closed'>
>;

type FindsCalls = 'finds.search' | 'finds.adopt' | 'finds.forget' | 'search.cancel';

/** What the page may ask about keys in the user's folders. */
export function findsHandlers(
  options: FindsHandlersOptions,
): Handlers<Pick<typeof searchContract, FindsCalls>> {
  const { vault: openVault, searches, kept } = options;
  /** How often what was found was to be forgotten: what a search finds after that is not kept. */
  let forgotten = 0;
  const knownIn = (vault: Vault, value: Secret) => placeIn(vault, options.knownKey(vault, value), value);
  return {
    'finds.search': async ({ folder }) => {
      const vault = openVault();
      if (vault === null) return fail(failure('vault-closed'));
      const ports = {
        ...options,
        knownKey: (value: Secret) => knownIn(vault, value),
        revokedKey: (value: Secret) => revokedIn(vault, value),
      };
      const before = forgotten;
      return searches.start(async (signal, progress): Promise<Searched> => {
        kept.forget();
        const found = await findKeys(ports, folder, signal, progress);
        if (!found.ok) return found;
        // Locked meanwhile: what was found is of a vault that is not open any more.
        if (openVault() !== vault) return fail(failure('vault-closed'));
        const { keys, strangers, files, skipped, stoppedAfter } = found.value;
        if (forgotten === before) kept.keep(vault, keys);
        return ok({
          finds: keys.map(({ find }) => find),
          strangers: [...strangers],
          files,
          skipped: [...skipped],
          stoppedAfter,
        });
      });
    },
    'finds.adopt': async ({ findId, providerId, follow, ...wish }) => {
      const vault = openVault();
      if (vault === null) return fail(failure('vault-closed'));
      const found = kept.get(vault, findId);
      if (found === null) return fail(failure('find-unknown'));
      // It may have been taken in since it was found.
      const known = knownIn(vault, found.value);
      const adoptable = found.adoptable.get(known?.providerId ?? providerId);
      if (adoptable === undefined) return fail(failure('find-unknown'));
      const targets = adoptable.targets.filter(({ file }) => follow.includes(file));
      if (known === null) {
        const connection = vault.records.connections.get(wish.connectionId);
        if (connection?.providerId !== providerId) return fail(failure('connection-unknown'));
        const { since } = found.find;
        const adopted = await options.adoptKey(vault, {
          ...wish,
          key: adoptable.fields,
          since,
          follow: targets,
        });
        return adopted.ok ? adopted : failedAs(adopted.error);
      }
      for (const target of targets.filter((one) => !isFollowed(known.key, one))) {
        const followed = await options.followTarget(vault, known.key.id, target);
        if (!followed.ok) return failedAs(followed.error);
      }
      return ok({ keyId: known.key.id, workId: null });
    },
    'finds.forget': () => {
      forgotten += 1;
      kept.forget();
      return ok({});
    },
    'search.cancel': () => {
      searches.cancel();
      return ok({});
    },
  };
}

/** Which field of the key the value is, and whose key it is. */
function placeIn({ records, ports }: Vault, key: KeyRecord | null, value: Secret): KnownKey | null {
  if (key === null) return null;
  const wanted = ports.fingerprint(value);
  const field = key.fields.find(({ fingerprint }) => fingerprint === wanted);
  const connection = records.connections.get(key.connectionId);
  return field === undefined || connection === undefined
    ? null
    : { key, providerId: connection.providerId, field: field.name };
}

/** Which field of a revoked key the value was, and which living key has come in its place. */
function revokedIn({ records, ports }: Vault, value: Secret): RevokedKey | null {
  const wanted = ports.fingerprint(value);
  const isIt = ({ secret, fingerprint }: KeyRecord['fields'][number]) => secret && fingerprint === wanted;
  const key = records.keys.all().find((one) => !isAlive(one) && one.fields.some(isIt));
  const field = key?.fields.find(isIt)?.name;
  const providerId = records.connections.get(key?.connectionId ?? ('' as never))?.providerId;
  if (key === undefined || field === undefined || providerId === undefined) return null;
  const successor = successorOf(records.keys, key);
  return {
    told: {
      name: key.name,
      successor: successor && { id: successor.id, name: successor.name, field },
    },
    providerId,
    field,
  };
}

/** The living key at the end of those that replaced one another; null where there is none. */
function successorOf(keys: Vault['records']['keys'], key: KeyRecord): KeyRecord | null {
  const seen = new Set<KeyId>();
  let next: KeyRecord | undefined = key;
  while (next !== undefined && !isAlive(next) && !seen.has(next.id)) {
    seen.add(next.id);
    next = next.replacedBy === null ? undefined : keys.get(next.replacedBy);
  }
  return next !== undefined && isAlive(next) ? next : null;
}

/** Whether one of the key's targets is this file with these variables. */
function isFollowed({ targets }: KnownKey['key'], { file, variables }: FollowedFile): boolean {
  const names = Object.values(variables);
  return targets.some(
    (one) => one.file === file && names.every((name) => Object.values(one.variables).includes(name)),
  );
}
