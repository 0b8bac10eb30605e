import { z } from 'zod';
import { secretStoreFailures, takeInFailures } from '../domain/failure.ts';
import { connectionIdSchema, keyIdSchema, workIdSchema } from '../domain/ids.ts';
import {
  environmentSchema,
  keyStatusSchema,
  rotationPolicySchema,
  variableNameSchema,
} from '../domain/key.ts';
import { call, feed } from './define.ts';

const nothing = z.object({});

/** One file that holds a value that was found, and under which variable it stands there. */
const findPlaceSchema = z.object({
  file: z.string(),
  variable: variableNameSchema,
  /** Counted from 1. */
  line: z.number(),
  tracked: z.boolean(),
});

/**
 * A value in `.env` files that looks like a key, told without the value. The same value in several files is one find.
 */
export const findSchema = z.object({
  id: z.string(),
  lastFour: z.string(),
  places: z.array(findPlaceSchema),
  /** What told that it is a key: how the value looks, what the variable is called, or both. */
  by: z.enum(['form', 'name', 'both']),
  /** Whose it may be, the most likely first. `others`: variables beside it in the same file for the key's other fields. */
  candidates: z.array(
    z.object({
      providerId: z.string(),
      field: z.string(),
      environment: environmentSchema.nullable(),
      others: z.record(z.string(), variableNameSchema),
      /** Fields of the key that no variable beside it seems to hold. */
      missing: z.array(z.string()),
    }),
  ),
  /** The vault's key that has this value; `followed`: which of the files it knows as targets. */
  known: z.object({ id: keyIdSchema, name: z.string(), followed: z.array(z.string()) }).nullable(),
  /** The vault's key that had this value and is revoked, and the one that has taken its place, where there is one. */
  revoked: z
    .object({
      name: z.string(),
      successor: z.object({ id: keyIdSchema, name: z.string(), field: z.string() }).nullable(),
    })
    .nullable(),
  /** The key is at least as old as this: when the line was committed or, without Git, when its file was last changed. */
  since: z.number().nullable(),
});
export type Find = z.infer<typeof findSchema>;

/** A value that is called like a secret and looks like one, of no provider that is known; told without the value. */
const strangerSchema = z.object({ places: z.array(findPlaceSchema.omit({ tracked: true })).min(1) });
export type Stranger = z.infer<typeof strangerSchema>;

/** A place where a value of the vault stands and should not, told without the value. */
export const leakSchema = z.object({
  keyId: keyIdSchema,
  name: z.string(),
  field: z.string(),
  environment: environmentSchema,
  status: keyStatusSchema,
  /** Relative to the folder; empty for a commit's message. */
  file: z.string(),
  /** Counted from 1. */
  line: z.number(),
  /** Where it was first committed, if it was: author and subject as Git has them. */
  commit: z.object({ id: z.string(), author: z.string(), at: z.number(), subject: z.string() }).nullable(),
  /** Whether it stands in the folder now; otherwise only in Git's history. */
  stillThere: z.boolean(),
});
export type Leak = z.infer<typeof leakSchema>;

/** How far a search has come. `total` is null while it is not known. */
export const searchProgressSchema = z.object({
  doing: z.enum(['finding', 'reading-vault', 'searching-files', 'searching-history']),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.enum(['files', 'bytes', 'keys']),
  found: z.number(),
});
export type SearchProgress = z.infer<typeof searchProgressSchema>;

/** What could not be looked into. */
const skipped = z.array(z.object({ file: z.string(), reason: z.string() }));

const folderFailures = [
  'vault-closed',
  'path-not-absolute',
  'folder-gone',
  'folder-is-file',
  'folder-unreadable',
  'search-running',
  'search-cancelled',
] as const;

/** How the pre-commit hook of a repository stands. `foreign`: there is one that is not ours; `line` would have to be added to it. */
export const hookStandingSchema = z.object({
  state: z.enum(['absent', 'installed', 'foreign', 'no-repository']),
  file: z.string(),
  line: z.string(),
});
export type HookStanding = z.infer<typeof hookStandingSchema>;

const hookFailures = [
  'vault-closed',
  'path-not-absolute',
  'folder-gone',
  'git-unavailable',
  'not-a-repository',
  'hook-foreign',
  'file-unwritable',
] as const;

/** Searches through the user's folders: for keys that the vault could take in, and for keys of the vault that leaked. */
export const searchContract = {
  /** Looks for keys in a folder's `.env` files. What is found stays in main until `finds.forget`, the next search or a lock. */
  'finds.search': call(
    z.object({ folder: z.string() }),
    z.object({
      finds: z.array(findSchema),
      strangers: z.array(strangerSchema),
      files: z.number(),
      skipped,
      /** How many files were passed by when the search was stopped, with what it had found; null where it came to its end. */
      stoppedAfter: z.number().nullable(),
    }),
    folderFailures,
  ),
  /**
   * Takes a find into the vault, like `keys.takeIn`, with the files in `follow` as its targets; they hold it already and
   * are not written to. A find that the vault knows gets the targets only.
   */
  'finds.adopt': call(
    z.object({
      findId: z.string(),
      connectionId: connectionIdSchema,
      /** Which of the find's candidates it is. */
      providerId: z.string(),
      name: z.string().trim().min(1).max(80),
      follow: z.array(z.string()),
      anyForm: z.boolean().default(false),
      policy: rotationPolicySchema,
    }),
    z.object({ keyId: keyIdSchema, workId: workIdSchema.nullable() }),
    ['vault-closed', 'find-unknown', ...takeInFailures],
  ),
  'finds.forget': call(nothing, nothing),
  /**
   * Looks for the vault's values in a folder and, with `history`, in all that the Git repository there ever held. Files
   * that are targets of the key are not leaks of it. Nothing found is stored or sent.
   */
  'leaks.search': call(
    z.object({ folder: z.string(), history: z.boolean() }),
    z.object({
      leaks: z.array(leakSchema),
      /** Whether there are more leaks than are told. */
      more: z.boolean(),
      files: z.number(),
      bytes: z.number(),
      /** Whether the search was stopped before its end, with what it had found. */
      stopped: z.boolean(),
      /** null where no history was looked at. */
      commits: z.number().nullable(),
      skipped,
      /** Keys whose value was not searched for: too short to tell, or not readable. */
      unsearched: z.array(
        z.object({ keyId: keyIdSchema, name: z.string(), reason: z.enum(['too-short', 'unreadable']) }),
      ),
    }),
    [...folderFailures, 'git-unavailable', ...secretStoreFailures],
  ),
  'leaks.hook': call(z.object({ folder: z.string() }), hookStandingSchema, hookFailures),
  /** Installs a pre-commit hook that looks for the vault's values in what is staged. */
  'leaks.installHook': call(z.object({ folder: z.string() }), hookStandingSchema, hookFailures),
  'leaks.removeHook': call(z.object({ folder: z.string() }), hookStandingSchema, hookFailures),
  /** Stops the search that is running. */
  'search.cancel': call(nothing, nothing),
  'search.progress': feed(searchProgressSchema.nullable()),
} as const;
