import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { errnoOf, reasonOf } from '../env-files/fs-failure.ts';
import type { Definition } from '../providers/definition.ts';
import { loadDefinition } from '../providers/load-definition.ts';
import { jsonFault } from './json-fault.ts';

/** A file that is meant to hold a definition, read whole. `digest` is the SHA-256 of its bytes, in hex. */
export interface DefinitionFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
}

export type ReadFailure = Failure<
  'file-gone' | 'file-is-folder' | 'file-unreadable' | 'file-too-big' | 'path-not-absolute'
>;

/** More than any definition needs. */
export const definitionLimitBytes = 256 * 1024;

/** Opening what is no file, such as a pipe, does not wait for its other end. Windows has no such flag. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads the file, at most `definitionLimitBytes` of it. */
export async function readDefinitionFile(file: string): Promise<Result<DefinitionFile, ReadFailure>> {
  if (!isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, openFlags);
    const stats = await handle.stat();
    if (stats.isDirectory()) return fail(failure('file-is-folder', { file }));
    if (!stats.isFile())
      return fail(failure('file-unreadable', { file, reason: 'It is not an ordinary file' }));
    const bytes = await readUpTo(handle, definitionLimitBytes + 1);
    if (bytes.length > definitionLimitBytes) {
      return fail(failure('file-too-big', { file, limitBytes: definitionLimitBytes }));
    }
    return ok({ file, bytes, digest: createHash('sha256').update(bytes).digest('hex') });
  } catch (error) {
    return fail(translate(file, error));
  } finally {
    await handle?.close();
  }
}

/** The definition that a file holds; every fault at its place, and what is wrong with the JSON itself at ''. */
export function definitionIn({
  file,
  bytes,
}: DefinitionFile): Result<
  { readonly definition: Definition; readonly json: unknown },
  Failure<'definition-faulty' | 'file-not-text'>
> {
  const text = asText(bytes);
  if (text === null) return fail(failure('file-not-text', { file }));
  const fault = jsonFault(text);
  if (fault !== null) {
    const message = `line ${fault.line}, column ${fault.column}: ${fault.message}`;
    return fail(failure('definition-faulty', { file, faults: [{ at: '', message }] }));
  }
  const json: unknown = JSON.parse(text);
  const loaded = loadDefinition(json);
  if (loaded.ok) return ok({ definition: loaded.value, json });
  return fail(failure('definition-faulty', { file, faults: [...loaded.error] }));
}

async function readUpTo(handle: FileHandle, limit: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    const { bytesRead } = await handle.read(buffer, length, limit - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** The bytes as UTF-8, without a mark at their beginning; null where they are not. */
function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // That it cannot be decoded is all there is to say.
    return null;
  }
}

function translate(file: string, error: unknown): ReadFailure {
  const code = errnoOf(error);
  // A file in the place of a folder on the way to it: nothing can be there.
  if (code === 'ENOENT' || code === 'ENOTDIR') return failure('file-gone', { file });
  if (code === 'EISDIR') return failure('file-is-folder', { file });
  return failure('file-unreadable', { file, reason: reasonOf(error) });
}
