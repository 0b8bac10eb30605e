import { z } from 'zod';

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

/** What a file would take, for the user to see before anything is written. */
export const fileInspectionSchema = z.object({
  exists: z.boolean(),
  variables: z.array(z.string()),
  git: gitStandingSchema,
  /** The reader that the project around the file seems to use; `any` where nothing tells. `because` names what told. */
  dialect: z.object({ suggested: dialectSchema, because: z.string() }),
  /** The project's file of names without values (`.env.example` and its like): the one that is there, or would be made. */
  example: z.object({ file: z.string(), exists: z.boolean(), variables: z.array(z.string()) }),
  /** For each field that was asked about, the variable to write it under: the file's or the example's own name first. */
  proposals: z.record(z.string(), z.string()),
});
export type FileInspection = z.infer<typeof fileInspectionSchema>;
