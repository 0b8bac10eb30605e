import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyPorts } from './key-ports.ts';
import { sortVariables } from './target-standing.ts';
import { type Holders, holdersIn } from './variable-holders.ts';

/**
 * What the vault knows of the file at `paths`: what other keys have there, and, of each place that the key `self` has there,
 * the variables that hold its fields now.
 */
export async function keysInFile(
  ports: Pick<KeyPorts, 'records' | 'journal' | 'envFiles' | 'fingerprint'>,
  paths: readonly string[],
  self: KeyId | null,
): Promise<Holders & { readonly own: readonly Readonly<Record<string, string>>[] }> {
  const key = self === null ? undefined : ports.records.keys.get(self);
  const own: Record<string, string>[] = [];
  for (const target of key?.targets ?? []) {
    const real = paths.includes(target.file) ? null : await ports.envFiles.realPathOf(target.file);
    if (key === undefined || (real !== null && !(real.ok && paths.includes(real.value)))) continue;
    const read = await ports.envFiles.read(target.file, Object.values(target.variables), target.dialect);
    const { ours } = sortVariables(key, target, read.ok ? read.value : {}, ports.fingerprint);
    own.push(Object.fromEntries(Object.entries(target.variables).filter(([, name]) => ours.includes(name))));
  }
  return { ...holdersIn(ports, paths, self), own };
}
