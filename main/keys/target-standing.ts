import type { EnvFileFailure, Failure } from '../../shared/domain/failure.ts';
import { failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import type { TargetState } from '../../shared/ipc/keys.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../secrets/secret.ts';
import type { KeyPorts } from './key-ports.ts';

/** What a file says of the variables that were asked for. */
export type ReadVariables = Result<Readonly<Record<string, Secret | null>>, EnvFileFailure>;

/** How every target of a key stands. Reads the files and no secret. */
export async function targetStandings(
  ports: Pick<KeyPorts, 'records' | 'envFiles' | 'fingerprint'>,
  id: KeyId,
): Promise<Result<TargetState[], Failure<'key-unknown'>>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  const standings = key.targets.map(async (target) => {
    const read = await ports.envFiles.read(target.file, Object.values(target.variables), target.dialect);
    return standingOf(key, target, read, ports.fingerprint);
  });
  return ok(await Promise.all(standings));
}

/** How a target stands by what its file says, found out without the key's value: by its fingerprint. */
export function standingOf(
  key: Pick<KeyRecord, 'fields'>,
  target: Target,
  read: ReadVariables,
  fingerprint: KeyPorts['fingerprint'],
): TargetState {
  const targetId = target.id;
  if (!read.ok) {
    const { code } = read.error;
    const isGone = code === 'file-gone' || code === 'folder-gone';
    const astray = Object.values(target.variables);
    return { targetId, state: isGone ? 'missing' : 'unreadable', detail: code, astray };
  }
  const { missing, others } = sortVariables(key, target, read.value, fingerprint);
  const astray = [...missing, ...others];
  const state = others.length > 0 ? 'differs' : 'in-step';
  return { targetId, state: missing.length > 0 ? 'missing' : state, detail: '', astray };
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
