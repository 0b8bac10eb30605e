import type { Dialect, MisreadCause } from '../../shared/domain/env-file.ts';
import type { EnvFileFailure, Failure } from '../../shared/domain/failure.ts';
import { failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import type { TargetState } from '../../shared/ipc/keys.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { EnvFiles } from '../env-files/env-files.ts';
import type { Secret } from '../secrets/secret.ts';
import type { KeyPorts } from './key-ports.ts';
import { type KeyByValue, keysByValue } from './variable-holders.ts';

/** What a file says of the variables that were asked for, and what in it keeps the named reader from any of them. */
export type LookedAt = Result<
  {
    readonly values: Readonly<Record<string, Secret | null>>;
    readonly misread: Readonly<Record<string, MisreadCause | null>>;
  },
  EnvFileFailure
>;

/** Looks at variables of a file for a target that names this reader. */
export async function lookAtVariables(
  envFiles: Pick<EnvFiles, 'read' | 'misread'>,
  file: string,
  variables: readonly string[],
  dialect: Dialect,
): Promise<LookedAt> {
  const read = await envFiles.read(file, variables, dialect);
  if (!read.ok) return read;
  if (dialect === 'any') return ok({ values: read.value, misread: {} });
  const misread = await envFiles.misread(file, variables, dialect);
  return misread.ok ? ok({ values: read.value, misread: misread.value }) : misread;
}

/** How every target of a key stands. Reads the files and no secret. */
export async function targetStandings(
  ports: Pick<KeyPorts, 'records' | 'envFiles' | 'fingerprint'>,
  id: KeyId,
): Promise<Result<TargetState[], Failure<'key-unknown'>>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  const keyWith = keysByValue(ports.records.keys);
  const standings = key.targets.map(async (target) => {
    const variables = Object.values(target.variables);
    const looked = await lookAtVariables(ports.envFiles, target.file, variables, target.dialect);
    return standingOf(key, target, looked, ports.fingerprint, keyWith);
  });
  return ok(await Promise.all(standings));
}

/**
 * How a target stands by what its file says, found out without the key's value: by its fingerprint. `keyWith` knows which
 * other key a file holds instead.
 */
export function standingOf(
  key: Pick<KeyRecord, 'fields'>,
  target: Target,
  looked: LookedAt,
  fingerprint: KeyPorts['fingerprint'],
  keyWith: KeyByValue,
): TargetState {
  const targetId = target.id;
  if (!looked.ok) {
    const { code } = looked.error;
    const isGone = code === 'file-gone' || code === 'folder-gone';
    const astray = Object.values(target.variables);
    return { targetId, state: isGone ? 'missing' : 'unreadable', detail: code, astray };
  }
  const { values, misread } = looked.value;
  const { missing, others, ours } = sortVariables(key, target, values, fingerprint);
  const astray = [...missing, ...others];
  const hidden = ours.filter((variable) => (misread[variable] ?? null) !== null);
  if (astray.length === 0 && hidden.length > 0)
    return { targetId, state: 'misread', detail: misread[hidden[0] ?? ''] ?? '', astray: hidden };
  const holding = others.flatMap((variable) => {
    const value = values[variable] ?? null;
    const other = value === null ? undefined : keyWith(fingerprint(value));
    return other === undefined ? [] : [{ variable, name: other.name }];
  });
  const differing = others.length > 0 ? 'differs' : 'in-step';
  const state = missing.length > 0 ? 'missing' : differing;
  return { targetId, state, detail: '', astray, ...(holding.length > 0 ? { holding } : {}) };
}

/** Which variables of a target hold the key's value in its file, which hold another one, and which are not there. */
export function sortVariables(
  key: Pick<KeyRecord, 'fields'>,
  { variables }: Pick<Target, 'variables'>,
  found: Readonly<Record<string, Secret | null>>,
  fingerprint: KeyPorts['fingerprint'],
): { readonly ours: string[]; readonly others: string[]; readonly missing: string[] } {
  const sorted = Map.groupBy(Object.entries(variables), ([field, variable]) => {
    const value = found[variable] ?? null;
    if (value === null) return 'missing';
    const expected = key.fields.find((known) => known.name === field)?.fingerprint;
    return fingerprint(value) === expected ? 'ours' : 'others';
  });
  const named = (which: 'ours' | 'others' | 'missing'): string[] =>
    (sorted.get(which) ?? []).map(([, variable]) => variable);
  return { ours: named('ours'), others: named('others'), missing: named('missing') };
}
