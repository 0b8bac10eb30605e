import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Target } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { runGit } from '../git/run-git.ts';
import { linesOf } from './history/read-objects.ts';
import { searchTheseObjects } from './history/search-objects.ts';
import { type ReadVault, reasonOf } from './open-to-read.ts';
import { stagedFiles, variablesOfHook } from './staged-files.ts';
import { createValueIndex } from './value-index.ts';
import { createVeil } from './value-veil.ts';
import { readWanted, type WantedField } from './wanted-values.ts';

/** A value of the vault in what is staged. */
export interface StagedLeak {
  /** From the top of the work tree. */
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly field: string;
  /** Whether it is a live key in a file that it is written to: its name would let it in there. */
  readonly isUnconfirmed: boolean;
}

export interface StagedCheck {
  readonly leaks: readonly StagedLeak[];
  /** What was not looked for, in words. */
  readonly unsearched: readonly string[];
}

/**
 * Looks for the vault's values in what is staged in the repository around `folder`. A file that a key is written to is let
 * through with it: with a test key, and with a live one where the user has said so by the key's name. `env` is the hook's
 * environment. A failure is the reason why nothing was checked, in words.
 */
export async function checkStaged(
  openVault: () => Promise<Result<ReadVault, string>>,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Result<StagedCheck, string>> {
  const gitEnv = variablesOfHook(env);
  const staged = await stagedFiles(folder, gitEnv);
  if (!staged.ok) return fail(staged.error.reason);
  if (staged.value.length === 0) return ok({ leaks: [], unsearched: [] });
  const top = await runGit(folder, ['rev-parse', '--show-toplevel'], { env: gitEnv });
  if (!top.ok) return fail(top.error.reason);
  const root = await realpath(top.value.stdout.toString('utf8').replace(/\n$/, ''));

  const vault = await openVault();
  if (!vault.ok) return vault;
  try {
    const wanted = await readWanted(vault.value);
    if (!wanted.ok) return fail(reasonOf(wanted.error));
    const { values, groups, fields } = wanted.value;
    const index = createValueIndex(values);
    const options = { signal: new AbortController().signal, progress: () => undefined, env: gitEnv };
    const ids = [...new Set(staged.value.map(({ object }) => object))];
    const hits = await searchTheseObjects(folder, ids, index, options);
    if (!hits.ok) return fail(hits.error.reason);
    const places = new Map([...hits.value].map(([id, hit]) => [id, hit.places.map(({ offset }) => offset)]));
    const lines = await linesOf(folder, places, { env: gitEnv });
    if (!lines.ok) return fail(lines.error.reason);

    const veil = createVeil(index);
    const leaks = new Map<string, StagedLeak>();
    for (const { path: file, object } of staged.value) {
      for (const { value, offset } of hits.value.get(object)?.places ?? []) {
        const wantedField = fields[groups[value] ?? -1];
        if (wantedField === undefined) continue;
        const place = await placeOf(wantedField, path.join(root, file));
        if (place === 'let-in') continue;
        const { key, field } = wantedField;
        const line = lines.value.get(object)?.get(offset) ?? 1;
        leaks.set(`${key.id} ${field} ${line} ${file}`, {
          file: veil(file),
          line,
          name: key.name,
          field,
          isUnconfirmed: place === 'unconfirmed',
        });
      }
    }
    const unsearched = wanted.value.unsearched.map(({ name, reason }) =>
      reason === 'too-short' ? `the key "${name}" is too short` : `the key "${name}" could not be read`,
    );
    if (vault.value.damaged) unsearched.push('some records of the vault could not be read');
    return ok({ leaks: [...leaks.values()], unsearched });
  } finally {
    await vault.value.close();
  }
}

/** What a file is to a key: one that it may be committed in, one that waits for the key's name, or any other. */
async function placeOf({ key }: WantedField, file: string): Promise<'let-in' | 'unconfirmed' | 'elsewhere'> {
  const isHere = async (target: Target) =>
    (await realpath(target.file).catch(() => target.file)) === file ? [target] : [];
  const here = (await Promise.all(key.targets.map(isHere))).flat();
  if (here.length === 0) return 'elsewhere';
  const isLetIn = key.environment === 'test' || here.some(({ mayBeTracked }) => mayBeTracked);
  return isLetIn ? 'let-in' : 'unconfirmed';
}
