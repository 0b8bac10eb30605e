import os from 'node:os';
import path from 'node:path';
import type { Dialect } from '../../shared/domain/env-file.ts';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { Secret } from '../secrets/secret.ts';
import { createTurns } from '../turns.ts';
import { type EnvDocument, valuesOf } from './document.ts';
import type { Assignment, EnvFiles, Written } from './env-files.ts';
import { exampleOf, planNames } from './example-file.ts';
import type { FileSystem } from './file-system.ts';
import { reasonOf } from './fs-failure.ts';
import type { InPlaceJournal } from './in-place-journal.ts';
import { recoverEdit } from './in-place-recovery.ts';
import { kindOf } from './kind-of-file.ts';
import { locate, type Place } from './locate.ts';
import { lookAtProject } from './look-at-project.ts';
import { misreadCauses } from './misread.ts';
import { namesFor } from './names-for.ts';
import { overwriteFile } from './overwrite-file.ts';
import { type WriteWay, writeWay } from './permission.ts';
import { planByLine } from './plan-by-line.ts';
import { checkVariables, documentOf, type Plan, planRemoval, planRename, planWrite } from './plan-edit.ts';
import { createQuickFileSystem } from './quick-file-system.ts';
import { readValues } from './read-values.ts';
import { OWNER_ONLY, removeLeftovers, replaceFile, syncFolderOf } from './replace-file.ts';
import { MAX_FILE_BYTES, type Snapshot, TOO_LARGE, takeSnapshot } from './snapshot.ts';
import { pathOf } from './typed-path.ts';

/** What `createDiskEnvFiles` can be given. */
export interface DiskEnvFilesOptions {
  readonly fs?: FileSystem;
  readonly now?: () => number;
  /** What `~` stands for. */
  readonly home?: string;
  /** Where an edit in place is noted beforehand; null while there is nowhere, and then no power cut is made good. */
  readonly inPlaceJournal?: () => InPlaceJournal | null;
}

/** An example is there to be committed. */
const FOR_ALL_TO_READ = 0o644;

interface ReadFile {
  readonly place: Place;
  readonly snapshot: Snapshot;
}
interface FileToWrite extends ReadFile {
  readonly way: WriteWay;
}

/**
 * The `.env` files on the disk. Links are followed and kept; mode and owner are kept; a new file is readable by
 * its owner only. Writes of one file wait for each other. What is promised of a file's bytes is said at
 * `replaceFile`, and for the files that cannot be replaced at `overwriteFile`.
 */
