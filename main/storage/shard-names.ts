/** How many stores the key records are spread over. Part of the format: another number needs a migration. */
export const keyShards = 128;

const digits = (index: number): string => index.toString(16).padStart(2, '0');

/** The store that a key's record is in: by its id (FNV-1a), so that every store gets about as many. */
export function keyShardOf(id: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return `keys-${digits((hash >>> 0) % keyShards)}`;
}

/** The names of all stores that key records may be in. */
export const keyShardNames: readonly string[] = Array.from(
  { length: keyShards },
  (_, index) => `keys-${digits(index)}`,
);
