import {
  type Failure,
  failure,
  type ProviderFailure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { mayBeFrom } from '../../shared/domain/lost-key.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import { keyBeingRevoked, type Work } from '../../shared/domain/work.ts';
import type { Standing } from '../../shared/ipc/connections.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answers } from '../providers/provider.ts';
import type { ConnectionPorts } from './add-connection.ts';
import { openProvider } from './open-provider.ts';

export type CompareFailure =
  | SecretStoreFailure
  | ProviderFailure
  | Failure<'connection-unknown' | 'storage-failed'>;

/** How a key stands, and whether unfinished work may have made it: that work keeps it or revokes it. */
export interface Compared extends Standing {
  readonly isOfWork: boolean;
}

const order: readonly Standing['standing'][] = ['stray', 'vanished', 'in-step', 'ended', 'own'];

/**
 * What the provider lists beside what the vault holds, first what needs a look. Asks the provider and changes nothing.
 * A key that the vault took for revoked and that is listed as alive is a `stray` with its `keyId`.
 */
export async function compareKeys(
  ports: ConnectionPorts,
  id: ConnectionId,
  answers: Answers,
): Promise<Result<Standing[], CompareFailure>> {
  const compared = await compareAll(ports, id, answers);
  if (!compared.ok) return compared;
  return ok(compared.value.filter((each) => !each.isOfWork).map(({ isOfWork: _, ...standing }) => standing));
}

/** The same with the keys that unfinished work may have made. */
export async function compareAll(
  ports: ConnectionPorts,
  id: ConnectionId,
  answers: Answers,
): Promise<Result<Compared[], CompareFailure>> {
  const provider = await openProvider(ports, id);
  if (!provider.ok) return provider;
  const keysOf = () => ports.records.keys.all().filter((key) => key.connectionId === id);
  const askedAt = ports.clock.now();
  const heldBefore = new Set(keysOf().map((key) => key.id));
  const listed = await provider.value.list(answers);
  if (!listed.ok) return listed;
  const own = await provider.value.ownKeyId();
  if (ports.records.connections.get(id) === undefined) return fail(failure('connection-unknown'));
  // Looked at after the list, so that a key which was made meanwhile is known.
  const works = ports.journal.unfinished();
  const facts: Facts = {
    held: keysOf(),
    heldBefore,
    askedAt,
    works,
    making: works.filter((work) => work.newKey?.connectionId === id),
    // Where the provider does not tell now, the rest of the comparison is as good.
    ownKeyId: own.ok ? own.value : null,
    listsNames: provider.value.listsNames,
  };
  const standings = [...standingsOfListed(listed.value, facts), ...vanished(listed.value, facts)];
  return ok(standings.sort(byNeed));
}

interface Facts {
  readonly held: readonly KeyRecord[];
  /** The keys that were there before the provider was asked: only they can be missing in its list. */
  readonly heldBefore: ReadonlySet<KeyRecord['id']>;
  readonly askedAt: number;
  readonly works: readonly Work[];
  readonly making: readonly Work[];
  readonly ownKeyId: string | null;
  readonly listsNames: boolean;
}

function standingsOfListed(listed: readonly ListedKey[], facts: Facts): Compared[] {
  return listed.map((key) => {
    const record = recordOf(key, facts);
    const standing = standingOf(key, record, facts);
    const isOfWork =
      record === undefined &&
      standing === 'stray' &&
      facts.making.some((work) => mayHaveMade(work, key, facts));
    const name = record?.name ?? (key.name === '' ? key.providerKeyId : key.name);
    return { standing, listed: key, keyId: record?.id ?? null, name, isOfWork };
  });
}

/**
 * The record of a listed key: by the provider's id, or by its label where that id never became known. After a rotation
 * that kept the id two have it, and the one that was not replaced counts.
 */
function recordOf(key: ListedKey, { held, listsNames }: Facts): KeyRecord | undefined {
  const byId = held.filter((one) => one.providerKeyId === key.providerKeyId);
  if (byId.length > 0) return byId.find((one) => one.replacedBy === null) ?? byId.find(isAlive) ?? byId[0];
  if (!listsNames) return undefined;
  return held.find((one) => one.providerKeyId === null && one.label === key.name);
}

function standingOf(key: ListedKey, record: KeyRecord | undefined, facts: Facts): Standing['standing'] {
  if (key.providerKeyId === facts.ownKeyId) return 'own';
  if (record === undefined) return key.active ? 'stray' : 'ended';
  if (isAlive(record)) {
    if (key.active) return 'in-step';
    return isBeingRevoked(record, facts) ? 'ended' : 'vanished';
  }
  // Revoked while the provider was answering: the list is older than that.
  const endedMeanwhile = (record.revokedAt ?? 0) >= facts.askedAt;
  return key.active && !endedMeanwhile ? 'stray' : 'ended';
}

/** Keys that the vault takes for alive and the provider does not list. One without the provider's id cannot be missed. */
function vanished(listed: readonly ListedKey[], facts: Facts): Compared[] {
  const there = new Set(listed.map((key) => key.providerKeyId));
  return facts.held
    .filter((key) => isAlive(key) && key.providerKeyId !== null && !there.has(key.providerKeyId))
    .filter((key) => facts.heldBefore.has(key.id) && !isBeingRevoked(key, facts))
    .filter((key) => !facts.making.some((work) => work.newKey?.id === key.id))
    .map((key) => ({ standing: 'vanished', listed: null, keyId: key.id, name: key.name, isOfWork: false }));
}

const isAlive = (key: KeyRecord): boolean => key.revokedAt === null && key.status !== 'revoked';

function isBeingRevoked(key: KeyRecord, { works }: Facts): boolean {
  return works.some((work) => keyBeingRevoked(work) === key.id);
}

/** Whether the work made the key: by its id once that is known, before that by its label or the time of its making. */
function mayHaveMade(work: Work, key: ListedKey, { listsNames }: Facts): boolean {
  const providerKeyId = work.newKey?.providerKeyId ?? null;
  if (providerKeyId !== null) return key.providerKeyId === providerKeyId;
  return mayBeFrom(work, key, listsNames);
}

function byNeed(a: Standing, b: Standing): number {
  const need = order.indexOf(a.standing) - order.indexOf(b.standing);
  if (need !== 0) return need;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return (a.listed?.providerKeyId ?? '') < (b.listed?.providerKeyId ?? '') ? -1 : 1;
}
