/**
 * What the app needs of a store: `new ElectronStore(…)` and `new Conf(…)` both are one when they are made with
 * `storeOptions`. Reading `store` reads the file, setting it replaces the file.
 */
export interface StoreLike {
  readonly path: string;
  store: Record<string, unknown>;
}

/** Opens the store that is called `name`; throws when its file cannot be read at all (no permission, disk error). */
export type OpenStore = (name: string) => StoreLike;

/**
 * The options that every store is made with. A file that is not a JSON object reads as `{}` and stays on disk as it
 * is: nothing that the app stores is ever `{}`, so its owner tells a damaged file by what is missing in it.
 */
export const storeOptions = {
  configFileMode: 0o600,
  watch: false,
  clearInvalidConfig: false,
  accessPropertiesByDotNotation: false,
  serialize: (store: Record<string, unknown>): string => JSON.stringify(store),
  deserialize: (text: string): Record<string, unknown> => parseObject(text),
};

/** The object that the text is in JSON; `{}` for any other text. */
export function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
