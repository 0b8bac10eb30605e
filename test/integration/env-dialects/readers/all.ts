import { dockerRun } from './docker-run.ts';
import { javascriptReaders } from './javascript.ts';
import { otherLanguages } from './other-languages.ts';
import { programs } from './programs.ts';
import type { RealReader } from './real-reader.ts';
import { shellReaders } from './shells.ts';

/** Readers with a place in the writing rule that neither npm nor Debian has. */
const nowhere = ['Docker Compose 2', 'dotenvy (Rust)'];

/** The readers that can be run here, and the names of those that can't. */
export function findReaders(): {
  readonly found: readonly RealReader[];
  readonly missing: readonly string[];
} {
  const sought = [...javascriptReaders, ...shellReaders, ...otherLanguages, ...programs, dockerRun];
  const looked = sought.map((reader) => ({ title: reader.title, found: reader.find() }));
  return {
    found: looked.flatMap(({ found }) => found ?? []),
    missing: [...looked.filter(({ found }) => found === undefined).map(({ title }) => title), ...nowhere],
  };
}
