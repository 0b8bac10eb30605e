import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly executable?: boolean;
}

export interface PackedFile {
  readonly name: string;
  /** Beside the archive instead of in it. */
  readonly unpacked: boolean;
  readonly body: Buffer;
}

/** Every file of an asar archive (github.com/electron/asar describes the format), those beside it included. */
export function readAsar(archive: string): readonly PackedFile[] {
  const bytes = readFileSync(archive);
  const headerSize = bytes.readUInt32LE(4);
  const json = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8');
  const start = 8 + headerSize;
  const found: PackedFile[] = [];

  function walk(entry: Entry, name: string): void {
    for (const [child, inside] of Object.entries(entry.files ?? {}))
      walk(inside, path.posix.join(name, child));
    if (entry.files !== undefined) return;
    const offset = start + Number(entry.offset);
    const body = entry.unpacked
      ? readFileSync(path.join(`${archive}.unpacked`, name))
      : bytes.subarray(offset, offset + (entry.size ?? 0));
    found.push({ name, unpacked: entry.unpacked ?? false, body });
  }

  walk(JSON.parse(json) as Entry, '');
  return found;
}

/** Writes the files of an archive into a folder, as Electron shows them to the app. */
export function extract(files: readonly PackedFile[], folder: string): void {
  for (const { name, body } of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, body);
  }
}
