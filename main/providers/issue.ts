/** One fault of a definition: where it stands, such as `fields[0].variable`, and what is wrong in words. */
export interface Issue {
  readonly at: string;
  readonly message: string;
}

/**
 * The place of a path through an object, with dots between names and brackets around the indices of lists and around
 * names that hold anything but letters, digits, `_`, `-` and `$`. The whole document has no place: an empty text.
 */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.map((step, index) => stepOf(step, index === 0)).join('');
}

function stepOf(step: PropertyKey, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  const name = String(step);
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `[${JSON.stringify(name)}]`;
  return isFirst ? name : `.${name}`;
}
