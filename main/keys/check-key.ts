import { type Failure, failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { CheckOutcome, Refusal } from '../../shared/domain/provider.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import { noteKey } from './note-keys.ts';
import { readFields } from './read-fields.ts';

export type CheckFailure = OpenProviderFailure | ProviderFailure | Failure<'key-unknown' | 'storage-failed'>;

/**
 * Asks the provider whether it accepts the key, and remembers that it was asked. Of a refusal it says why, as far as the
 * provider's list and the key's own expiry tell. Changes nothing at the provider.
 */
export async function checkKey(ports: KeyPorts, id: KeyId): Promise<Result<CheckOutcome, CheckFailure>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  const fields = await readFields(ports, id);
  if (!fields.ok) return fields;
  const provider = await ports.openProvider(key.connectionId);
  if (!provider.ok) return provider;
  const checked = await provider.value.check(fields.value);
  if (!checked.ok) return checked;
  const found = await withReason(ports, provider.value, key, checked.value);

  const now = ports.clock.now();
  const recorded = await changeKey(ports, id, (current) => ok({ ...current, checkedAt: now }));
  if (!recorded.ok) return recorded;
  const noted = await noteKey(ports, key, 'key-checked', found.outcome);
  return noted.ok ? ok(found) : noted;
}

async function withReason(
  ports: KeyPorts,
  provider: Provider,
  key: KeyRecord,
  found: CheckOutcome,
): Promise<CheckOutcome> {
  if (found.outcome !== 'refused') return found;
  // The provider issued it in this form, however unusual it looks.
  const said = found.why === 'mistyped' && wasIssued(key) ? 'not-accepted' : found.why;
  return { ...found, why: said === 'not-accepted' ? await reasonOf(ports, provider, key) : said };
}

/** Why the provider does not accept a key that looks right. */
async function reasonOf(ports: KeyPorts, provider: Provider, key: KeyRecord): Promise<Refusal> {
  if (key.expiresAt !== null && key.expiresAt <= ports.clock.now()) return 'expired';
  if (key.providerKeyId === null || !provider.offers.list) return 'not-accepted';
  const listed = await provider.list({});
  // The check has its answer; the list would only have said more.
  if (!listed.ok) return 'not-accepted';
  const isActive = listed.value.some((one) => one.providerKeyId === key.providerKeyId && one.active);
  return isActive ? 'not-accepted' : 'revoked';
}

/** Whether the provider made the key for us: it then bears a tag of ours. */
const wasIssued = (key: KeyRecord): boolean => /(?:^|[ -])kt-[0-9a-z]{8}$/.test(key.label);
