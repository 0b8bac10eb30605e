import { isDeepStrictEqual } from 'node:util';
import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { RotationPolicy } from '../../shared/domain/key.ts';
import type { Result } from '../../shared/result.ts';
import { changeKeys } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKeys } from './note-keys.ts';

/** Sets the period of these keys, and notes it as one change. All keys or, where one is not known, none. */
export async function setPolicy(
  ports: Pick<KeyPorts, 'records' | 'activity' | 'clock'>,
  ids: readonly KeyId[],
  policy: RotationPolicy,
): Promise<Result<void, Failure<'key-unknown' | 'storage-failed'>>> {
  const changed = await changeKeys(ports, ids, (key) =>
    isDeepStrictEqual(key.policy, policy) ? key : { ...key, policy },
  );
  return changed.ok ? noteKeys(ports, changed.value, 'period-changed', periodCode(policy)) : changed;
}

/** The days, `never`, or `usual` for what the connection, the provider or the app says; the user's reason is left out. */
function periodCode({ everyDays }: RotationPolicy): string {
  if (everyDays === undefined) return 'usual';
  return everyDays === null ? 'never' : String(everyDays);
}
