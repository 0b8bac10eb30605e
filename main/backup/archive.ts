import { z } from 'zod';
import { connectionRecordSchema } from '../../shared/domain/connection.ts';
import { definitionRecordSchema } from '../../shared/domain/definition-record.ts';
import { keyRecordSchema } from '../../shared/domain/key.ts';
import { settingsSchema } from '../../shared/domain/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { concealed, revealed, savedValuesSchema } from './saved-values.ts';

/*
 * What is inside a backup once its age encryption is off: JSON lines in UTF-8 (docs/backup.md).
 *
 *   {"keyturn":"backup","format":1,"createdAt":…}
 *   {"settings":{…}}
 *   {"definition":{…}}                      one line each
 *   {"connection":{…},"credential":{…}}     one line each; null: its value could not be read
 *   {"key":{…},"fields":{…}}                one line each; null: its value could not be read
 *   {"end":n}                               how many lines came before
 */

const format = 1;

const headSchema = z.object({
  keyturn: z.literal('backup'),
  format: z.int().positive(),
  createdAt: z.int(),
});
const lineSchema = z.union([
  z.strictObject({ settings: settingsSchema }),
  z.strictObject({ definition: definitionRecordSchema }),
  z.strictObject({ connection: connectionRecordSchema, credential: savedValuesSchema }),
  z.strictObject({ key: keyRecordSchema, fields: savedValuesSchema }),
  z.strictObject({ end: z.int() }),
]);

/** A key with its value; null where the value could not be read when the backup was made. */
export interface SavedKey {
  readonly record: z.infer<typeof keyRecordSchema>;
  readonly fields: SecretFields | null;
}

/** A connection with its management credential; null where that could not be read. */
export interface SavedConnection {
  readonly record: z.infer<typeof connectionRecordSchema>;
  readonly credential: SecretFields | null;
}

/** Everything that a vault is made of. */
export interface Archive {
  readonly createdAt: number;
  readonly settings: z.infer<typeof settingsSchema>;
  readonly definitions: readonly z.infer<typeof definitionRecordSchema>[];
  readonly connections: readonly SavedConnection[];
  readonly keys: readonly SavedKey[];
}

/** Why bytes are no archive. `newer`: a later version of the app wrote it; `foreign`: something else did. */
export type ArchiveFault =
  | { readonly fault: 'foreign' }
  | { readonly fault: 'newer'; readonly format: number }
  | { readonly fault: 'damaged'; readonly reason: string };

/** The archive as bytes, in the clear: for encryption, and nothing else. */
export function writeArchive(archive: Archive): Uint8Array {
  const lines: unknown[] = [
    { keyturn: 'backup', format, createdAt: archive.createdAt },
    { settings: archive.settings },
    ...archive.definitions.map((definition) => ({ definition })),
    ...archive.connections.map(({ record, credential }) => ({
      connection: record,
      credential: revealed(credential),
    })),
    ...archive.keys.map(({ record, fields }) => ({ key: record, fields: revealed(fields) })),
  ];
  lines.push({ end: lines.length });
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** The archive back from its bytes: the whole of it, or what is wrong with it. */
export function readArchive(bytes: Uint8Array): Result<Archive, ArchiveFault> {
  const damaged = (reason: string) => fail<ArchiveFault>({ fault: 'damaged', reason });
  const [first = '', ...rest] = Buffer.from(bytes).toString('utf8').split('\n');
  const head = headSchema.safeParse(parsed(first));
  if (!head.success) return fail({ fault: 'foreign' });
  if (head.data.format > format) return fail({ fault: 'newer', format: head.data.format });

  const definitions: Archive['definitions'][number][] = [];
  const connections: SavedConnection[] = [];
  const keys: SavedKey[] = [];
  let settings: Archive['settings'] | null = null;
  for (const [index, text] of rest.entries()) {
    const line = lineSchema.safeParse(parsed(text));
    if (!line.success) return damaged(`line ${index + 2} cannot be read`);
    const { data } = line;
    if ('settings' in data) settings = data.settings;
    else if ('definition' in data) definitions.push(data.definition);
    else if ('connection' in data)
      connections.push({ record: data.connection, credential: concealed(data.credential) });
    else if ('key' in data) keys.push({ record: data.key, fields: concealed(data.fields) });
    else if (data.end !== index + 1 || settings === null) return damaged('lines of it are missing');
    else return ok({ createdAt: head.data.createdAt, settings, definitions, connections, keys });
  }
  return damaged('its end is missing');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
