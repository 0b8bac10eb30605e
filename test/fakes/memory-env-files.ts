import path from 'node:path';
import { type EnvDocument, valuesOf } from '../../main/env-files/document.ts';
import type { EnvFiles } from '../../main/env-files/env-files.ts';
import { checkVariables, documentOf, planRemoval, planWrite } from '../../main/env-files/plan-edit.ts';
import { Secret } from '../../main/secrets/secret.ts';
import { type EnvFileFailure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';

/** The `.env` files of a test: their text by path, open to look at and to change behind the port's back. */
export interface MemoryEnvFiles extends EnvFiles {
  readonly files: Map<string, string>;
  /** The folders that exist; null (the start) for all of them. */
  folders: Set<string> | null;
  /** The next call of `method` (for `file`, or for any) fails like this and changes nothing. */
  failNext(method: keyof EnvFiles, error: EnvFileFailure, file?: string): void;
}

/** Env files that live in memory: the same rules for names, values and lines as on the disk, and no disk. */
export function createMemoryEnvFiles(initial: Record<string, string> = {}): MemoryEnvFiles {
  const files = new Map(Object.entries(initial));
  const failures: { method: keyof EnvFiles; error: EnvFileFailure; file: string | undefined }[] = [];

  function open(
    method: keyof EnvFiles,
    file: string,
    variables: readonly string[],
  ): Result<EnvDocument, EnvFileFailure> {
    const index = failures.findIndex((next) => next.method === method && (next.file ?? file) === file);
    const failing = failures.splice(index, index < 0 ? 0 : 1)[0];
    if (failing !== undefined) return fail(failing.error);
    const names = checkVariables(variables);
    if (!names.ok) return names;
    if (!path.isAbsolute(file)) return fail(failure('path-not-absolute', { file }));
    if (fake.folders !== null && !fake.folders.has(path.dirname(file)))
      return fail(failure('folder-gone', { file }));
    return documentOf(file, Buffer.from(files.get(file) ?? ''));
  }

  const fake: MemoryEnvFiles = {
    files,
    folders: null,
    failNext(method, error, file) {
      failures.push({ method, error, file });
    },
    async inspect(file) {
      const opened = open('inspect', file, []);
      if (!opened.ok) return opened;
      return ok({ exists: files.has(file), variables: [...valuesOf(opened.value).keys()] });
    },
    async preflight(file, variables) {
      const opened = open('preflight', file, variables);
      if (!opened.ok) return opened;
      const samples = variables.map((variable) => ({ variable, value: new Secret('sample-1') }));
      const plan = planWrite(file, opened.value, samples);
      return plan.ok ? done : plan;
    },
    async write(file, assignments) {
      const variables = assignments.map(({ variable }) => variable);
      const opened = open('write', file, variables);
      if (!opened.ok) return opened;
      const plan = planWrite(file, opened.value, assignments);
      if (!plan.ok) return plan;
      if (assignments.length > 0) files.set(file, Buffer.from(plan.value.bytes).toString());
      return ok({ readDifferentlyBy: plan.value.readDifferentlyBy });
    },
    async read(file, variables) {
      const opened = open('read', file, variables);
      if (!opened.ok) return opened;
      if (!files.has(file)) return fail(failure('file-gone', { file }));
      const values = valuesOf(opened.value);
      const secretOf = (variable: string) => {
        const value = values.get(variable);
        return value === undefined ? null : new Secret(value);
      };
      return ok(Object.fromEntries(variables.map((variable) => [variable, secretOf(variable)])));
    },
    async remove(file, variables) {
      const opened = open('remove', file, variables);
      if (!opened.ok) return opened;
      const plan = planRemoval(file, opened.value, variables);
      if (!plan.ok) return plan;
      if (files.has(file)) files.set(file, Buffer.from(plan.value.bytes).toString());
      return done;
    },
  };
  return fake;
}
