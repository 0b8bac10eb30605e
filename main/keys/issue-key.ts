import { type Failure, failure } from '../../shared/domain/failure.ts';
import { type KeyRecord, type KeyRequest, labelOf } from '../../shared/domain/key.ts';
import type { Work, WorkState } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { writeTargets } from './deliver-key.ts';
import { isAtLimit } from './key-limit.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { type NewKeyRefusal, type NewKeyWish, preflightNewKey } from './preflight-new-key.ts';
import { readFields } from './read-fields.ts';
import { recordNewKey } from './record-new-key.ts';
import { blocked, moved, type Run, type StepOutcome } from './work-step.ts';

/** What the user asks for. */
export interface IssueRequest extends NewKeyWish {
  readonly request: KeyRequest;
}

export type IssueRefusal = NewKeyRefusal | Failure<'operation-missing' | 'key-limit-reached'>;

/**
 * Looks at everything local that issuing will need, and answers the work to do. Nothing has been written and no
 * provider asked when it answers; a refusal leaves nothing behind.
 */
export async function planIssue(
  ports: KeyPorts,
  wanted: IssueRequest,
  run: Run,
): Promise<Result<Work & { newKey: KeyRecord }, IssueRefusal>> {
  const preflight = await preflightNewKey(ports, wanted, run);
  if (!preflight.ok) return preflight;
  const { connection, provider, targets } = preflight.value;
  if (!provider.offers.create)
    return fail(failure('operation-missing', { provider: provider.name, operation: 'create' }));
  if (isAtLimit(ports, connection.id, provider.maxKeys))
    return fail(failure('key-limit-reached', { host: new URL(connection.origin).host, message: '' }));

  const now = ports.clock.now();
  const id = ports.ids.key();
  const newKey: KeyRecord = {
    id,
    connectionId: connection.id,
    name: wanted.name,
    environment: connection.environment,
    status: 'active',
    attention: null,
    providerKeyId: null,
    label: labelOf(wanted.name, id, provider),
    fields: [],
    request: wanted.request,
    policy: wanted.policy,
    plannedDay: null,
    snoozedUntil: null,
    targets,
    copyOnce: { sealed: false, shown: false, copiedFields: [] },
    issuedAt: now,
    expiresAt: null,
    lastUsedAt: null,
    lastUseToldAt: null,
    checkedAt: null,
    retiresAt: null,
    revokedAt: null,
    replaces: null,
    replacedBy: null,
  };
  return ok({
    id: ports.ids.work(),
    kind: 'issue',
    keyId: id,
    newKey,
    grace: 'now',
    origin: 'created',
    startedAt: now,
    updatedAt: now,
    state: { step: 'creating' },
    blocked: null,
  });
}

const delivered: WorkState = { step: 'finished', outcome: 'done', reason: null };

/** `stored`, in an issue: the key is recorded, then its targets are written. Safe to repeat. */
export async function recordAndDeliver(
  ports: KeyPorts,
  work: ObtainingWork,
  _run: Run,
): Promise<StepOutcome> {
  const recorded = await recordNewKey(ports, work);
  if (!recorded.ok) return blocked(recorded.error);
  // Not as they were asked for but as they are: the user may have unlinked one that cannot be written.
  const key = ports.records.keys.get(work.newKey.id) ?? work.newKey;
  if (key.targets.length > 0 && work.adopted !== true) {
    const fields = await readFields(ports, key.id);
    if (!fields.ok) return blocked(fields.error);
    const written = await writeTargets(ports, key, fields.value);
    if (!written.ok) return blocked(written.error);
    return { ...moved(delivered), wrote: written.value };
  }
  return moved(delivered);
}
