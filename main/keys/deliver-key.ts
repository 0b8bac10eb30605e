import type { ActivityEvent } from '../../shared/domain/activity.ts';
import type { EnvFileFailure, Failure } from '../../shared/domain/failure.ts';
import type { TargetId } from '../../shared/domain/ids.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import type { TargetRemark } from '../../shared/domain/work.ts';
import { done, ok, type Result } from '../../shared/result.ts';
import type { Assignment, Written } from '../env-files/env-files.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { guardTargets } from './git-guard.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKey } from './note-keys.ts';

/**
 * Whether every target could be written now, and may be by what Git says of it. Asked before a provider is. `inStep`: the
 * one that has the value already and is not written.
 */
export async function preflightTargets(
  ports: Pick<KeyPorts, 'envFiles' | 'git'>,
  environment: KeyRecord['environment'],
  targets: readonly Target[],
  inStep: TargetId | null = null,
): Promise<Result<void, EnvFileFailure>> {
  for (const target of targets.filter(({ id }) => id !== inStep)) {
    const possible = await ports.envFiles.preflight(target.file, Object.values(target.variables));
    if (!possible.ok) return possible;
  }
  return guardTargets(ports, environment, targets);
}

/** Whether these very values could be written into every target now. Changes nothing. */
export async function rehearseTargets(
  { envFiles }: Pick<KeyPorts, 'envFiles'>,
  targets: readonly Target[],
  fields: SecretFields,
): Promise<Result<void, EnvFileFailure>> {
  for (const target of targets) {
    const possible = await envFiles.rehearse(target.file, assignmentsFor(target, fields), target.dialect);
    if (!possible.ok) return possible;
  }
  return done;
}

/**
 * Writes a key's values into one target. That it is about to be written is durable in the activity before the value
 * leaves, and what came of it follows; the file has been read back when this answers, with what there is to tell of the
 * target beside. Safe to repeat.
 */
export async function writeTarget(
  ports: Pick<KeyPorts, 'envFiles' | 'activity' | 'clock'>,
  key: KeyRecord,
  target: Target,
  fields: SecretFields,
): Promise<Result<TargetRemark, EnvFileFailure | Failure<'storage-failed'>>> {
  const noted = await noteKey(ports, key, 'target-writing', target.file);
  if (!noted.ok) return noted;
  const written = await ports.envFiles.write(target.file, assignmentsFor(target, fields), target.dialect);
  // A note that fails now takes nothing back: the one before stands for it.
  await noteKey(ports, key, ...outcomeOf(written, target.file));
  if (!written.ok) return written;
  const exampleFailed = !(await keepExample(ports, target));
  const { because } = written.value;
  const readDifferentlyBy = [...written.value.readDifferentlyBy];
  const told = { readDifferentlyBy, ...(because === undefined ? {} : { because }), exampleFailed };
  return ok({ targetId: target.id, file: target.file, ...told });
}

/** What came of a write, for the activity. */
const outcomeOf = (
  written: Result<Written, EnvFileFailure>,
  file: string,
): [event: ActivityEvent, detail: string] =>
  written.ok ? ['target-written', file] : ['target-not-written', `${written.error.code} ${file}`];

/** Puts the variables' names into the project's example where that is wanted. The key is where it is needed, whether it succeeds or not. */
async function keepExample({ envFiles }: Pick<KeyPorts, 'envFiles'>, target: Target): Promise<boolean> {
  if (!target.keepsExample) return true;
  const named = await envFiles.nameInExample(target.file, Object.values(target.variables));
  return named.ok;
}

/** Writes every target in order and answers what there is to tell of each; stops at the first that cannot be written. Safe to repeat. */
export async function writeTargets(
  ports: Pick<KeyPorts, 'envFiles' | 'activity' | 'clock'>,
  key: KeyRecord,
  fields: SecretFields,
): Promise<Result<TargetRemark[], EnvFileFailure | Failure<'storage-failed'>>> {
  const remarks: TargetRemark[] = [];
  for (const target of key.targets) {
    const written = await writeTarget(ports, key, target, fields);
    if (!written.ok) return written;
    remarks.push(written.value);
  }
  return ok(remarks);
}

/** Whether the target's file has these values already. False as well where that cannot be told. */
export async function holdsValues(
  ports: Pick<KeyPorts, 'envFiles' | 'fingerprint'>,
  target: Pick<Target, 'file' | 'variables' | 'dialect'>,
  fields: SecretFields,
): Promise<boolean> {
  const wanted = assignmentsFor(target, fields);
  const read = await ports.envFiles.read(
    target.file,
    wanted.map(({ variable }) => variable),
    target.dialect,
  );
  if (!read.ok) return false;
  return wanted.every(({ variable, value }) => {
    const found = read.value[variable] ?? null;
    return found !== null && ports.fingerprint(found) === ports.fingerprint(value);
  });
}

function assignmentsFor(target: Pick<Target, 'variables'>, fields: SecretFields): Assignment[] {
  return Object.entries(target.variables).flatMap(([field, variable]) => {
    const value = fields[field];
    return value === undefined ? [] : [{ variable, value }];
  });
}
