import type { EnvFileFailure } from '../../shared/domain/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Secret } from '../secrets/secret.ts';

/** One variable and the value that it is to have. */
export interface Assignment {
  readonly variable: string;
  readonly value: Secret;
}

/** What a write came to: which readers will see another value than the one written (usually none). */
export interface Written {
  readonly readDifferentlyBy: readonly string[];
}

/**
 * The `.env` files of the user's projects. Every byte that is not the value of an assigned variable stays; a
 * crash at any moment leaves the old file or the new one; an edit by someone else in between is noticed
 * (`file-changed`) and left alone; an unreadable file is never taken for an empty one.
 */
export interface EnvFiles {
  /** Whether the file is there, and the variables in it. A file that is not there, in a folder that is, is a success. */
  inspect(file: string): Promise<Result<{ exists: boolean; variables: string[] }, EnvFileFailure>>;
  /** Whether `write` with these variables could succeed now. Changes nothing. */
  preflight(file: string, variables: readonly string[]): Promise<Result<void, EnvFileFailure>>;
  /** Sets every occurrence of each variable, adds those that are missing, and reads the file back before success. */
  write(file: string, assignments: readonly Assignment[]): Promise<Result<Written, EnvFileFailure>>;
  /** The values of these variables; null for one that is not in the file. */
  read(
    file: string,
    variables: readonly string[],
  ): Promise<Result<Record<string, Secret | null>, EnvFileFailure>>;
  /** Removes the lines of these variables. */
  remove(file: string, variables: readonly string[]): Promise<Result<void, EnvFileFailure>>;
}
