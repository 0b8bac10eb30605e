import { z } from 'zod';
import { keyIdSchema } from './ids.ts';

/**
 * Who reads an `.env` file, where the user has named the one that counts; `any`: as many as possible. What each reads
 * was measured; `main/env-files/readers.ts` has the names and what they read differently.
 */
export const dialectSchema = z.enum([
  'any',
  'node',
  'dotenv',
  'dotenv-expand',
  'dotenvx',
  'vite',
  'next',
  'bun',
  'deno',
  'python',
  'ruby',
  'foreman',
  'go',
  'php',
  'symfony',
  'rust',
  'shell',
  'direnv',
  'compose',
  'docker-run',
  'systemd',
  'make',
]);
export type Dialect = z.infer<typeof dialectSchema>;

/**
 * What in a file keeps a reader from a value as it is written there. `crlf`: its line ends; `separator`: a colon or a line
 * feed where the sign is; `comment`: what stands behind the value; `spaces`: those before the name or round the sign;
 * `other-line`: another line of the file, or one that is joined to this.
 */
export const misreadCauseSchema = z.enum([
  'crlf',
  'byte-order-mark',
  'export',
  'separator',
  'spaces',
  'comment',
  'other-line',
]);
export type MisreadCause = z.infer<typeof misreadCauseSchema>;

/**
 * How a file stands with Git. `ignored`: it can't be committed by accident; `not-ignored`: the next `git add .` takes
 * it; `tracked`: it is committed or staged; `unknown`: there is a repository, and Git could not be asked.
 */
export const gitStandingSchema = z.object({
  state: z.enum(['no-repository', 'ignored', 'not-ignored', 'tracked', 'unknown']),
  /** The top folder of the repository. */
  root: z.string().nullable(),
  /** The line in the repository's `.gitignore` that would make Git ignore the file; null where none is needed. */
  ignoreLine: z.string().nullable(),
  /** Why Git could not be asked; empty otherwise. */
  detail: z.string(),
});
export type GitStanding = z.infer<typeof gitStandingSchema>;

/** Another key of the vault that a variable of a file is for. */
export const variableHolderSchema = z.object({
  keyId: keyIdSchema,
  name: z.string(),
  /** Whether the variable holds the key's value now; otherwise the key is written to it, and it holds something else. */
  holds: z.boolean(),
});
export type VariableHolder = z.infer<typeof variableHolderSchema>;

/** What a file would take, for the user to see before anything is written. */
export const fileInspectionSchema = z.object({
  /** The path that was meant, whole: without quotes, `~` and detours. */
  file: z.string(),
  /** Where that leads, with every link followed: two paths of one file have the same. */
  real: z.string(),
  exists: z.boolean(),
  /** Why the file does not take changes; empty where it does. */
  unwritable: z.string(),
  /** `example`: one that others get; `other`: hardly a line of it gives a variable its value. */
  kind: z.enum(['variables', 'example', 'other']),
  variables: z.array(z.string()),
  git: gitStandingSchema,
  /** The reader that the project around the file seems to use; `any` where nothing tells. `because` names what told. */
  dialect: z.object({ suggested: dialectSchema, because: z.string() }),
  /** The project's file of names without values (`.env.example` and its like): the one that is there, or would be made. */
  example: z.object({ file: z.string(), exists: z.boolean(), variables: z.array(z.string()) }),
  /**
   * For each field that was asked about, the variable to write it under: the file's or the example's own name first, and
   * none that another key has.
   */
  proposals: z.record(z.string(), z.string()),
  /** The variables of the file that other keys of the vault have. */
  held: z.record(z.string(), variableHolderSchema),
  /** Where the key is in the file already: of each of its places there, the variables that hold its fields now. */
  own: z.array(z.record(z.string(), z.string())),
});
export type FileInspection = z.infer<typeof fileInspectionSchema>;
