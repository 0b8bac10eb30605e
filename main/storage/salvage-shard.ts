import type { Entries, ShardFormat } from './shard-file.ts';

/** What is left of a store whose file is no JSON any more. */
export interface Salvage {
  /** Of which version the records are, as far as the file still tells. */
  readonly version: number;
  readonly sound: Entries;
}

const versionPattern = /^\{"version":(\d{1,6}),/;
const entryPattern = /"([^"\\]{1,200})":("(?:[^"\\]|\\.)*")/g;

/**
 * Finds the whole records in the text of a store that was cut short or overwritten in places. Each proves itself by its
 * own code, so that nothing is taken for a record that is not one of this vault.
 */
export function salvageShard({ kind, version, seal }: ShardFormat, text: string): Salvage {
  const sound = new Map<string, string>();
  for (const [, id = '', quoted = ''] of text.matchAll(entryPattern)) {
    const entry = unquote(quoted);
    if (entry !== null && seal.open(kind, id, entry) !== null) sound.set(id, entry);
  }
  const told = Number(versionPattern.exec(text)?.[1] ?? version);
  return { version: told > version ? version : told, sound };
}

function unquote(quoted: string): string | null {
  try {
    const text: unknown = JSON.parse(quoted);
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}
