import { basename } from 'node:path';
import type { DefinitionRecord } from '../../shared/domain/definition-record.ts';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { isPlayedBySandbox } from '../../shared/domain/sandbox.ts';
import type { DefinitionPreview } from '../../shared/ipc/connections.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Definition } from '../providers/definition.ts';
import { previewOf } from '../providers/preview.ts';
import { canonicalJson } from '../storage/canonical-json.ts';
import type { ConnectionPorts } from './add-connection.ts';
import type { ProviderCatalog } from './connection-ports.ts';
import {
  type DefinitionFile,
  definitionIn,
  type ReadFailure,
  readDefinitionFile,
} from './definition-file.ts';

type Ports = Pick<ConnectionPorts, 'clock' | 'records' | 'activity' | 'catalog'>;

export type DefinitionFailure =
  | ReadFailure
  | Failure<'definition-faulty' | 'definition-taken' | 'file-not-text'>;

/** Reads and checks a definition in a file, and tells what it would do. Nothing is added and nobody is asked. */
export async function previewDefinition(
  ports: Pick<Ports, 'records' | 'catalog'>,
  file: string,
): Promise<Result<DefinitionPreview, DefinitionFailure>> {
  const read = await readDefinitionFile(file);
  if (!read.ok) return read;
  const usable = usableIn(read.value, ports.catalog);
  if (!usable.ok) return usable;
  const { definition } = usable.value;
  const replaced = ports.records.definitions.get(definition.id);
  return ok({
    ...previewOf(definition),
    replaces: replaced === undefined ? null : nameOf(replaced, ports.catalog),
    digest: read.value.digest,
  });
}

/**
 * Adds the definition that was previewed as `digest`, in the place of one of the user's own with its id. Connections
 * keep the origin that they are pinned to, whatever the new one says.
 */
export async function addDefinition(
  ports: Ports,
  wanted: { readonly file: string; readonly digest: string },
): Promise<Result<DefinitionRecord, DefinitionFailure | Failure<'file-changed' | 'storage-failed'>>> {
  const { file } = wanted;
  const read = await readDefinitionFile(file);
  if (!read.ok) return read;
  if (read.value.digest !== wanted.digest) return fail(failure('file-changed', { file }));
  const usable = usableIn(read.value, ports.catalog);
  if (!usable.ok) return usable;
  const { definition, json } = usable.value;
  const { definitions } = ports.records;
  const before = definitions.get(definition.id);
  const record: DefinitionRecord = {
    id: definition.id,
    json: canonicalJson(json),
    addedAt: ports.clock.now(),
    file: basename(file),
  };
  const recorded = await definitions.put(record);
  if (!recorded.ok) return recorded;
  const noted = await note(ports, 'definition-added', definition.name, file);
  if (noted.ok) return ok(record);
  // What cannot be noted does not happen. If even that fails, the definition is there, and is listed.
  await (before === undefined ? definitions.remove(record.id) : definitions.put(before));
  return noted;
}

/**
 * Forgets a definition of the user's own. Refused while a connection is described by it; one whose id has been taken by a
 * built-in definition describes none.
 */
export async function removeDefinition(
  ports: Ports,
  providerId: string,
): Promise<Result<void, Failure<'definition-unknown' | 'definition-in-use' | 'storage-failed'>>> {
  const { definitions, connections } = ports.records;
  const record = definitions.get(providerId);
  if (record === undefined) return fail(failure('definition-unknown', { provider: providerId }));
  const users = connections.all().filter((connection) => connection.providerId === providerId).length;
  if (users > 0 && ports.catalog.builtIn(providerId) === undefined) {
    return fail(failure('definition-in-use', { connections: users }));
  }
  const name = nameOf(record, ports.catalog);
  const removed = await definitions.remove(providerId);
  if (!removed.ok) return removed;
  return note(ports, 'definition-removed', name, record.file);
}

function usableIn(
  file: DefinitionFile,
  catalog: ProviderCatalog,
): Result<
  { readonly definition: Definition; readonly json: unknown },
  Failure<'definition-faulty' | 'definition-taken' | 'file-not-text'>
> {
  const found = definitionIn(file);
  if (!found.ok) return found;
  const { id } = found.value.definition;
  const name = catalog.builtIn(id)?.name ?? (isPlayedBySandbox(id) ? 'part of the sandbox' : null);
  return name === null ? found : fail(failure('definition-taken', { id, name }));
}

function nameOf(record: DefinitionRecord, catalog: ProviderCatalog): string {
  return catalog.summaries().find(({ id }) => id === record.id)?.name ?? record.id;
}

function note(
  ports: Ports,
  event: 'definition-added' | 'definition-removed',
  subject: string,
  detail: string,
) {
  return ports.activity.add({
    at: ports.clock.now(),
    event,
    keyId: null,
    connectionId: null,
    subject,
    detail,
  });
}
