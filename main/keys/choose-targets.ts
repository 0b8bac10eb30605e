import { type ChosenTargetFailure, failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { ParsedNewTarget } from '../../shared/ipc/keys.contract.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import { holdersIn } from './variable-holders.ts';

type Ports = Pick<KeyPorts, 'records' | 'journal' | 'envFiles' | 'fingerprint'>;
type Chosen = Pick<ParsedNewTarget, 'file' | 'variables' | 'dialect' | 'mayReplace'>;

/**
 * Refuses places that a key may not be written to as they are: two that are one, whatever their paths (`target-repeated`),
 * and a variable that another key has (`variable-held`), unless the user has said that this one may be written over.
 * `self`: the key, where there is one already. Changes nothing.
 */
export async function guardChosen(
  ports: Ports,
  targets: readonly Chosen[],
  self: KeyId | null,
): Promise<Result<void, ChosenTargetFailure>> {
  const taken = new Set<string>();
  for (const target of targets) {
    const real = await ports.envFiles.realPathOf(target.file);
    if (!real.ok) return real;
    for (const variable of Object.values(target.variables)) {
      const place = `${real.value}\n${variable}`;
      if (taken.has(place)) return fail(failure('target-repeated', { file: target.file, variable }));
      taken.add(place);
    }
    const free = await guardVariables(ports, target, real.value, self);
    if (!free.ok) return free;
  }
  return done;
}

async function guardVariables(
  ports: Ports,
  { file, variables, dialect, mayReplace }: Chosen,
  real: string,
  self: KeyId | null,
): Promise<Result<void, ChosenTargetFailure>> {
  const names = Object.values(variables);
  const read = await ports.envFiles.read(file, names, dialect);
  if (!read.ok && read.error.code !== 'file-gone') return read;
  const { holderOf } = holdersIn(ports, [file, real], self);
  for (const variable of names) {
    const holder = holderOf(variable, read.ok ? (read.value[variable] ?? null) : null);
    if (holder === null || mayReplace.includes(holder.keyId)) continue;
    return fail(failure('variable-held', { file, variable, keyId: holder.keyId, name: holder.name }));
  }
  return done;
}

/** The path as the key's other targets in the file have it, so that a file keeps one name; else the path as it is. */
export async function asFollowed(
  { envFiles }: Pick<KeyPorts, 'envFiles'>,
  { targets }: Pick<KeyRecord, 'targets'>,
  file: string,
): Promise<Result<string, ChosenTargetFailure>> {
  if (targets.some((target) => target.file === file)) return ok(file);
  const real = await envFiles.realPathOf(file);
  if (!real.ok) return real;
  for (const target of targets) {
    const known = await envFiles.realPathOf(target.file);
    if (known.ok && known.value === real.value) return ok(target.file);
  }
  return ok(file);
}
