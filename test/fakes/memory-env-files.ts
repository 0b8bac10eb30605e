import path from 'node:path';
import { type EnvDocument, parseEnv, valuesOf } from '../../main/env-files/document.ts';
import type { Assignment, EnvFiles, Written } from '../../main/env-files/env-files.ts';
import { exampleOf, planNames } from '../../main/env-files/example-file.ts';
import { kindOf } from '../../main/env-files/kind-of-file.ts';
import { misreadCauses } from '../../main/env-files/misread.ts';
import { namesFor } from '../../main/env-files/names-for.ts';
import {
  checkVariables,
  documentOf,
  type Plan,
  planRemoval,
  planRename,
  planWrite,
} from '../../main/env-files/plan-edit.ts';
import { dialectOf, tellingFiles } from '../../main/env-files/project-signs.ts';
import { readValues } from '../../main/env-files/read-values.ts';
import { pathOf } from '../../main/env-files/typed-path.ts';
import { Secret } from '../../main/secrets/secret.ts';
import type { Dialect } from '../../shared/domain/env-file.ts';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';

/** The `.env` files of a test: their text by path, open to look at and to change behind the port's back. */
export interface MemoryEnvFiles extends EnvFiles {
  readonly files: Map<string, string>;
  /** The folders that exist; null (the start) for all of them. */
  folders: Set<string> | null;
  /** Where paths lead that are links; what is written to one stays at its own path. */
  readonly links: Map<string, string>;
  /** The next call of `method` (for `file`, or for any) fails like this and changes nothing. */
  failNext(method: keyof EnvFiles, error: EnvFileFailure, file?: string): void;
}

/** Env files that live in memory: the same rules for names, values and lines as on the disk, and no disk. */
export function createMemoryEnvFiles(initial: Record<string, string> = {}): MemoryEnvFiles {
  const files = new Map(Object.entries(initial));
  const failures: { method: keyof EnvFiles; error: EnvFileFailure; file: string | undefined }[] = [];

  /** `asked` is the file that the method was called for, where that is another one. */
  function open(
    method: keyof EnvFiles,
    file: string,
    variables: readonly string[],
    asked = file,
  ): Result<EnvDocument, EnvFileFailure> {
    const index = failures.findIndex((next) => next.method === method && (next.file ?? asked) === asked);
    const failing = failures.splice(index, index < 0 ? 0 : 1)[0];
    if (failing !== undefined) return fail(failing.error);
    if (!path.isAbsolute(file)) return fail(failure('path-not-absolute', { file: asked }));
    const names = checkVariables(variables);
    if (!names.ok) return names;
    if (fake.folders !== null && !fake.folders.has(path.dirname(file)))
      return fail(failure('folder-gone', { file }));
    return documentOf(file, Buffer.from(files.get(file) ?? ''));
  }

  function planned(
    method: 'rehearse' | 'write',
    file: string,
    assignments: readonly Assignment[],
    dialect: Dialect,
  ): Result<Plan, EnvFileFailure> {
    const variables = assignments.map(({ variable }) => variable);
    const opened = open(method, file, variables);
    return opened.ok ? planWrite(file, opened.value, assignments, dialect) : opened;
  }

  function put(file: string, plan: Plan): void {
    files.set(file, Buffer.from(plan.bytes).toString());
  }

  function namesBeside(file: string): string[] {
    const beside = [...files.keys()].filter((one) => path.dirname(one) === path.dirname(file));
    return beside.map((one) => path.basename(one));
  }

  const fake: MemoryEnvFiles = {
    files,
    folders: null,
    links: new Map(),
    failNext(method, error, file) {
      failures.push({ method, error, file });
    },
    pathOf: (typed) => pathOf(typed, '/home/you'),
    async realPathOf(file) {
      const opened = open('realPathOf', file, []);
      return opened.ok ? ok(fake.links.get(file) ?? file) : opened;
    },
    async inspect(file, fields, holderOf) {
      const opened = open('inspect', file, []);
      if (!opened.ok) return opened;
      const names = namesBeside(file);
      const example = exampleOf(file, names);
      const inExample = parseEnv(Buffer.from(files.get(example) ?? ''));
      const exampleVariables = [...valuesOf(inExample).keys()];
      const telling = names.filter((name) => tellingFiles.includes(name));
      const textOf = (name: string) => files.get(path.join(path.dirname(file), name)) ?? '';
      return ok({
        file,
        real: fake.links.get(file) ?? file,
        exists: files.has(file),
        unwritable: '',
        kind: kindOf(file, opened.value),
        dialect: dialectOf({ names, texts: Object.fromEntries(telling.map((name) => [name, textOf(name)])) }),
        example: { file: example, exists: files.has(example), variables: exampleVariables },
        ...namesFor(opened.value, fields, exampleVariables, holderOf),
      });
    },
    async preflight(file, variables) {
      const opened = open('preflight', file, variables);
      if (!opened.ok) return opened;
      const samples = variables.map((variable) => ({ variable, value: new Secret('sample-1') }));
      const plan = planWrite(file, opened.value, samples, 'any');
      return plan.ok ? done : plan;
    },
    async rehearse(file, assignments, dialect) {
      const plan = planned('rehearse', file, assignments, dialect);
      return plan.ok ? ok(writtenBy(plan.value)) : plan;
    },
    async write(file, assignments, dialect) {
      const plan = planned('write', file, assignments, dialect);
      if (!plan.ok) return plan;
      if (assignments.length > 0) put(file, plan.value);
      return ok(writtenBy(plan.value));
    },
    async read(file, variables, dialect) {
      const opened = open('read', file, variables);
      if (!opened.ok) return opened;
      if (!files.has(file)) return fail(failure('file-gone', { file }));
      return ok(readValues(opened.value, variables, dialect));
    },
    async misread(file, variables, dialect) {
      const opened = open('misread', file, variables);
      if (!opened.ok) return opened;
      if (!files.has(file)) return fail(failure('file-gone', { file }));
      return ok(misreadCauses(opened.value, variables, dialect));
    },
    async remove(file, variables) {
      const opened = open('remove', file, variables);
      if (!opened.ok) return opened;
      const plan = planRemoval(file, opened.value, variables);
      if (!plan.ok) return plan;
      if (files.has(file)) put(file, plan.value);
      return done;
    },
    async rename(file, from, to) {
      const opened = open('rename', file, [from, to]);
      if (!opened.ok) return opened;
      const plan = planRename(file, opened.value, from, to);
      if (!plan.ok) return plan;
      if (files.has(file)) put(file, plan.value);
      return done;
    },
    async nameInExample(file, variables) {
      const example = exampleOf(file, namesBeside(file));
      const opened = open('nameInExample', example, variables, file);
      if (!opened.ok) return opened;
      const plan = planNames(example, opened.value, variables);
      if (!plan.ok) return plan;
      if (plan.value.bytes.length > 0) put(example, plan.value);
      return ok(example);
    },
  };
  return fake;
}

const writtenBy = ({ readDifferentlyBy, because }: Plan): Written => ({
  readDifferentlyBy,
  ...(because === undefined ? {} : { because }),
});
