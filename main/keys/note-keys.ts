import type { ActivityEvent } from '../../shared/domain/activity.ts';
import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { done, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';

type Noted = Promise<Result<void, Failure<'storage-failed'>>>;
type Noting = Pick<KeyPorts, 'activity' | 'clock'>;

/** Notes what happened to a key; durable when it answers. `detail` is a file, a field, a day or a code. */
export function noteKey(
  { activity, clock }: Noting,
  { id, connectionId, name }: Pick<KeyRecord, 'id' | 'connectionId' | 'name'>,
  event: ActivityEvent,
  detail = '',
): Noted {
  return activity.add({ at: clock.now(), event, keyId: id, connectionId, subject: name, detail });
}

/** Notes what was done to keys at once as one entry: by its name where it is one, else by how many. None: nothing. */
export async function noteKeys(
  ports: Noting,
  keys: readonly KeyRecord[],
  event: ActivityEvent,
  detail: string,
): Noted {
  const [first, ...others] = keys;
  if (first === undefined) return done;
  if (others.length === 0) return noteKey(ports, first, event, detail);
  const many = { keyId: null, connectionId: null, subject: '', keys: keys.length };
  return ports.activity.add({ at: ports.clock.now(), event, ...many, detail });
}
