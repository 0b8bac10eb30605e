import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { Find, SearchProgress } from '../../shared/ipc/search.contract.ts';
import { count } from './dates.ts';
import { type PageFailure, type Words, words } from './errors.ts';

const dayMs = 86_400_000;
const monthDays = 30.44;

const doing: Readonly<Record<SearchProgress['doing'], string>> = {
  finding: 'Looking for files',
  'reading-vault': 'Reading the vault’s values',
  'searching-files': 'Searching files',
  'searching-history': 'Searching the Git history',
};

/** What a search is at, such as "Searching files". */
export const searchDoing = (progress: SearchProgress | null): string =>
  progress === null ? 'Starting' : doing[progress.doing];

/** A failure in words where a folder was to be searched: those for `.env` files would speak of writing. */
export function searchFailureWords(failure: PageFailure): Words {
  switch (failure.code) {
    case 'folder-gone':
      return {
        title: 'There is no such folder',
        body: `Nothing is at ${failure.file}.`,
        next: 'Correct the path and search again.',
      };
    case 'path-not-absolute':
      return {
        title: 'The path is not complete',
        body: `${failure.file} does not say where the folder is. Nothing was searched.`,
        next: 'Type the whole path, from the root or the drive on.',
      };
    default:
      return words(failure);
  }
}

/** How far a search has come and what it has found: "12 of 340 files, 3 found". */
export function searchWords(progress: SearchProgress | null): string {
  if (progress === null) return '';
  const { done, total, unit, found } = progress;
  const amount = unit === 'bytes' ? bytesOf(done, total) : countOf(done, total, unit);
  return found === 0 ? amount : `${amount}, ${found.toLocaleString('en-GB')} found`;
}

const countOf = (done: number, total: number | null, unit: 'files' | 'keys'): string => {
  const one = unit === 'files' ? 'file' : 'key';
  return total === null ? count(done, one) : `${done.toLocaleString('en-GB')} of ${count(total, one)}`;
};

const bytesOf = (done: number, total: number | null): string =>
  total === null ? bytesWords(done) : `${bytesWords(done)} of ${bytesWords(total)}`;

const units = ['kB', 'MB', 'GB', 'TB'];

/** A number of bytes in its largest sensible unit, in steps of a thousand: "340 bytes", "1.2 GB". */
export function bytesWords(bytes: number): string {
  if (bytes < 1_000) return count(bytes, 'byte');
  let amount = bytes / 1_000;
  let unit = 0;
  // What would be shown as a thousand of a unit is one of the next.
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1_000;
    unit += 1;
  }
  const maximumFractionDigits = amount < 99.95 ? 1 : 0;
  return `${amount.toLocaleString('en-GB', { maximumFractionDigits })} ${units[unit]}`;
}

/** How old a key is at least, given the oldest trace of it; empty where that tells nothing. */
export function ageWords(since: number | null, now: number): string {
  if (since === null) return '';
  const days = Math.floor((now - since) / dayMs);
  if (days < 1) return '';
  if (days < 60) return `At least ${count(days, 'day')} old`;
  const months = Math.floor(days / monthDays);
  return months < 24
    ? `At least ${count(months, 'month')} old`
    : `At least ${count(Math.floor(months / 12), 'year')} old`;
}

/** The same for a column that is called "Age": "8 months". */
export const ageShort = (since: number | null, now: number): string =>
  /\d.*(?= old$)/.exec(ageWords(since, now))?.[0] ?? '–';

/** What told that a find is a key of a provider, in a sentence. */
export function becauseWords(
  find: Pick<Find, 'by' | 'candidates'>,
  provider: ProviderSummary | null,
): string {
  if (provider === null) {
    return find.by === 'name'
      ? 'Its variable is called like a key, and its form is not one that Keyturn knows.'
      : 'It looks like a key, but of no provider that Keyturn knows.';
  }
  const several = find.candidates.length > 1 ? ` It fits ${find.candidates.length} providers.` : '';
  switch (find.by) {
    case 'form':
      return `It has the form of a key of ${provider.name}.${several}`;
    case 'name':
      return `Its variable is called like a key of ${provider.name}; its form does not tell.${several}`;
    case 'both':
      return `Its form and its variable are those of a key of ${provider.name}.${several}`;
  }
}

/** A path as it is seen from the folder that was searched. */
export function pathWithin(folder: string, file: string): string {
  const top = folder.replace(/[/\\]+$/, '');
  const rest = file.slice(top.length);
  return file.startsWith(top) && /^[/\\]/.test(rest) ? rest.slice(1) : file;
}
