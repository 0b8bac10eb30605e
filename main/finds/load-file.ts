import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isExampleName } from '../env-files/env-file-names.ts';
import { realFileSystem } from '../env-files/file-system.ts';
import { locate } from '../env-files/locate.ts';
import { documentOf } from '../env-files/plan-edit.ts';
import { takeSnapshot } from '../env-files/snapshot.ts';
import { type FoundVariable, variablesIn } from './variables-in.ts';

/** An `.env` file as it was found. */
export interface LoadedFile {
  readonly file: string;
  /** Whether it is there to show which variables there are. */
  readonly isExample: boolean;
  /** In ms. */
  readonly changedAt: number | null;
  readonly variables: readonly FoundVariable[];
}

/** Far above any file of variables that someone wrote. */
const mostBytes = 1024 * 1024;

/** Reads an `.env` file; the failure is in words. */
export async function loadFile(file: string): Promise<Result<LoadedFile, string>> {
  const place = await locate(realFileSystem, file);
  const snapshot = place.ok ? await takeSnapshot(realFileSystem, place.value) : place;
  if (!snapshot.ok) return fail(wordsFor(snapshot.error));
  if (snapshot.value.bytes.length > mostBytes) return fail('It is larger than 1 MiB');
  const document = documentOf(file, snapshot.value.bytes);
  if (!document.ok) return fail(wordsFor(document.error));
  const { stat } = snapshot.value;
  return ok({
    file,
    isExample: isExampleName(path.basename(file)),
    changedAt: stat === null ? null : Number(stat.mtimeMs),
    variables: variablesIn(document.value),
  });
}

function wordsFor(error: { readonly code: string; readonly reason?: string }): string {
  if (error.code === 'file-not-text') return 'It is not text';
  if (error.code === 'file-changed') return 'It was changed while it was read';
  return error.reason ?? 'It could not be read';
}
