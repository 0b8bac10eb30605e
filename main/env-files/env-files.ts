import type { Dialect, FileInspection, MisreadCause, VariableHolder } from '../../shared/domain/env-file.ts';
import type { EnvFileFailure } from '../../shared/domain/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Secret } from '../secrets/secret.ts';

/** One variable and the value that it is to have. */
export interface Assignment {
  readonly variable: string;
  readonly value: Secret;
}

/**
 * What a write came to: which readers will see another value than the one written (usually none). `because`: what in the
 * file keeps the named reader from it, where the write was for one.
 */
export interface Written {
  readonly readDifferentlyBy: readonly string[];
  readonly because?: MisreadCause;
}

/** Tells which other key of the vault a variable is for, by its name or by the value that it has; null: none. */
export type HolderOf = (variable: string, value: Secret | null) => VariableHolder | null;

/** What a file and the project around it tell by themselves. */
export type InspectedFile = Omit<FileInspection, 'git' | 'own'>;

/**
 * The `.env` files of the user's projects. Every byte that is not the value of an assigned variable stays; a
 * crash at any moment leaves the old file or the new one; an edit by someone else in between is noticed
 * (`file-changed`) and left alone; an unreadable file is never taken for an empty one.
 */
export interface EnvFiles {
  /** The path that is meant by what was typed: without quotes, `~` and detours. Looks at no file. */
  pathOf(typed: string): string;
  /** Where a path leads with every link followed, also where no file is there yet. */
  realPathOf(file: string): Promise<Result<string, EnvFileFailure>>;
  /**
   * Whether the file is there and can be written, the variables in it, and what the project around it tells. `fields`: for
   * each field to be written, the name that its definition proposes. A file that is not there, in a folder that is, is a
   * success.
   */
  inspect(
    file: string,
    fields: Readonly<Record<string, string>>,
    holderOf?: HolderOf,
  ): Promise<Result<InspectedFile, EnvFileFailure>>;
  /** Whether `write` with these variables could succeed now. Changes nothing. */
  preflight(file: string, variables: readonly string[]): Promise<Result<void, EnvFileFailure>>;
  /** What `write` would come to now, by these very values. Changes nothing. */
  rehearse(
    file: string,
    assignments: readonly Assignment[],
    dialect: Dialect,
  ): Promise<Result<Written, EnvFileFailure>>;
  /**
   * Sets every occurrence of each variable, adds those that are missing, and reads the file back before success. Where
   * `dialect` names a reader, a value is written so that this one reads it back, or refused.
   */
  write(
    file: string,
    assignments: readonly Assignment[],
    dialect: Dialect,
  ): Promise<Result<Written, EnvFileFailure>>;
  /**
   * The values of these variables; null for one that is not in the file. What was written for the reader that `dialect`
   * names is read as that one reads it.
   */
  read(
    file: string,
    variables: readonly string[],
    dialect: Dialect,
  ): Promise<Result<Record<string, Secret | null>, EnvFileFailure>>;
  /**
   * What in the file keeps the reader that `dialect` names from these variables, whatever their values; null for one that it
   * is not kept from, and for all where no reader is named.
   */
  misread(
    file: string,
    variables: readonly string[],
    dialect: Dialect,
  ): Promise<Result<Record<string, MisreadCause | null>, EnvFileFailure>>;
  /** Removes the lines of these variables. */
  remove(file: string, variables: readonly string[]): Promise<Result<void, EnvFileFailure>>;
  /** Gives a variable another name on every line where it is; a name that is taken is refused. */
  rename(file: string, from: string, to: string): Promise<Result<void, EnvFileFailure>>;
  /**
   * Adds the names that are missing, without values, to the project's example file beside `file`; it is made where there
   * is none. What stands there is never changed. Answers the example file.
   */
  nameInExample(file: string, variables: readonly string[]): Promise<Result<string, EnvFileFailure>>;
}
