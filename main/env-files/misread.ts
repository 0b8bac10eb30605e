import type { Dialect, MisreadCause } from '../../shared/domain/env-file.ts';
import { nodeValues } from './check-edit.ts';
import { readersOf } from './dialect-ways.ts';
import { type EnvDocument, lastWrittenOf } from './document.ts';
import { type Hindrance, hindrancesOf } from './line-form.ts';

/** What keeps the named reader from a value, by what was found in the file; null where nothing does or none is named. */
export function causeFor(hindrances: readonly Hindrance[], dialect: Dialect): MisreadCause | null {
  if (dialect === 'any') return null;
  const own = readersOf[dialect];
  return hindrances.find(({ readers }) => readers.some((reader) => own.includes(reader)))?.cause ?? null;
}

/** The same for each of these variables as the file has them now; null for one that is not there. */
export function misreadCauses(
  document: EnvDocument,
  variables: readonly string[],
  dialect: Dialect,
): Record<string, MisreadCause | null> {
  if (dialect === 'any') return Object.fromEntries(variables.map((variable) => [variable, null]));
  const written = lastWrittenOf(document);
  const seen = nodeValues(document);
  const causeOf = (variable: string): MisreadCause | null => {
    if (!written.has(variable)) return null;
    const unseen = seen.has(variable) ? [] : [variable];
    return causeFor(hindrancesOf(document, new Set([variable]), unseen), dialect);
  };
  return Object.fromEntries(variables.map((variable) => [variable, causeOf(variable)]));
}
