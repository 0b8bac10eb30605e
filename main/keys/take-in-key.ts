import {
  type EnvFileFailure,
  type Failure,
  failure,
  type ProviderFailure,
} from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import type { Work } from '../../shared/domain/work.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { createTurns, type InTurn } from '../turns.ts';
import { holdsValues, rehearseTargets } from './deliver-key.ts';
import { describeFields } from './describe-fields.ts';
import { contradicts, findListed } from './find-listed.ts';
import type { KeyPorts } from './key-ports.ts';
import { examinePasted, type PastedFault } from './pasted-key.ts';
import { type NewKeyRefusal, type NewKeyWish, preflightNewKey } from './preflight-new-key.ts';
import type { Run } from './work-step.ts';
import { freshRun, type Works } from './works.ts';

/** A key that exists already, and what the user says of it. */
export interface TakeInRequest extends NewKeyWish {
  readonly key: SecretFields;
  readonly providerKeyId: string | null;
  readonly issuedAt: number | null;
  readonly anyForm: boolean;
  /** Whether the targets hold the key already: then none is written, and one that does not is refused (`file-changed`). */
  readonly adopts?: boolean;
}

export type TakeInRefusal = NewKeyRefusal | ProviderFailure | PastedFault | Failure<'key-refused'>;

/** For each set of records, the keys that are being taken in: what is pasted twice at once is taken in once. */
const turns = new WeakMap<KeyPorts['records'], InTurn>();

/**
 * Takes a key in that was made elsewhere, and answers the work when it has finished or is blocked. Everything local is
 * looked at first; a key that its provider refuses, or cannot be asked about just now, is not stored. The provider's
 * key is never changed or revoked.
 */
export async function takeInKey(
  ports: KeyPorts,
  works: Works,
  wanted: TakeInRequest,
): Promise<Result<Work, TakeInRefusal | Failure<'work-running' | 'storage-failed'>>> {
  const inTurn = turns.get(ports.records) ?? createTurns();
  turns.set(ports.records, inTurn);
  const run = freshRun({});
  const begun = await inTurn(wanted.connectionId, async () => {
    const planned = await planTakeIn(ports, wanted, run);
    if (!planned.ok) return planned;
    ports.unstored.set(planned.value.work.keyId, planned.value.key);
    const started = await works.start(planned.value.work, run);
    if (!started.ok) ports.unstored.delete(planned.value.work.keyId);
    return started;
  });
  return begun.ok ? ok(await begun.value.ended) : begun;
}

/** The work that takes the key in, and its values. Nothing has been written when it answers. */
async function planTakeIn(
  ports: KeyPorts,
  wanted: TakeInRequest,
  run: Run,
): Promise<Result<{ readonly work: Work; readonly key: SecretFields }, TakeInRefusal>> {
  const { adopts = false } = wanted;
  const preflight = await preflightNewKey(ports, wanted, run, !adopts);
  if (!preflight.ok) return preflight;
  const { connection, provider, targets } = preflight.value;
  const pasted = examinePasted(ports, provider, wanted.key, wanted.anyForm);
  if (!pasted.ok) return pasted;
  const fits = await (adopts ? seeHeld : rehearseTargets)(ports, targets, pasted.value);
  if (!fits.ok) return fits;

  const accepted = await askWhetherAccepted(provider, pasted.value);
  if (!accepted.ok) return accepted;
  const listed = await whatTheListSays(ports, provider, wanted, pasted.value);

  const now = ports.clock.now();
  const id = ports.ids.key();
  const newKey: KeyRecord = {
    id,
    connectionId: connection.id,
    name: wanted.name,
    environment: connection.environment,
    status: 'active',
    attention: null,
    providerKeyId: listed?.providerKeyId ?? null,
    label: listed?.name ?? '',
    fields: describeFields(pasted.value, ports.fingerprint),
    request: {
      scopes: null,
      expiresInDays: null,
      restrictions: { ips: [], referrers: [], endpoints: [] },
    },
    policy: wanted.policy,
    plannedDay: null,
    snoozedUntil: null,
    targets,
    // The user has the value anyway; what a vault never showed it cannot show once.
    copyOnce: { sealed: true, shown: false, copiedFields: [] },
    issuedAt: issuedAtOf(wanted, listed) ?? now,
    expiresAt: null,
    lastUsedAt: listed?.lastUsedAt ?? null,
    lastUseToldAt: (listed?.lastUsedAt ?? null) === null ? null : now,
    checkedAt: provider.offers.check ? now : null,
    retiresAt: null,
    revokedAt: null,
    replaces: null,
    replacedBy: null,
  };
  const work: Work = {
    id: ports.ids.work(),
    kind: 'issue',
    keyId: id,
    newKey,
    grace: 'now',
    origin: 'taken-in',
    ...(adopts ? { adopted: true } : {}),
    startedAt: now,
    updatedAt: now,
    state: { step: 'created' },
    blocked: null,
  };
  return ok({ work, key: pasted.value });
}

/** Every target has to hold the values already: one that does not was changed meanwhile (`file-changed`). */
async function seeHeld(
  ports: KeyPorts,
  targets: readonly Target[],
  fields: SecretFields,
): Promise<Result<void, EnvFileFailure>> {
  for (const target of targets) {
    if (!(await holdsValues(ports, target, fields)))
      return fail(failure('file-changed', { file: target.file }));
  }
  return done;
}

/** A key that works, even with limits, is taken; one that its provider refuses is not. */
export async function askWhetherAccepted(
  provider: Provider,
  key: SecretFields,
): Promise<Result<void, ProviderFailure | Failure<'key-refused'>>> {
  if (!provider.offers.check) return done;
  const checked = await provider.check(key);
  if (!checked.ok) return checked;
  return checked.value.outcome === 'refused'
    ? fail(failure('key-refused', { message: checked.value.message }))
    : done;
}

/**
 * The key in the provider's list: by its id where the user adopts a stray, unless what the list shows of that one is of
 * another value; otherwise where it is certain which it is.
 */
async function whatTheListSays(
  ports: KeyPorts,
  provider: Provider,
  wanted: TakeInRequest,
  key: SecretFields,
): Promise<(Pick<ListedKey, 'providerKeyId'> & Partial<ListedKey>) | null> {
  if (wanted.providerKeyId === null) return findListed(ports, provider, wanted.connectionId, key);
  const asWanted = { providerKeyId: wanted.providerKeyId };
  const listed = provider.offers.list ? await provider.list({}) : ok([]);
  // What the list would add can be done without.
  if (!listed.ok) return asWanted;
  const found = listed.value.find((one) => one.providerKeyId === wanted.providerKeyId);
  if (found === undefined) return asWanted;
  return contradicts(found.masked, key) ? findListed(ports, provider, wanted.connectionId, key) : found;
}

/** What the user knows comes before what the list tells; what a file lets one guess comes after. */
function issuedAtOf(
  { issuedAt, adopts = false }: TakeInRequest,
  listed: Partial<ListedKey> | null,
): number | null {
  const told = listed?.createdAt ?? null;
  return adopts ? (told ?? issuedAt) : (issuedAt ?? told);
}
