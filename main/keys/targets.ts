import {
  type ChosenTargetFailure,
  type EnvFileFailure,
  type Failure,
  failure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { KeyId, TargetId } from '../../shared/domain/ids.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import type { TargetRemark } from '../../shared/domain/work.ts';
import type { ParsedNewTarget } from '../../shared/ipc/keys.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { changeKey } from './change-key.ts';
import { asFollowed, guardChosen } from './choose-targets.ts';
import { preflightTargets, writeTarget } from './deliver-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { newTarget } from './new-target.ts';
import { noteKey } from './note-keys.ts';
import { readFields } from './read-fields.ts';
import { type RenamedLines, renameBack, renameLines } from './rename-lines.ts';
import { nameOfTarget, targetInFile, targetsBeside } from './targets-in-file.ts';
import type { Works } from './works.ts';
import { writableKey } from './writable-key.ts';

/** Why a key cannot be written to a target that it has. */
export type TargetFailure =
  | EnvFileFailure
  | SecretStoreFailure
  | Failure<'key-unknown' | 'key-not-active' | 'work-running' | 'storage-failed'>;

/** What writing came to. */
export interface TargetWritten extends Omit<TargetRemark, 'file'> {
  /** Variables of the target's old names whose lines stay. */
  readonly left: string[];
  /** What became of the others, where they are not the new names: given these, or taken out. */
  readonly renamed?: { readonly from: string; readonly to: string }[];
  readonly removed?: string[];
}

/**
 * Writes the key into a file and remembers it as a target. A file that already is a target gets the new names: the
 * lines that hold the key under the old ones are renamed. It is remembered first, so that no file with the key in it is
 * ever forgotten; when the file cannot be written, the targets are again what they were.
 */
export async function addTarget(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  chosen: ParsedNewTarget,
): Promise<Result<TargetWritten, TargetFailure | ChosenTargetFailure>> {
  const key = writableKey(ports, works, id);
  if (!key.ok) return key;
  const file = await asFollowed(ports, key.value, ports.envFiles.pathOf(chosen.file));
  if (!file.ok) return file;
  const wanted = { ...chosen, file: file.value };
  const existing = targetInFile(key.value, wanted);
  const isInFile = ({ file }: Target) => file === wanted.file;
  const inFile = key.value.targets.filter(isInFile);
  const asked = newTarget(existing?.id ?? ports.ids.target(), wanted, key.value.name);
  const target = {
    ...asked,
    mayBeTracked: asked.mayBeTracked || inFile.some(({ mayBeTracked }) => mayBeTracked),
  };
  const possible = await preflightTargets(ports, key.value.environment, [target]);
  if (!possible.ok) return possible;
  const free = await guardChosen(ports, [wanted], id);
  if (!free.ok) return free;
  const remembered = await changeKey(ports, id, (now) =>
    ok({ ...now, targets: [...targetsBeside(now, target), target] }),
  );
  if (!remembered.ok) return remembered;
  const written = await writeInstead(ports, works, remembered.value, existing ?? null, target);
  if (written.ok) {
    if (existing !== undefined) return written;
    const noted = await noteKey(ports, key.value, 'target-followed', nameOfTarget(remembered.value, target));
    return noted.ok ? written : noted;
  }
  // Where even that fails, the target shows as missing or differing; this failure has the words.
  await changeKey(ports, id, (now) =>
    ok({ ...now, targets: [...now.targets.filter((one) => !isInFile(one)), ...inFile] }),
  );
  return written;
}

/** Writes the key into a target that it has already. Who types its name lets a live key into a file that Git tracks. */
export async function writeTargetAgain(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  { targetId, confirmName }: { readonly targetId: TargetId; readonly confirmName: string },
): Promise<Result<TargetWritten, TargetFailure>> {
  const key = writableKey(ports, works, id);
  if (!key.ok) return key;
  const known = key.value.targets.find((candidate) => candidate.id === targetId);
  if (known === undefined) return fail(failure('key-unknown'));
  const target = { ...known, mayBeTracked: known.mayBeTracked || confirmName === key.value.name };
  const possible = await preflightTargets(ports, key.value.environment, [target]);
  if (!possible.ok) return possible;
  if (target.mayBeTracked !== known.mayBeTracked) {
    const remembered = await changeKey(ports, id, (now) =>
      ok({
        ...now,
        targets: now.targets.map((one) => (one.file === target.file ? { ...one, mayBeTracked: true } : one)),
      }),
    );
    if (!remembered.ok) return remembered;
  }
  return write(ports, works, key.value, target, []);
}

/** Writes a target, after the lines under the names that it had `before` have got their new ones. */
async function writeInstead(
  ports: KeyPorts,
  works: Works,
  key: KeyRecord,
  before: Target | null,
  target: Target,
): Promise<Result<TargetWritten, TargetFailure>> {
  const lines: Result<RenamedLines, EnvFileFailure> =
    before === null
      ? ok({ renamed: [], superseded: [], left: [] })
      : await renameLines(ports, key, before, target);
  if (!lines.ok) return lines;
  const { renamed, superseded, left } = lines.value;
  const written = await write(ports, works, key, target, left);
  if (!written.ok) {
    await renameBack(ports, target.file, renamed);
    return written;
  }
  const told = renamed.length === 0 ? written.value : { ...written.value, renamed: [...renamed] };
  if (superseded.length === 0) return ok(told);
  const removed = await ports.envFiles.remove(target.file, superseded);
  return ok(removed.ok ? { ...told, removed: [...superseded] } : { ...told, left: [...left, ...superseded] });
}

async function write(
  ports: KeyPorts,
  works: Works,
  key: KeyRecord,
  target: Target,
  left: readonly string[],
): Promise<Result<TargetWritten, TargetFailure>> {
  const fields = await readFields(ports, key.id);
  if (!fields.ok) return fields;
  const written = await writeTarget(ports, key, target, fields.value);
  if (!written.ok) return written;
  const { file: _, ...told } = written.value;
  await works.targetRewritten(told.targetId);
  return ok({ ...told, left: [...left] });
}
