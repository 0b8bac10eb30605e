/** What names can be proposed from. */
export interface NameSources {
  /** For each field of a key, the name that its provider's definition gives its variable. */
  readonly fields: Readonly<Record<string, string>>;
  readonly fileVariables: readonly string[];
  readonly exampleVariables: readonly string[];
  /** Whether a field is secret; every field is, unless this says otherwise. */
  readonly isSecret?: (field: string) => boolean;
}

/** For each field, the variable to write it under. No variable is proposed twice. */
export function proposeNames({ fields }: NameSources): Record<string, string> {
  return { ...fields };
}
