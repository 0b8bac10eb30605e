/** The outcome of something that may fail in an expected way. Plain data, so that it crosses every boundary. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** A success that carries `value`. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** A success with nothing to carry. */
export const done = { ok: true, value: undefined } as const;

/** An expected failure. */
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/**
 * Closes a `switch` over a union: a case that was forgotten does not compile.
 * Throws where untyped data got past the compiler.
 */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
}
