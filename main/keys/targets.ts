import {
  type EnvFileFailure,
  type Failure,
  failure,
  type SecretStoreFailure,
} from '../../shared/domain/failure.ts';
import type { KeyId, TargetId } from '../../shared/domain/ids.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { changeKey } from './change-key.ts';
import { preflightTargets, writeTarget } from './deliver-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { readFields } from './read-fields.ts';
import type { Works } from './works.ts';

export type TargetFailure =
  | EnvFileFailure
  | SecretStoreFailure
  | Failure<'key-unknown' | 'key-not-active' | 'work-running' | 'storage-failed'>;

/** How a target stands, found out without the key's value: by its fingerprint. */
export interface TargetStanding {
  readonly targetId: TargetId;
  readonly state: 'in-step' | 'differs' | 'missing' | 'unreadable';
  readonly detail: string;
}

/** What writing came to. */
export interface TargetWritten {
  readonly targetId: TargetId;
  readonly readDifferentlyBy: string[];
}

/**
 * Writes the key into a file and remembers it as a target. A file that already is a target gets the new names.
 * It is remembered first, so that no file with the key in it is ever forgotten; when the file cannot be written,
 * the targets are again what they were.
 */
export async function addTarget(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  wanted: Pick<Target, 'file' | 'variables'>,
): Promise<Result<TargetWritten, TargetFailure>> {
  const key = writable(ports, works, id);
  if (!key.ok) return key;
  const possible = await preflightTargets(ports.envFiles, [wanted]);
  if (!possible.ok) return possible;
  const existing = ports.records.keys.get(id)?.targets.find((target) => target.file === wanted.file);
  const target: Target = { id: existing?.id ?? ports.ids.target(), ...wanted };
  const remembered = await changeKey(ports, id, (now) =>
    ok({ ...now, targets: [...othersOf(now, target), target] }),
  );
  if (!remembered.ok) return remembered;
  const written = await write(ports, remembered.value, target);
  if (written.ok) return written;
  const before = existing === undefined ? [] : [existing];
  // Where even that fails, the target shows as missing or differing; this failure has the words.
  await changeKey(ports, id, (now) => ok({ ...now, targets: [...othersOf(now, target), ...before] }));
  return written;
}

/** Writes the key into a target that it has already. */
export async function writeTargetAgain(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  targetId: TargetId,
): Promise<Result<TargetWritten, TargetFailure>> {
  const key = writable(ports, works, id);
  if (!key.ok) return key;
  const target = key.value.targets.find((candidate) => candidate.id === targetId);
  return target === undefined ? fail(failure('key-unknown')) : write(ports, key.value, target);
}

/** Forgets a target. The file keeps what is in it. */
export async function unlinkTarget(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  targetId: TargetId,
): Promise<Result<void, Failure<'key-unknown' | 'work-running' | 'storage-failed'>>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (works.ofKey(id)?.kind === 'rotate') return fail(failure('work-running'));
  const target = key.targets.find((candidate) => candidate.id === targetId);
  if (target === undefined) return done;
  const put = await changeKey(ports, id, (now) => ok({ ...now, targets: othersOf(now, target) }));
  if (!put.ok) return put;
  return ports.activity.add({
    at: ports.clock.now(),
    event: 'target-unlinked',
    keyId: id,
    connectionId: key.connectionId,
    subject: key.name,
    detail: target.file,
  });
}

/** How every target of a key stands. Reads the files and no secret. */
export async function targetStandings(
  ports: KeyPorts,
  id: KeyId,
): Promise<Result<TargetStanding[], Failure<'key-unknown'>>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  return ok(await Promise.all(key.targets.map((target) => standingOf(ports, key, target))));
}

async function standingOf(ports: KeyPorts, key: KeyRecord, target: Target): Promise<TargetStanding> {
  const read = await ports.envFiles.read(target.file, Object.values(target.variables));
  if (!read.ok) {
    const gone = read.error.code === 'file-gone' || read.error.code === 'folder-gone';
    return { targetId: target.id, state: gone ? 'missing' : 'unreadable', detail: read.error.code };
  }
  const states = Object.entries(target.variables).map(([field, variable]) => {
    const value = read.value[variable] ?? null;
    if (value === null) return 'missing';
    const expected = key.fields.find((known) => known.name === field)?.fingerprint;
    return ports.fingerprint(value) === expected ? 'in-step' : 'differs';
  });
  const state =
    states.find((one) => one === 'missing') ?? states.find((one) => one === 'differs') ?? 'in-step';
  return { targetId: target.id, state, detail: '' };
}

function writable(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
): Result<KeyRecord, Failure<'key-unknown' | 'key-not-active' | 'work-running'>> {
  const key = ports.records.keys.get(id);
  if (key === undefined) return fail(failure('key-unknown'));
  if (key.revokedAt !== null || key.replacedBy !== null) {
    return fail(failure('key-not-active', { status: key.status }));
  }
  // An issue that stopped at its targets may be helped along by hand; a rotation writes them itself.
  const work = works.ofKey(id);
  return work !== undefined && work.kind !== 'issue' ? fail(failure('work-running')) : ok(key);
}

const othersOf = (key: KeyRecord, target: Target): Target[] =>
  key.targets.filter((other) => other.id !== target.id && other.file !== target.file);

async function write(
  ports: KeyPorts,
  key: KeyRecord,
  target: Target,
): Promise<Result<TargetWritten, TargetFailure>> {
  const fields = await readFields(ports, key.id);
  if (!fields.ok) return fields;
  const written = await writeTarget(ports, key, target, fields.value);
  if (!written.ok) return written;
  return ok({ targetId: target.id, readDifferentlyBy: [...written.value.readDifferentlyBy] });
}
