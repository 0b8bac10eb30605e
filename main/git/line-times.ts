import { gitPathOf } from './git-path.ts';
import type { RunGit } from './run-git.ts';

/**
 * When each line of a file was committed as it is now, in ms, by the line's text; of equal lines the oldest. Only what is
 * committed is looked at, since reading the work tree would run the filters that a repository's configuration names.
 * Empty where nothing can be told.
 */
export async function lineTimes(run: RunGit, file: string): Promise<ReadonlyMap<string, number>> {
  const place = await gitPathOf(file);
  const times = new Map<string, number>();
  if (!place.ok) return times;
  const { folder, rest } = place.value;
  const blamed = await run(folder, ['blame', '--no-textconv', '--line-porcelain', 'HEAD', '--', rest]);
  if (!blamed.ok) return times;
  let at = Number.NaN;
  for (const line of blamed.value.stdout.toString().split('\n')) {
    if (line.startsWith('author-time ')) at = Number(line.slice('author-time '.length)) * 1000;
    if (!line.startsWith('\t')) continue;
    const text = line.slice(1).replace(/\r$/, '');
    times.set(text, Math.min(at, times.get(text) ?? at));
  }
  return times;
}
