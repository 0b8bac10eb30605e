import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Assignment, EnvFiles } from '../../main/env-files/env-files.ts';
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

/** Env files that live in memory. */
export function createMemoryEnvFiles(initial: Record<string, string> = {}): MemoryEnvFiles {
  const files = new Map(Object.entries(initial));
  const failures: { method: keyof EnvFiles; error: EnvFileFailure; file: string | undefined }[] = [];

  function refusal(
    method: keyof EnvFiles,
    file: string,
    variables: readonly string[],
  ): EnvFileFailure | undefined {
    const index = failures.findIndex((next) => next.method === method && (next.file ?? file) === file);
    if (index >= 0) return failures.splice(index, 1)[0]?.error;
    if (!path.isAbsolute(file)) return failure('path-not-absolute', { file });
    if (fake.folders !== null && !fake.folders.has(path.dirname(file)))
      return failure('folder-gone', { file });
    const invalid = variables.find((variable) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable));
    if (invalid !== undefined) return failure('variable-invalid', { variable: invalid });
    const repeated = variables.find((variable, index) => variables.indexOf(variable) !== index);
    if (repeated !== undefined) return failure('variable-repeated', { variable: repeated });
    return undefined;
  }

  const isLineOf = (variable: string) => (line: string) => line.startsWith(`${variable}=`);
  const linesOf = (file: string) => (files.get(file) ?? '').split('\n').filter((line) => line !== '');
  const printed = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

  function set(file: string, { variable, value }: Assignment): void {
    const line = `${variable}='${value.reveal()}'`;
    const lines = linesOf(file);
    const changed = lines.map((old) => (isLineOf(variable)(old) ? line : old));
    files.set(file, printed(lines.some(isLineOf(variable)) ? changed : [...lines, line]));
  }

  const fake: MemoryEnvFiles = {
    files,
    folders: null,
    failNext(method, error, file) {
      failures.push({ method, error, file });
    },
    async inspect(file) {
      const error = refusal('inspect', file, []);
      if (error) return fail(error);
      return ok({ exists: files.has(file), variables: Object.keys(parseEnv(files.get(file) ?? '')) });
    },
    async preflight(file, variables) {
      const error = refusal('preflight', file, variables);
      return error ? fail(error) : done;
    },
    async write(file, assignments) {
      const error = refusal(
        'write',
        file,
        assignments.map((assignment) => assignment.variable),
      );
      if (error) return fail(error);
      for (const assignment of assignments) set(file, assignment);
      return ok({ readDifferentlyBy: [] });
    },
    async read(file, variables): Promise<Result<Record<string, Secret | null>, EnvFileFailure>> {
      const error = refusal('read', file, variables);
      if (error) return fail(error);
      const values = parseEnv(files.get(file) ?? '');
      return ok(
        Object.fromEntries(
          variables.map((variable) => {
            const value = values[variable];
            return [variable, value === undefined ? null : new Secret(value)];
          }),
        ),
      );
    },
    async remove(file, variables) {
      const error = refusal('remove', file, variables);
      if (error) return fail(error);
      const keeps = (line: string) => !variables.some((variable) => isLineOf(variable)(line));
      if (files.has(file)) files.set(file, printed(linesOf(file).filter(keeps)));
      return done;
    },
  };
  return fake;
}
