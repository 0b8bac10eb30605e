/** One fault of a definition: where it stands, as a JSON pointer, and what is wrong in words. */
export interface Issue {
  readonly at: string;
  readonly message: string;
}

/** The JSON pointer of a path through an object. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
