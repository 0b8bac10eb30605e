import { randomBytes } from 'node:crypto';

/** A key as an invented provider keeps it. */
export interface Kept {
  readonly number: number;
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
  secret: string;
  isAlive: boolean;
}

/** The keys of an invented provider, in the order in which they were made. */
export interface KeyShelf {
  readonly all: Kept[];
  make(name: string, facts?: Readonly<Record<string, unknown>>): Kept;
  /** The key that lives under this secret. */
  accepted(secret: string): Kept | undefined;
  numbered(number: number): Kept | undefined;
  remove(key: Kept): void;
}

/** An empty shelf; secrets begin with `prefix` and are random. */
export function keyShelf(prefix: string): KeyShelf {
  const all: Kept[] = [];
  let count = 0;
  return {
    all,
    make(name, facts = {}) {
      count += 1;
      const secret = newSecret(prefix);
      const key = { number: count, name, facts, secret, isAlive: true };
      all.push(key);
      return key;
    },
    accepted: (secret) => all.find((key) => key.isAlive && key.secret === secret),
    numbered: (number) => all.find((key) => key.number === number),
    remove(key) {
      all.splice(all.indexOf(key), 1);
    },
  };
}

/** A random secret that begins with `prefix`. */
export function newSecret(prefix: string): string {
  return prefix + randomBytes(18).toString('hex');
}
