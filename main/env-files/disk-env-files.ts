import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../secrets/secret.ts';
import { createTurns } from '../turns.ts';
import { checkEdit } from './check-edit.ts';
import { type EnvDocument, valuesOf } from './document.ts';
import type { EnvFiles } from './env-files.ts';
import { type FileSystem, realFileSystem } from './file-system.ts';
import { reasonOf } from './fs-failure.ts';
import { locate, type Place } from './locate.ts';
import { overwriteFile } from './overwrite-file.ts';
import { type WriteWay, writeWay } from './permission.ts';
import { checkVariables, documentOf, type Plan, planRemoval, planWrite } from './plan-edit.ts';
import { removeLeftovers, replaceFile } from './replace-file.ts';
import { MAX_FILE_BYTES, type Snapshot, takeSnapshot } from './snapshot.ts';

/** What `createDiskEnvFiles` can be given instead of the real thing. */
export interface DiskEnvFilesOptions {
  readonly fs?: FileSystem;
  readonly now?: () => number;
}

interface OpenFile {
  readonly place: Place;
  readonly snapshot: Snapshot;
  readonly document: EnvDocument;
}

/**
 * The `.env` files on the disk. Links are followed and kept; mode and owner are kept; a new file is readable by
 * its owner only. Writes of one file wait for each other. What is promised of a file's bytes is said at
 * `replaceFile`, and for the files that cannot be replaced at `overwriteFile`.
 */
export function createDiskEnvFiles(options: DiskEnvFilesOptions = {}): EnvFiles {
  const fs = options.fs ?? realFileSystem;
  const now = options.now ?? Date.now;
  const inTurn = createTurns();

  async function open(file: string): Promise<Result<OpenFile, EnvFileFailure>> {
    const place = await locate(fs, file);
    if (!place.ok) return place;
    const snapshot = await takeSnapshot(fs, place.value);
    if (!snapshot.ok) return snapshot;
    const document = documentOf(file, snapshot.value.bytes);
    if (!document.ok) return document;
    return ok({ place: place.value, snapshot: snapshot.value, document: document.value });
  }

  async function openToWrite(
    file: string,
    variables: readonly string[],
  ): Promise<Result<OpenFile & { way: WriteWay }, EnvFileFailure>> {
    const names = checkVariables(variables);
    if (!names.ok) return names;
    const opened = await open(file);
    if (!opened.ok) return opened;
    const way = await writeWay(fs, opened.value.place, opened.value.snapshot);
    return way.ok ? ok({ ...opened.value, way: way.value }) : way;
  }

  async function carryOut(
    { place, snapshot, document, way }: OpenFile & { way: WriteWay },
    plan: Plan,
  ): Promise<Result<void, EnvFileFailure>> {
    const { file } = place;
    if (Buffer.compare(snapshot.bytes, plan.bytes) === 0) return done;
    if (plan.bytes.length > MAX_FILE_BYTES)
      return fail(failure('file-unwritable', { file, reason: 'It would become larger than 1 MiB' }));
    try {
      await removeLeftovers(fs, place, now());
      const replacement =
        way === 'replace' ? await replaceFile(fs, place, snapshot, plan.bytes) : 'impossible';
      const outcome =
        replacement === 'impossible' ? await overwriteFile(fs, place, snapshot, plan.bytes) : replacement;
      if (outcome === 'changed') return fail(failure('file-changed', { file }));
    } catch (error) {
      return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
    }
    const written = await open(file);
    if (!written.ok) return written;
    // Someone else wrote in the same instant: theirs stands, and ours is not claimed to be there.
    if (Buffer.compare(written.value.snapshot.bytes, plan.bytes) !== 0)
      return fail(failure('file-changed', { file }));
    const check = checkEdit(document, written.value.document, plan.wanted);
    return check.sound ? done : fail(failure('file-unwritable', { file, reason: check.reason }));
  }

  /** Takes turns by where the file really is, so that two links to it wait for each other. */
  async function takeTurn<T>(
    file: string,
    task: () => Promise<Result<T, EnvFileFailure>>,
  ): Promise<Result<T, EnvFileFailure>> {
    const place = await locate(fs, file);
    return place.ok ? inTurn(place.value.real, task) : place;
  }

  return {
    async inspect(file) {
      const opened = await open(file);
      if (!opened.ok) return opened;
      const { place, document } = opened.value;
      return ok({ exists: place.exists, variables: [...valuesOf(document).keys()] });
    },

    async preflight(file, variables) {
      const opened = await openToWrite(file, variables);
      if (!opened.ok) return opened;
      // Any plain value will do: what could go wrong with a file's lines does not depend on it.
      const samples = variables.map((variable) => ({ variable, value: new Secret('sample-1') }));
      const plan = planWrite(file, opened.value.document, samples);
      return plan.ok ? done : plan;
    },

    write(file, assignments) {
      return takeTurn(file, async () => {
        const opened = await openToWrite(
          file,
          assignments.map(({ variable }) => variable),
        );
        if (!opened.ok) return opened;
        const plan = planWrite(file, opened.value.document, assignments);
        if (!plan.ok) return plan;
        const carried = await carryOut(opened.value, plan.value);
        return carried.ok ? ok({ readDifferentlyBy: plan.value.readDifferentlyBy }) : carried;
      });
    },

    async read(file, variables) {
      const names = checkVariables(variables);
      if (!names.ok) return names;
      const opened = await open(file);
      if (!opened.ok) return opened;
      if (!opened.value.place.exists) return fail(failure('file-gone', { file }));
      const values = valuesOf(opened.value.document);
      const secretOf = (variable: string) => {
        const value = values.get(variable);
        return value === undefined ? null : new Secret(value);
      };
      return ok(Object.fromEntries(variables.map((variable) => [variable, secretOf(variable)])));
    },

    remove(file, variables) {
      return takeTurn(file, async () => {
        const names = checkVariables(variables);
        if (!names.ok) return names;
        const opened = await open(file);
        if (!opened.ok) return opened;
        // A file without these variables needs no change, so that it need not be writable either.
        const values = valuesOf(opened.value.document);
        if (!variables.some((variable) => values.has(variable))) return done;
        const toWrite = await openToWrite(file, variables);
        if (!toWrite.ok) return toWrite;
        const plan = planRemoval(file, toWrite.value.document, variables);
        return plan.ok ? carryOut(toWrite.value, plan.value) : plan;
      });
    },
  };
}