export function createDiskEnvFiles(options: DiskEnvFilesOptions = {}): EnvFiles {
  const fs = options.fs ?? createQuickFileSystem();
  const now = options.now ?? Date.now;
  const home = options.home ?? os.homedir();
  const journalNow = options.inPlaceJournal ?? (() => null);
  const inTurn = createTurns();

  async function read(file: string): Promise<Result<ReadFile, EnvFileFailure>> {
    const place = await locate(fs, file);
    if (!place.ok) return place;
    const snapshot = await takeSnapshot(fs, place.value);
    return snapshot.ok ? ok({ place: place.value, snapshot: snapshot.value }) : snapshot;
  }

  async function open(file: string): Promise<Result<ReadFile & { document: EnvDocument }, EnvFileFailure>> {
    const found = await read(file);
    if (!found.ok) return found;
    const document = documentOf(file, found.value.snapshot.bytes);
    return document.ok ? ok({ ...found.value, document: document.value }) : document;
  }

  /** The document of a file that has to be there. */
  async function openThere(
    file: string,
    variables: readonly string[],
  ): Promise<Result<EnvDocument, EnvFileFailure>> {
    const names = checkVariables(variables);
    if (!names.ok) return names;
    const opened = await open(file);
    if (!opened.ok) return opened;
    return opened.value.place.exists ? ok(opened.value.document) : fail(failure('file-gone', { file }));
  }

  /** Reads a file, and plans to set variables in it, if both these and it can be written. */
  async function planToSet(
    file: string,
    assignments: readonly Assignment[],
    dialect: Dialect,
  ): Promise<Result<{ found: FileToWrite; plan: Plan }, EnvFileFailure>> {
    const variables = assignments.map(({ variable }) => variable);
    const names = checkVariables(variables);
    if (!names.ok) return names;
    const found = await read(file);
    if (!found.ok) return found;
    // Asked of the system while we think.
    const way = withWay(found.value);
    const { bytes } = found.value.snapshot;
    const planFor = (document: EnvDocument) => planWrite(file, document, assignments, dialect);
    const plan = planByLine(bytes, variables, planFor) ?? planWhole(file, bytes, planFor);
    const toWrite = await way;
    if (!plan.ok) return plan;
    return toWrite.ok ? ok({ found: toWrite.value, plan: plan.value }) : toWrite;
  }

  async function withWay(found: ReadFile): Promise<Result<FileToWrite, EnvFileFailure>> {
    const way = await writeWay(fs, found.place, found.snapshot);
    return way.ok ? ok({ ...found, way: way.value }) : way;
  }

  async function carryOut(
    { place, snapshot, way }: FileToWrite,
    plan: Plan,
    newMode = OWNER_ONLY,
  ): Promise<Result<void, EnvFileFailure>> {
    const { file } = place;
    if (isSame(snapshot.bytes, plan.bytes)) return done;
    if (plan.bytes.length > MAX_FILE_BYTES)
      return fail(failure('file-unwritable', { file, reason: `It would become ${TOO_LARGE}` }));
    let isReplaced = false;
    try {
      await removeLeftovers(fs, place, now());
      const replacement =
        way === 'replace' ? await replaceFile(fs, place, snapshot, plan.bytes, newMode) : 'impossible';
      isReplaced = replacement === 'replaced';
      const outcome =
        replacement === 'impossible'
          ? await overwriteFile(fs, place, snapshot, plan.bytes, { journal: journalNow(), now })
          : replacement;
      if (outcome === 'changed') return fail(failure('file-changed', { file }));
    } catch (error) {
      return fail(failure('file-unwritable', { file, reason: reasonOf(error) }));
    }
    const [written] = await Promise.all([read(file), isReplaced ? syncFolderOf(fs, place) : undefined]);
    if (!written.ok) return written;
    // These are the bytes that the plan was checked by. Otherwise someone else wrote in the same instant: theirs
    // stands, and ours is not claimed to be there.
    const isOurs = isSame(written.value.snapshot.bytes, plan.bytes);
    return isOurs ? done : fail(failure('file-changed', { file }));
  }

  /** A file that needs no change need not be writable either. */
  async function carryOutIfNeeded(
    found: ReadFile,
    plan: Plan,
    newMode = OWNER_ONLY,
  ): Promise<Result<void, EnvFileFailure>> {
    if (isSame(found.snapshot.bytes, plan.bytes)) return done;
    const toWrite = await withWay(found);
    return toWrite.ok ? carryOut(toWrite.value, plan, newMode) : toWrite;
  }

  /** Takes turns by where the file really is, so that two links to it wait for each other. */
  async function takeTurn<T>(
    file: string,
    task: () => Promise<Result<T, EnvFileFailure>>,
  ): Promise<Result<T, EnvFileFailure>> {
    const place = await locate(fs, file);
    if (!place.ok) return place;
    const { real, exists } = place.value;
    const journal = journalNow();
    // Where nothing is there, nothing is torn; a record may wait for a disk that is not plugged in.
    if (journal === null || !exists) return inTurn(real, task);
    return inTurn(real, () =>
      journal.alone(real, async () => {
        const cutShort = await takeBackCutShort(journal, real, file);
        return cutShort.ok ? task() : cutShort;
      }),
    );
  }

  /** An edit of this file that was cut short is dealt with before the next one, whose record would replace its own. */
  async function takeBackCutShort(
    journal: InPlaceJournal,
    real: string,
    file: string,
  ): Promise<Result<void, EnvFileFailure>> {
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
    pathOf: (typed) => pathOf(typed, home),

    async realPathOf(file) {
      const place = await locate(fs, file);
      return place.ok ? ok(place.value.real) : place;
    },

    async inspect(file, fields, holderOf) {
      const opened = await open(file);
      if (!opened.ok) return opened;
      const { place, snapshot, document } = opened.value;
      const [project, way] = await Promise.all([lookAtProject(fs, file), writeWay(fs, place, snapshot)]);
      return ok({
        file,
        real: place.real,
        exists: place.exists,
        unwritable: way.ok ? '' : unwritableReason(way.error),
        kind: kindOf(file, document),
        dialect: project.dialect,
        example: project.example,
        ...namesFor(document, fields, project.example.variables, holderOf),
      });
    },

    async preflight(file, variables) {
      // Any plain value will do: what could go wrong with a file's lines does not depend on it.
      const samples = variables.map((variable) => ({ variable, value: new Secret('sample-1') }));
      const planned = await planToSet(file, samples, 'any');
      return planned.ok ? done : planned;
    },

    async rehearse(file, assignments, dialect) {
      const planned = await planToSet(file, assignments, dialect);
      return planned.ok ? ok(writtenBy(planned.value.plan)) : planned;
    },

    write(file, assignments, dialect) {
      return takeTurn(file, async () => {
        const planned = await planToSet(file, assignments, dialect);
        if (!planned.ok) return planned;
        const { found, plan } = planned.value;
        const carried = await carryOut(found, plan);
        return carried.ok ? ok(writtenBy(plan)) : carried;
      });
    },

    async read(file, variables, dialect) {
      const opened = await openThere(file, variables);
      return opened.ok ? ok(readValues(opened.value, variables, dialect)) : opened;
    },

    async misread(file, variables, dialect) {
      const opened = await openThere(file, variables);
      return opened.ok ? ok(misreadCauses(opened.value, variables, dialect)) : opened;
    },

    remove(file, variables) {
      return takeTurn(file, async () => {
        const names = checkVariables(variables);
        if (!names.ok) return names;
        const opened = await open(file);
        if (!opened.ok) return opened;
        const values = valuesOf(opened.value.document);
        if (!variables.some((variable) => values.has(variable))) return done;
        const plan = planRemoval(file, opened.value.document, variables);
        return plan.ok ? carryOutIfNeeded(opened.value, plan.value) : plan;
      });
    },

    rename(file, from, to) {
      return takeTurn(file, async () => {
        const names = checkVariables([from, to]);
        if (!names.ok) return names;
        const opened = await open(file);
        if (!opened.ok) return opened;
        const plan = planRename(file, opened.value.document, from, to);
        return plan.ok ? carryOutIfNeeded(opened.value, plan.value) : plan;
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
        const carried = await carryOutIfNeeded(opened.value, plan.value, FOR_ALL_TO_READ);
        return carried.ok ? ok(example) : carried;
      });
    },
  };
}

const unwritableReason = (error: EnvFileFailure): string => ('reason' in error ? error.reason : error.code);

function planWhole(
  file: string,
  bytes: Uint8Array,
  planFor: (document: EnvDocument) => Result<Plan, EnvFileFailure>,
): Result<Plan, EnvFileFailure> {
  const document = documentOf(file, bytes);
  return document.ok ? planFor(document.value) : document;
}

/** What of a plan there is to tell once it is carried out. */
function writtenBy({ readDifferentlyBy, because }: Plan): Written {
  return { readDifferentlyBy, ...(because === undefined ? {} : { because }) };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
