import path from 'node:path';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../secrets/secret.ts';
import { createTurns } from '../turns.ts';
import { type EnvDocument, valuesOf } from './document.ts';
import type { EnvFiles } from './env-files.ts';
import { exampleOf, planNames } from './example-file.ts';
import { type FileSystem, realFileSystem } from './file-system.ts';
import { reasonOf } from './fs-failure.ts';
import type { InPlaceJournal } from './in-place-journal.ts';
import { recoverEdit } from './in-place-recovery.ts';
import { locate, type Place } from './locate.ts';
import { lookAtProject } from './look-at-project.ts';
import { overwriteFile } from './overwrite-file.ts';
import { type WriteWay, writeWay } from './permission.ts';
import { checkVariables, documentOf, type Plan, planRemoval, planRename, planWrite } from './plan-edit.ts';
import { proposeNames } from './propose-names.ts';
import { OWNER_ONLY, removeLeftovers, replaceFile } from './replace-file.ts';
import { MAX_FILE_BYTES, type Snapshot, TOO_LARGE, takeSnapshot } from './snapshot.ts';

/** What `createDiskEnvFiles` can be given. */
export interface DiskEnvFilesOptions {
  readonly fs?: FileSystem;
  readonly now?: () => number;
  /** Where an edit in place is noted beforehand; null while there is nowhere, and then no power cut is made good. */
  readonly inPlaceJournal?: () => InPlaceJournal | null;
}

