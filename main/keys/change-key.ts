import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createTurns, type InTurn } from '../turns.ts';
import type { KeyPorts } from './key-ports.ts';

type Keys = KeyPorts['records']['keys'];

/** For each set of records, the changes of each key that are on their way. */
const turns = new WeakMap<Keys, InTurn>();

/**
 * Changes a key's record. A record in memory is the old one until the new one is on disk; so `change` gets the
 * record when every earlier change of it has ended, and of two changes at once neither undoes the other.
 * Nothing is written where `change` answers the record that it got, or a failure.
 */
export function changeKey<E = never>(
  ports: Pick<KeyPorts, 'records'>,
  id: KeyId,
  change: (key: KeyRecord) => Result<KeyRecord, E>,
): Promise<Result<KeyRecord, E | Failure<'key-unknown' | 'storage-failed'>>> {
  const { keys } = ports.records;
  return inTurn(keys, id, async () => {
    const key = keys.get(id);
    if (key === undefined) return fail(failure('key-unknown'));
    const changed = change(key);
    if (!changed.ok || changed.value === key) return changed;
    const put = await keys.put(changed.value);
    return put.ok ? ok(changed.value) : put;
  });
}

/**
 * Changes many keys' records with one write for each store that any of them is in, when every earlier change of any of them
 * has ended; whoever listens is told once. Answers those that are not what they were. Where one of them is not there, none
 * is changed.
 */
export function changeKeys(
  ports: Pick<KeyPorts, 'records'>,
  ids: Iterable<KeyId>,
  change: (key: KeyRecord) => KeyRecord,
): Promise<Result<KeyRecord[], Failure<'key-unknown' | 'storage-failed'>>> {
  const { keys } = ports.records;
  const each = [...new Set(ids)];
  return inTurnOfAll(keys, each, async () => {
    const found = each.flatMap((id) => keys.get(id) ?? []);
    if (found.length < each.length) return fail(failure('key-unknown'));
    const changed = found.flatMap((key) => {
      const next = change(key);
      return next === key ? [] : [next];
    });
    if (changed.length === 0) return ok([]);
    const put = await keys.putAll(changed);
    return put.ok ? ok(changed) : put;
  });
}

/** Removes a key's record after every change of it that is on its way, so that none brings it back. */
export function removeKey(
  ports: Pick<KeyPorts, 'records'>,
  id: KeyId,
): Promise<Result<void, Failure<'storage-failed'>>> {
  return inTurn(ports.records.keys, id, () => ports.records.keys.remove(id));
}

function inTurn<T>(keys: Keys, id: KeyId, act: () => Promise<T>): Promise<T> {
  const ofSet = turns.get(keys) ?? createTurns();
  turns.set(keys, ofSet);
  return ofSet(id, act);
}

/** Takes its place in every line at once, so that two of these never wait for each other. */
async function inTurnOfAll<T>(keys: Keys, ids: readonly KeyId[], act: () => Promise<T>): Promise<T> {
  const { promise: over, resolve: leave } = Promise.withResolvers<void>();
  const arrivals = ids.map((id) => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    void inTurn(keys, id, () => {
      arrive();
      return over;
    });
    return arrived;
  });
  try {
    await Promise.all(arrivals);
    return await act();
  } finally {
    leave();
  }
}
