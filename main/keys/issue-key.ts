import { type EnvFileFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import { type KeyRecord, type KeyRequest, labelOf, type Target } from '../../shared/domain/key.ts';
import type { Work } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { preflightTargets, writeTargets } from './deliver-key.ts';
import { isAtLimit } from './key-limit.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { readFields } from './read-fields.ts';
import { recordNewKey } from './record-new-key.ts';
import { blocked, moved, type Run, type StepOutcome } from './work-step.ts';

/** What the user asks for. */
export interface IssueRequest {
  readonly connectionId: ConnectionId;
  readonly name: string;
  readonly request: KeyRequest;
  readonly policy: KeyRecord['policy'];
  readonly targets: readonly { readonly file: string; readonly variables: Target['variables'] }[];
}

export type IssueRefusal =
  | OpenProviderFailure
  | EnvFileFailure
  | Failure<'connection-unknown' | 'name-taken' | 'operation-missing' | 'key-limit-reached'>;

/**
 * Looks at everything local that issuing will need, and answers the work to do. Nothing has been written and no
 * provider asked when it answers; a refusal leaves nothing behind.
 */
export async function planIssue(
  ports: KeyPorts,
  wanted: IssueRequest,
  run: Run,
): Promise<Result<Work & { newKey: KeyRecord }, IssueRefusal>> {
  const connection = ports.records.connections.get(wanted.connectionId);
  if (connection === undefined) return fail(failure('connection-unknown'));
  if (isNameTaken(ports, wanted.connectionId, wanted.name))
    return fail(failure('name-taken', { name: wanted.name }));

  const writable = await preflightTargets(ports.envFiles, wanted.targets);
  if (!writable.ok) return writable;
  const provider = await ports.openProvider(wanted.connectionId);
  if (!provider.ok) return provider;
  if (!provider.value.offers.create)
    return fail(failure('operation-missing', { provider: provider.value.name, operation: 'create' }));
  if (isAtLimit(ports, connection.id, provider.value.maxKeys))
    return fail(failure('key-limit-reached', { host: new URL(connection.origin).host, message: '' }));
  run.provider = provider.value;

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
    label: labelOf(wanted.name, id, provider.value),
    fields: [],
    request: wanted.request,
    policy: wanted.policy,
    targets: wanted.targets.map((target) => ({ id: ports.ids.target(), ...target })),
    copyOnce: { sealed: false, shown: false, copiedFields: [] },
    issuedAt: now,
    expiresAt: null,
    lastUsedAt: null,
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
  if (key.targets.length > 0) {
    const fields = await readFields(ports, key.id);
    if (!fields.ok) return blocked(fields.error);
    const written = await writeTargets(ports, key, fields.value);
    if (!written.ok) return blocked(written.error);
  }
  return moved({ step: 'finished', outcome: 'done', reason: null });
}

/** Whether a living key of the connection has the name, or one that is being made. */
export function isNameTaken(ports: KeyPorts, connectionId: ConnectionId, name: string): boolean {
  const beingMade = ports.journal.unfinished().flatMap((work) => work.newKey ?? []);
  return [...ports.records.keys.all(), ...beingMade].some(
    (key) => key.connectionId === connectionId && key.name === name && key.revokedAt === null,
  );
}