/** An example is there to be committed. */
const FOR_ALL_TO_READ = 0o644;

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
  const journalNow = options.inPlaceJournal ?? (() => null);
  const inTurn = createTurns();

  async function locateAndRead(
    file: string,
  ): Promise<Result<{ place: Place; snapshot: Snapshot }, EnvFileFailure>> {
    const place = await locate(fs, file);
    if (!place.ok) return place;
    const snapshot = await takeSnapshot(fs, place.value);
    return snapshot.ok ? ok({ place: place.value, snapshot: snapshot.value }) : snapshot;
  }

  async function open(file: string): Promise<Result<OpenFile, EnvFileFailure>> {
    const read = await locateAndRead(file);
    if (!read.ok) return read;
    const document = documentOf(file, read.value.snapshot.bytes);
    return document.ok ? ok({ ...read.value, document: document.value }) : document;
  }

  async function openToWrite(
    file: string,
    variables: readonly string[],
  ): Promise<Result<OpenFile & { way: WriteWay }, EnvFileFailure>> {
    const names = checkVariables(variables);
    if (!names.ok) return names;
    const opened = await open(file);
    return opened.ok ? withWay(opened.value) : opened;
  }

  async function withWay(opened: OpenFile): Promise<Result<OpenFile & { way: WriteWay }, EnvFileFailure>> {
    const way = await writeWay(fs, opened.place, opened.snapshot);
    return way.ok ? ok({ ...opened, way: way.value }) : way;
  }

  async function carryOut(
    { place, snapshot, way }: OpenFile & { way: WriteWay },
    plan: Plan,
    newMode = OWNER_ONLY,
  ): Promise<Result<void, EnvFileFailure>> {
    const { file } = place;
    if (Buffer.compare(snapshot.bytes, plan.bytes) === 0) return done;
    if (plan.bytes.length > MAX_FILE_BYTES)
      return fail(failure('file-unwritable', { file, reason: `It would become ${TOO_LARGE}` }));
    try {
      await removeLeftovers(fs, place, now());
      const replacement =
        way === 'replace' ? await replaceFile(fs, place, snapshot, plan.bytes, newMode) : 'impossible';
      const outcome =
        replacement === 'impossible'
          ? await overwriteFile(fs, place, snapshot, plan.bytes, { journal: journalNow(), now })
          : replacement;
      if (outcome === 'changed') return fail(failure('file-changed', { file }));
    } catch (error) {
      return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
    }
    const written = await locateAndRead(file);
    if (!written.ok) return written;
    // These are the bytes that the plan was checked by. Otherwise someone else wrote in the same instant: theirs
    // stands, and ours is not claimed to be there.
    const isOurs = Buffer.compare(written.value.snapshot.bytes, plan.bytes) === 0;
    return isOurs ? done : fail(failure('file-changed', { file }));
  }

  /** Takes turns by where the file really is, so that two links to it wait for each other. */
  async function takeTurn<T>(
    file: string,
    task: () => Promise<Result<T, EnvFileFailure>>,
  ): Promise<Result<T, EnvFileFailure>> {
    const place = await locate(fs, file);
    if (!place.ok) return place;
    const { real } = place.value;
    return inTurn(real, async () => {
      const cutShort = await takeBackCutShort(real, file);
      return cutShort.ok ? task() : cutShort;
    });
  }

  /** An edit of this file that was cut short is dealt with before the next one, whose record would replace its own. */
  async function takeBackCutShort(real: string, file: string): Promise<Result<void, EnvFileFailure>> {
    const journal = journalNow();
    if (journal === null) return done;
    try {
      const edit = await journal.of(real);
      const recovered = edit === null ? undefined : await recoverEdit(fs, journal, edit, now());
      if (recovered?.outcome !== 'kept') return done;
      return fail(failure('file-unwritable', { file, reason: recovered.reason }));
    } catch (error) {
      return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
    }
  }

  async function exampleBeside(file: string): Promise<string> {
    // A folder that cannot be listed has no example that we could see; writing one there is refused in words.
    return exampleOf(file, await fs.readdir(path.dirname(file)).catch(() => []));
  }

  return {
    async inspect(file, fields) {
      const opened = await open(file);
      if (!opened.ok) return opened;
      const { place, document } = opened.value;
      const project = await lookAtProject(fs, file);
      const variables = [...valuesOf(document).keys()];
      return ok({
        exists: place.exists,
        variables,
        dialect: project.dialect,
        example: project.example,
        proposals: proposeNames({
          fields,
          fileVariables: variables,
          exampleVariables: project.example.variables,
        }),
      });
    },

    async preflight(file, variables) {
      const opened = await openToWrite(file, variables);
      if (!opened.ok) return opened;
      // Any plain value will do: what could go wrong with a file's lines does not depend on it.
      const samples = variables.map((variable) => ({ variable, value: new Secret('sample-1') }));
      const plan = planWrite(file, opened.value.document, samples, 'any');
      return plan.ok ? done : plan;
    },

    write(file, assignments, dialect) {
      return takeTurn(file, async () => {
        const opened = await openToWrite(
          file,
          assignments.map(({ variable }) => variable),
        );
        if (!opened.ok) return opened;
        const plan = planWrite(file, opened.value.document, assignments, dialect);
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
        const toWrite = await withWay(opened.value);
        if (!toWrite.ok) return toWrite;
        const plan = planRemoval(file, toWrite.value.document, variables);
        return plan.ok ? carryOut(toWrite.value, plan.value) : plan;
      });
    },

    rename(file, from, to) {
      return takeTurn(file, async () => {
        const opened = await openToWrite(file, [from, to]);
        if (!opened.ok) return opened;
        const plan = planRename(file, opened.value.document, from, to);
        return plan.ok ? carryOut(opened.value, plan.value) : plan;
      });
    },

    async nameInExample(file, variables) {
      if (!path.isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
      const example = await exampleBeside(file);
      return takeTurn(example, async () => {
        const names = checkVariables(variables);
        if (!names.ok) return names;
        const opened = await open(example);
        if (!opened.ok) return opened;
        const plan = planNames(example, opened.value.document, variables);
        if (!plan.ok) return plan;
        // An example that has all the names needs no change, so that it need not be writable either.
        if (Buffer.compare(plan.value.bytes, opened.value.snapshot.bytes) === 0) return ok(example);
        const toWrite = await withWay(opened.value);
        if (!toWrite.ok) return toWrite;
        const carried = await carryOut(toWrite.value, plan.value, FOR_ALL_TO_READ);
        return carried.ok ? ok(example) : carried;
      });
    },
  };
}
