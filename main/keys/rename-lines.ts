import type { EnvFileFailure } from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { KeyPorts } from './key-ports.ts';
import { sortVariables } from './target-standing.ts';

/** What became of the lines of a target's old names. */
export interface RenamedLines {
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Lines that hold the key's value and have no new name to take: they are to go once the value is written. */
  readonly superseded: readonly string[];
  /** Names whose lines hold another value, and stay. */
  readonly left: readonly string[];
}

/**
 * Gives the lines that hold the key's value under a target's old names its new names, so that no line with the key is
 * left that nobody knows of. A file that is gone has none.
 */
export async function renameLines(
  ports: Pick<KeyPorts, 'envFiles' | 'fingerprint'>,
  key: KeyRecord,
  before: Target,
  after: Target,
): Promise<Result<RenamedLines, EnvFileFailure>> {
  const newNames = Object.values(after.variables);
  const stale = Object.entries(before.variables).filter(([, name]) => !newNames.includes(name));
  const nothing = { renamed: [], superseded: [], left: [] };
  if (stale.length === 0) return ok(nothing);
  const names = [...stale.map(([, name]) => name), ...newNames];
  // The lines were written for the reader that counted then.
  const read = await ports.envFiles.read(after.file, names, before.dialect);
  if (!read.ok)
    return read.error.code === 'file-gone' || read.error.code === 'folder-gone' ? ok(nothing) : read;

  const sorted = sortVariables(key, { variables: Object.fromEntries(stale) }, read.value, ports.fingerprint);
  const renamed: { from: string; to: string }[] = [];
  const superseded: string[] = [];
  for (const [field, from] of stale.filter(([, name]) => sorted.ours.includes(name))) {
    const to = after.variables[field];
    if (to === undefined || read.value[to] !== null) {
      superseded.push(from);
      continue;
    }
    const given = await ports.envFiles.rename(after.file, from, to);
    if (!given.ok) {
      await renameBack(ports, after.file, renamed);
      return given;
    }
    renamed.push({ from, to });
  }
  return ok({ renamed, superseded, left: sorted.others });
}

/** Gives lines their old names again. Where one cannot be, it keeps the key under its new name, and the target shows it. */
export async function renameBack(
  { envFiles }: Pick<KeyPorts, 'envFiles'>,
  file: string,
  renamed: RenamedLines['renamed'],
): Promise<void> {
  for (const { from, to } of renamed) await envFiles.rename(file, to, from);
}
