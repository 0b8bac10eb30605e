import { access, constants, stat } from 'node:fs/promises';
import { codeOf } from './storage-failure.ts';

/** Whether a path can be read as a file. `shut`: something else is in its place, or we may not open it. */
export type Readability = 'file' | 'gone' | 'shut';

/** Looks without reading. Throws for whatever says nothing about the file itself, such as a disk error. */
export async function readabilityOf(path: string): Promise<Readability> {
  try {
    if (!(await stat(path)).isFile()) return 'shut';
    await access(path, constants.R_OK);
    return 'file';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone';
    if (isShut(error)) return 'shut';
    throw error;
  }
}

/** Whether the error says that the path is no file, or one that we may not open. */
export function isShut(error: unknown): boolean {
  return ['EISDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(codeOf(error) ?? '');
}
