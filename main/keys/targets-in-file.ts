import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import { placeMeant } from '../../shared/domain/place-of-key.ts';

/*
 * [Note: targets of one file]
 * A target has one variable for each field. Where several variables of a file hold the same field, each of them is a target
 * of its own; no variable of a file is in two targets of a key.
 */

type InFile = Pick<Target, 'file' | 'variables'>;
type Targets = Pick<KeyRecord, 'targets'>;

/** The target that writing these variables is about: of those in the file, the one with most of the names, else the first. */
export function targetInFile(key: Targets, wanted: InFile): Target | undefined {
  const inFile = key.targets.filter(({ file }) => file === wanted.file);
  return placeMeant(inFile, ({ variables }) => variables, Object.values(wanted.variables));
}

/** The key's targets but this one; variables of its file that it has now are no other's any more. */
export function targetsBeside(key: Targets, target: InFile & Pick<Target, 'id'>): Target[] {
  return key.targets
    .filter(({ id }) => id !== target.id)
    .flatMap((other) => {
      const variables = unfollowed({ targets: [target] }, other);
      if (Object.keys(variables).length === Object.keys(other.variables).length) return [other];
      return Object.keys(variables).length === 0 ? [] : [{ ...other, variables }];
    });
}

/** The variables among these that none of the key's targets has in this file, by their fields. */
export function unfollowed(
  key: { readonly targets: readonly InFile[] },
  { file, variables }: InFile,
): Target['variables'] {
  const known = key.targets.filter((one) => one.file === file).flatMap((one) => Object.values(one.variables));
  return Object.fromEntries(Object.entries(variables).filter(([, name]) => !known.includes(name)));
}

/** What a target is called in the activity: its file, with its variables where others of the file are followed too. */
export function nameOfTarget(key: Targets, { id, file, variables }: InFile & Pick<Target, 'id'>): string {
  const hasOthers = key.targets.some((one) => one.file === file && one.id !== id);
  return hasOthers ? `${file} (${Object.values(variables).join(', ')})` : file;
}
