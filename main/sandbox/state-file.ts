import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';

const fileSchema = z.object({
  format: z.literal(1),
  port: z.int().min(1).max(65_535),
  systems: z.record(z.string(), z.unknown()),
});

/** What the sandbox remembers between two starts. */
export type SandboxFile = z.infer<typeof fileSchema>;

/** Reads the file; null: there is none yet. One that cannot be read is a failure and is left as it is. */
export async function readStateFile(
  file: string,
): Promise<Result<SandboxFile | null, Failure<'storage-failed'>>> {
  const failed = (reason: string) => fail(failure('storage-failed', { file, reason }));
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? ok(null) : failed(String(error));
  }
  try {
    return ok(fileSchema.parse(JSON.parse(text)));
  } catch {
    return failed('It does not hold the state of a sandbox.');
  }
}

/** Replaces the file as a whole: after a crash it holds the old state or the new one. */
export async function writeStateFile(
  file: string,
  state: SandboxFile,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(state));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return done;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // The first error is the one to tell.
    return fail(failure('storage-failed', { file, reason: String(error) }));
  }
}
