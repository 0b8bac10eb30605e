import { inspect } from 'node:util';

/**
 * A value that must not leak by mistake: JSON, logs, string building and structured cloning all yield
 * nothing of it. `reveal()` is the one way to it, and the one word to search for in review.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** The fields of a key or of a management credential, by name. */
export type SecretFields = Readonly<Record<string, Secret>>;
