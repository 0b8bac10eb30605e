import path from 'node:path';
import type { FileInspection } from '../../shared/domain/env-file.ts';
import { valuesOf } from './document.ts';
import { exampleOf } from './example-file.ts';
import type { FileSystem } from './file-system.ts';
import { locate } from './locate.ts';
import { documentOf } from './plan-edit.ts';
import { dialectOf, tellingFiles } from './project-signs.ts';
import { MAX_FILE_BYTES, takeSnapshot } from './snapshot.ts';

/** What the folder of a file tells of how the file is used. */
export type Project = Pick<FileInspection, 'dialect' | 'example'>;

/** A larger file than this is not one that people write to tell how their project runs. */
const MAX_TELLING_BYTES = 256 * 1024;

/**
 * Looks at what lies beside a file: its example, and what tells which program reads it. A hint to the user and nothing
 * more: what cannot be read tells nothing, and is no failure.
 */
export async function lookAtProject(fs: FileSystem, file: string): Promise<Project> {
  const folder = path.dirname(file);
  const names: string[] = await fs.readdir(folder).catch(() => []);
  const example = exampleOf(file, names);
  const telling = tellingFiles.filter((name) => names.includes(name));
  const [exampleBytes, ...tellingBytes] = await Promise.all([
    bytesOf(fs, example, MAX_FILE_BYTES),
    ...telling.map((name) => bytesOf(fs, path.join(folder, name), MAX_TELLING_BYTES)),
  ]);
  const document = exampleBytes ? documentOf(example, exampleBytes) : null;
  const texts = telling.flatMap((name, index) => {
    const bytes = tellingBytes[index];
    return bytes ? [[name, Buffer.from(bytes).toString()]] : [];
  });
  return {
    dialect: dialectOf({ names, texts: Object.fromEntries(texts) }),
    example: {
      file: example,
      exists: names.includes(path.basename(example)),
      variables: document?.ok ? [...valuesOf(document.value).keys()] : [],
    },
  };
}

async function bytesOf(fs: FileSystem, file: string, maxBytes: number): Promise<Uint8Array | null> {
  const place = await locate(fs, file);
  if (!place.ok || !place.value.exists) return null;
  const snapshot = await takeSnapshot(fs, place.value, maxBytes);
  return snapshot.ok ? snapshot.value.bytes : null;
}
