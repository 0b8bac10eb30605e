import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { Work } from '../../shared/domain/work.ts';
import { isBeingUndone, stepsOf } from '../../shared/domain/work-steps.ts';
import type { KeyDetail, KeyRow } from '../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../shared/ipc/work.contract.ts';
import type { Records } from '../storage/records.ts';
import type { DueLookup } from './due-of-key.ts';
import { canUndo } from './undo-rotation.ts';

/** Looks up what the page may know of a provider. */
export type ProviderLookup = (providerId: string) => ProviderSummary | undefined;

/** How many of a key's files did not hold its value when they were last looked at; 0 for those not looked at yet. */
export type AstrayLookup = (id: KeyId) => number;

/** What a key is shown with that its own record does not say. */
export interface AroundKeys {
  readonly records: Records;
  readonly providerOf: ProviderLookup;
  readonly astrayOf: AstrayLookup;
  readonly dues: DueLookup;
}

/** One row of the list. The cost does not depend on how many keys there are. */
export function rowOf(key: KeyRecord, { records, providerOf, astrayOf, dues }: AroundKeys): KeyRow {
  const connection = records.connections.get(key.connectionId);
  const period = dues.periodOf(key);
  const due = dues.dueOf(key);
  const providerId = connection?.providerId ?? '';
  return {
    id: key.id,
    name: key.name,
    connectionId: key.connectionId,
    providerId,
    provider: providerOf(providerId)?.name ?? providerId,
    environment: key.environment,
    lastFour: key.fields.find((field) => field.secret)?.lastFour ?? '',
    status: key.status,
    attention: key.attention,
    issuedAt: key.issuedAt,
    dueAt: due === null ? null : dues.startOf(due.day),
    dueBecause: due?.because ?? null,
    everyDays: period.everyDays,
    periodFrom: period.from,
    snoozedUntil: key.snoozedUntil,
    replaces: key.replaces,
    retiresAt: key.status === 'retiring' ? key.retiresAt : null,
    targets: new Set(key.targets.map(({ file }) => file)).size,
    targetsAstray: astrayOf(key.id),
    unsealed: isUnsealed(key),
  };
}

/**
 * The keys in the order in which they matter to a person, at most `count` of them: those that wait for the user, then by
 * due day and of one day the oldest first, revoked ones last.
 */
export function mostPressing(
  keys: readonly KeyRecord[],
  dues: Pick<DueLookup, 'dueOf'>,
  count: number,
): KeyRecord[] {
  return keys
    .map((key) => ({ key, rank: pressingRank(key), due: dues.dueOf(key)?.day ?? Number.MAX_SAFE_INTEGER }))
    .sort((a, b) => a.rank - b.rank || a.due - b.due || a.key.issuedAt - b.key.issuedAt)
    .slice(0, count)
    .map(({ key }) => key);
}

function pressingRank(key: KeyRecord): number {
  if (key.attention !== null || isUnsealed(key)) return 0;
  return key.revokedAt === null ? 1 : 2;
}

/** Everything about one key but its history, which is read from the activity. */
export function detailOf(
  key: KeyRecord,
  around: AroundKeys,
  work: Work | undefined,
): Omit<KeyDetail, 'history'> {
  const { records, providerOf } = around;
  const connection = records.connections.get(key.connectionId);
  const provider = providerOf(connection?.providerId ?? '');
  return {
    ...rowOf(key, around),
    connection: connection?.name ?? '',
    origin: connection?.origin ?? '',
    label: key.label,
    providerKeyId: key.providerKeyId,
    fields: key.fields.map((field) => {
      const known = provider?.fields.find((candidate) => candidate.name === field.name);
      return {
        name: field.name,
        label: known?.label ?? field.name,
        secret: known?.secret ?? field.secret,
        lastFour: field.lastFour,
        variable: known?.variable ?? field.name,
      };
    }),
    request: key.request,
    policy: key.policy,
    targets: key.targets,
    copyOnce: key.copyOnce,
    expiresAt: key.expiresAt,
    lastUsedAt: key.lastUsedAt,
    checkedAt: key.checkedAt,
    retiresAt: key.retiresAt,
    revokedAt: key.revokedAt,
    plannedDay: key.plannedDay,
    replacedBy: key.replacedBy,
    workId: work?.id ?? null,
  };
}

/** The variable that each field of a key is read from: as its first target names it, else as its provider proposes. */
export function variablesOf(
  key: Pick<KeyRecord, 'targets'>,
  provider: ProviderSummary | undefined,
): Record<string, string> {
  const proposed = (provider?.fields ?? []).map(({ name, variable }) => [name, variable]);
  return { ...Object.fromEntries(proposed), ...key.targets[0]?.variables };
}

/** A piece of work as the page shows it. */
export function workViewOf(work: Work, records: Records, providerOf: ProviderLookup): WorkView {
  const key = records.keys.get(work.keyId) ?? work.newKey;
  const connection = key === null ? undefined : records.connections.get(key.connectionId);
  const { state } = work;
  const written = writtenBy(work, records);
  return {
    id: work.id,
    kind: work.kind,
    origin: work.origin,
    keyId: work.keyId,
    newKeyId: work.newKey?.id ?? null,
    name: key?.name ?? '',
    provider: providerOf(connection?.providerId ?? '')?.name ?? '',
    startedAt: work.startedAt,
    updatedAt: work.updatedAt,
    steps: stepsOf(work),
    graceUntil: state.step === 'retiring' ? state.until : null,
    canUndo: canUndo(work, records.keys),
    undoing: isBeingUndone(work),
    fromFile: work.takenFrom !== undefined,
    leaked: work.leaked ?? false,
    revokedLateMs: state.step === 'finished' ? (state.revokedLateMs ?? null) : null,
    written: written.map(({ file, variables }) => ({ file, variables: Object.values(variables) })),
    ...remarksAbout(work, written),
    blocked: work.blocked,
    strays: state.step === 'outcome-unknown' ? state.strays : null,
    outcomeUnknown: state.step === 'outcome-unknown',
    finished: state.step === 'finished' ? state.outcome : null,
    reason: state.step === 'finished' || state.step === 'undoing' ? state.reason : null,
  };
}

/** Where the value that counts now has been written to. */
function writtenBy({ kind, keyId, newKey, state }: Work, records: Records): readonly Target[] {
  if (newKey === null) return [];
  switch (state.step) {
    case 'delivered':
    case 'retiring':
    case 'revoking':
      return newKey.targets;
    case 'withdrawing':
      return state.targets;
    case 'finished':
      if (state.outcome !== 'done') return state.restored ?? [];
      return kind === 'issue' ? (records.keys.get(keyId)?.targets ?? newKey.targets) : newKey.targets;
    default:
      return [];
  }
}

/** What there is to tell of these targets of the work; nothing at all where there is nothing. */
function remarksAbout({ remarks = [] }: Work, written: readonly Target[]): Pick<WorkView, 'remarks'> {
  const told = remarks.filter(({ targetId }) => written.some(({ id }) => id === targetId));
  return told.length === 0 ? {} : { remarks: told };
}

function isUnsealed(key: KeyRecord): boolean {
  return !key.copyOnce.sealed && key.revokedAt === null && key.replacedBy === null && key.fields.length > 0;
}
