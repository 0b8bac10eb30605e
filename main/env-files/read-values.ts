import type { Dialect } from '../../shared/domain/env-file.ts';
import { Secret } from '../secrets/secret.ts';
import { type EnvDocument, lastWrittenOf } from './document.ts';
import { decodeFor } from './encode.ts';

/**
 * The values of these variables as the named reader reads them, so that a value which was written for it is read as what
 * it was; null for one that is not in the file.
 */
export function readValues(
  document: EnvDocument,
  variables: readonly string[],
  dialect: Dialect,
): Record<string, Secret | null> {
  const written = lastWrittenOf(document);
  return Object.fromEntries(
    variables.map((variable) => {
      const value = written.get(variable);
      return [variable, value === undefined ? null : new Secret(decodeFor(dialect, value))];
    }),
  );
}
