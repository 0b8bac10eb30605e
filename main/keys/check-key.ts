import { type Failure, failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { CheckOutcome } from '../../shared/domain/provider.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import { readFields } from './read-fields.ts';

export type CheckFailure = OpenProviderFailure | ProviderFailure | Failure<'key-unknown' | 'storage-failed'>;

/** Asks the provider whether it accepts the key, and remembers that it was asked. Changes nothing at the provider. */
export async function checkKey(ports: KeyPorts, id: KeyId): Promise<Result<CheckOutcome, CheckFailure>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  const fields = await readFields(ports, id);
  if (!fields.ok) return fields;
  const provider = await ports.openProvider(key.connectionId);
  if (!provider.ok) return provider;
  const checked = await provider.value.check(fields.value);
  if (!checked.ok) return checked;

  const now = ports.clock.now();
  const recorded = await changeKey(ports, id, (current) => ok({ ...current, checkedAt: now }));
  if (!recorded.ok) return recorded;
  const noted = await ports.activity.add({
    at: now,
    event: 'key-checked',
    keyId: id,
    connectionId: key.connectionId,
    subject: key.name,
    detail: checked.value.outcome,
  });
  return noted.ok ? checked : noted;
}
