import type { VariableHolder } from '../../shared/domain/env-file.ts';
import { Secret } from '../secrets/secret.ts';
import { type EnvDocument, valuesOf } from './document.ts';
import type { HolderOf, InspectedFile } from './env-files.ts';
import { type NameSources, proposeNames } from './propose-names.ts';

/** The variables of a file, those of them that other keys have, and what is proposed for `fields` beside them. */
export function namesFor(
  document: EnvDocument,
  fields: NameSources['fields'],
  exampleVariables: readonly string[],
  holderOf: HolderOf = () => null,
): Pick<InspectedFile, 'variables' | 'held' | 'proposals'> {
  const values = valuesOf(document);
  const holderNow = (name: string): VariableHolder | null => {
    const value = values.get(name);
    return holderOf(name, value === undefined ? null : new Secret(value));
  };
  const variables = [...values.keys()];
  const held = variables.flatMap((name) => {
    const holder = holderNow(name);
    return holder === null ? [] : [[name, holder] as const];
  });
  const isHeld = (name: string): boolean => holderNow(name) !== null;
  const proposals = proposeNames({ fields, fileVariables: variables, exampleVariables, isHeld });
  return { variables, held: Object.fromEntries(held), proposals };
}
