import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Work } from '../../shared/domain/work.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { providerOf } from './provider-of.ts';
import { readFields } from './read-fields.ts';
import { isRefused } from './refused.ts';
import { blocked, moved, type Run, type StepOutcome } from './work-step.ts';

/** Pauses between looks at whether a revoked key is refused yet, in milliseconds: providers take a while to spread it. */
const patienceMs = [250, 500, 1_000, 2_000, 4_000] as const;

/** From which age on every server of a provider has heard of a key for certain, in milliseconds. */
const heardOfAfterMs = 3_600_000;

/** How a key came to be revoked, as the activity tells it. */
export type RevokedHow = '' | 'by-hand';

/** From how late on it is told, in milliseconds: the app itself looks only now and then. */
const lateFromMs = 60_000;

/** The work of revoking one key; nothing has happened yet when it answers. */
export function planRevocation(ports: KeyPorts, key: KeyRecord): Work {
  const now = ports.clock.now();
  return {
    id: ports.ids.work(),
    kind: 'revoke',
    keyId: key.id,
    newKey: null,
    grace: 'now',
    origin: 'created',
    startedAt: now,
    updatedAt: now,
    state: { step: 'revoking' },
    blocked: null,
  };
}

/** `revoking`: the key is revoked, seen to be refused, and recorded as revoked. Safe to repeat. */
export async function revokeOldKey(ports: KeyPorts, work: Work, run: Run): Promise<StepOutcome> {
  const key = ports.records.keys.get(work.keyId);
  if (key === undefined) return moved({ step: 'finished', outcome: 'done', reason: null });
  const revoked = await revokeForGood(ports, key, run);
  if (!revoked.ok) return blocked(revoked.error);
  const until = work.state.step === 'revoking' ? work.state.until : undefined;
  const recorded = await recordRevoked(ports, key.id, revoked.value, until);
  if (!recorded.ok) return blocked(recorded.error);
  const revokedLateMs = latenessOf(ports.records.keys.get(key.id)?.revokedAt ?? null, until);
  const late = revokedLateMs === null ? {} : { revokedLateMs };
  return moved({ step: 'finished', outcome: 'done', reason: null, ...late });
}

/** By how many milliseconds the end of a key came after that of its grace; null where it came in time. */
function latenessOf(revokedAt: number | null, until: number | undefined): number | null {
  if (revokedAt === null || until === undefined) return null;
  return revokedAt - until < lateFromMs ? null : revokedAt - until;
}

/**
 * Revokes a key and waits until the provider refuses it. A success means that the key does not work any more, as
 * far as the provider can be asked about it. Where the provider cannot be asked to revoke it, the user does, and the
 * failure says so until they have. `hasWorked`: see `seeRevokedByHand`.
 */
export async function revokeForGood(
  ports: KeyPorts,
  key: KeyRecord,
  run: Run,
  hasWorked = true,
): Promise<Result<RevokedHow, Failure>> {
  if (key.status === 'revoked') return ok('');
  const provider = await providerOf(ports, key.connectionId, run);
  if (!provider.ok) return provider;
  if (key.providerKeyId === null || !provider.value.offers.revoke)
    return seeRevokedByHand(ports, key, run, hasWorked);
  const fields = await readFields(ports, key.id);
  const value = fields.ok ? fields.value : undefined;
  const revoked = await provider.value.revoke(key.providerKeyId, run.answers, value);
  return revoked.ok ? said('', await waitUntilRefused(ports, provider.value, fields)) : revoked;
}

const said = (how: RevokedHow, seen: Result<void, Failure>): Result<RevokedHow, Failure> =>
  seen.ok ? ok(how) : seen;

/**
 * The user revokes the key in the dashboard. A provider that can be asked has the last word, and needs nobody's: a key that it
 * refuses already is done with. Otherwise the user's word counts. It has to where the key never worked (`hasWorked`) or is
 * young, or its provider lists it as active: a refusal tells nothing then, because the provider may begin to accept it.
 */
export async function seeRevokedByHand(
  ports: KeyPorts,
  key: KeyRecord,
  run: Run,
  hasWorked = true,
): Promise<Result<RevokedHow, Failure>> {
  const provider = await providerOf(ports, key.connectionId, run);
  if (!provider.ok) return provider;
  const fields = await readFields(ports, key.id);
  if (run.doneByHand) {
    const seen = await waitUntilRefused(ports, provider.value, fields);
    // Said of this key, and of no other that the work may still have to end.
    if (seen.ok) run.doneByHand = false;
    return said('by-hand', seen);
  }
  const needed = fail(failure('revocation-needed', { provider: provider.value.name }));
  const isHeardOf = hasWorked && ports.clock.now() - key.issuedAt >= heardOfAfterMs;
  if (!isHeardOf || !provider.value.offers.check || !fields.ok) return needed;
  const checked = await provider.value.check(fields.value);
  if (!checked.ok || !isRefused(checked.value)) return needed;
  return (await mayBeListedAsActive(provider.value, key, run)) ? needed : ok('by-hand');
}

/** Whether the provider's list has the key as active, or cannot be read; false where there is no list to find it in. */
async function mayBeListedAsActive(provider: Provider, key: KeyRecord, run: Run): Promise<boolean> {
  if (!provider.offers.list || key.providerKeyId === null) return false;
  const listed = await provider.list(run.answers);
  return !listed.ok || listed.value.some((one) => one.providerKeyId === key.providerKeyId && one.active);
}

/** Writes down that the key is revoked, and how long after the end of its grace. Safe to repeat. */
export async function recordRevoked(
  ports: KeyPorts,
  id: KeyId,
  how: RevokedHow = '',
  until?: number,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const before = ports.records.keys.get(id);
  if (before === undefined || before.status === 'revoked') return done;
  const now = ports.clock.now();
  const recorded = await changeKey(ports, id, (key) =>
    ok({ ...key, status: 'revoked', attention: null, revokedAt: now, retiresAt: null }),
  );
  if (!recorded.ok) return recorded.error.code === 'key-unknown' ? done : fail(recorded.error);
  const late = latenessOf(now, until);
  return ports.activity.add({
    at: now,
    event: 'key-revoked',
    keyId: id,
    connectionId: before.connectionId,
    subject: before.name,
    detail: [how, late === null ? '' : `late ${late}`].filter((part) => part !== '').join(' '),
  });
}

/** A success when the provider refuses the key by now; it has some patience with providers that are slow to. */
export async function waitUntilRefused(
  ports: KeyPorts,
  provider: Provider,
  fields: Result<SecretFields, Failure>,
): Promise<Result<void, Failure>> {
  // Without the value nobody can ask about the key; what was said about the revocation has to do.
  if (!fields.ok) return fields.error.code === 'secret-gone' ? done : fail(fields.error);
  for (const pauseMs of [0, ...patienceMs]) {
    if (pauseMs > 0) await ports.clock.sleep(pauseMs);
    const checked = await provider.check(fields.value);
    if (!checked.ok) return checked.error.code === 'operation-missing' ? done : checked;
    if (checked.value.outcome === 'refused') return done;
  }
  return fail(failure('key-still-alive'));
}
