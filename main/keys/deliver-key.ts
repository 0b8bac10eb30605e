import type { EnvFileFailure, Failure } from '../../shared/domain/failure.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { done, type Result } from '../../shared/result.ts';
import type { Assignment, EnvFiles, Written } from '../env-files/env-files.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { KeyPorts } from './key-ports.ts';

/** Whether every target could be written now. Asked before a provider is. */
export async function preflightTargets(
  envFiles: EnvFiles,
  targets: readonly Pick<Target, 'file' | 'variables'>[],
): Promise<Result<void, EnvFileFailure>> {
  for (const target of targets) {
    const possible = await envFiles.preflight(target.file, Object.values(target.variables));
    if (!possible.ok) return possible;
  }
  return done;
}

/**
 * Writes a key's values into one target. The activity entry is durable before the value leaves; the file has been
 * read back when this answers. Safe to repeat.
 */
export async function writeTarget(
  ports: Pick<KeyPorts, 'envFiles' | 'activity' | 'clock'>,
  key: KeyRecord,
  target: Pick<Target, 'file' | 'variables'>,
  fields: SecretFields,
): Promise<Result<Written, EnvFileFailure | Failure<'storage-failed'>>> {
  const noted = await ports.activity.add({
    at: ports.clock.now(),
    event: 'target-written',
    keyId: key.id,
    connectionId: key.connectionId,
    subject: key.name,
    detail: target.file,
  });
  if (!noted.ok) return noted;
  return ports.envFiles.write(target.file, assignmentsFor(target, fields));
}

/** Writes every target in order; stops at the first that cannot be written. Safe to repeat. */
export async function writeTargets(
  ports: Pick<KeyPorts, 'envFiles' | 'activity' | 'clock'>,
  key: KeyRecord,
  fields: SecretFields,
): Promise<Result<void, EnvFileFailure | Failure<'storage-failed'>>> {
  for (const target of key.targets) {
    const written = await writeTarget(ports, key, target, fields);
    if (!written.ok) return written;
  }
  return done;
}

function assignmentsFor(target: Pick<Target, 'variables'>, fields: SecretFields): Assignment[] {
  return Object.entries(target.variables).flatMap(([field, variable]) => {
    const value = fields[field];
    return value === undefined ? [] : [{ variable, value }];
  });
}
