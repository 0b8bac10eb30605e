import { type Failure, failure } from '../../shared/domain/failure.ts';
import { isAlive } from '../../shared/domain/key.ts';
import type { RestorePreview } from '../../shared/ipc/backup.contract.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { PassphraseSealing, SealFault } from '../secrets/passphrase-sealing.ts';
import type { Records } from '../storage/records.ts';
import { type Archive, readArchive } from './archive.ts';
import { type ReadFailure, readBackup } from './backup-file.ts';
import type { Held, RestorePlan } from './plan-restore.ts';

export type OpenBackupFailure =
  | ReadFailure
  | Failure<'passphrase-wrong' | 'backup-foreign' | 'backup-damaged' | 'backup-newer' | 'backup-cancelled'>;

/** Reads, opens and parses a backup. Changes nothing anywhere. */
export async function openBackup(
  sealing: PassphraseSealing,
  file: string,
  passphrase: string,
  isCancelled: () => boolean,
): Promise<Result<Archive, OpenBackupFailure>> {
  const bytes = await readBackup(file);
  if (!bytes.ok) return bytes;
  const opened = await sealing.open(bytes.value, passphrase);
  if (isCancelled()) return fail(failure('backup-cancelled'));
  if (!opened.ok) return fail(whyClosed(file, opened.error));
  const archive = readArchive(opened.value);
  if (archive.ok) return archive;
  switch (archive.error.fault) {
    case 'newer':
      return fail(failure('backup-newer', { file }));
    case 'foreign':
      return fail(failure('backup-foreign', { file }));
    case 'damaged':
      return fail(failure('backup-damaged', { file, reason: archive.error.reason }));
  }
}

function whyClosed(file: string, fault: SealFault): OpenBackupFailure {
  switch (fault.fault) {
    case 'wrong-passphrase':
      return failure('passphrase-wrong');
    case 'not-age':
      return failure('backup-foreign', { file });
    case 'damaged':
      return failure('backup-damaged', { file, reason: fault.reason });
  }
}

/** What the vault holds, for a plan. */
export function heldIn({ definitions, connections, keys }: Records): Held {
  return { definitions: definitions.all(), connections: connections.all(), keys: keys.all() };
}

/** A plan as the page shows it; no value is in it. */
export function previewOf(token: string, archive: Archive, plan: RestorePlan): RestorePreview {
  const { definitions, connections, keys } = plan.onlyHere;
  return {
    token,
    createdAt: archive.createdAt,
    holds: countsOf(archive),
    added: countsOf(plan.added),
    alike: plan.alike,
    conflicts: plan.conflicts.map((conflict) => ({ ...conflict, differs: [...conflict.differs] })),
    onlyHere: [
      ...definitions.map(({ id }) => ({ kind: 'definition' as const, id, name: id, alive: false })),
      ...connections.map(({ id, name }) => ({ kind: 'connection' as const, id, name, alive: false })),
      ...keys.map((key) => ({ kind: 'key' as const, id: key.id, name: key.name, alive: isAlive(key) })),
    ],
    withoutValue: archive.keys.flatMap(({ record, fields }) =>
      fields === null && isAlive(record) ? [record.name] : [],
    ),
  };
}

/** How many of each there are. */
export function countsOf(parts: Pick<Archive, 'definitions' | 'connections' | 'keys'>) {
  return {
    definitions: parts.definitions.length,
    connections: parts.connections.length,
    keys: parts.keys.length,
  };
}
