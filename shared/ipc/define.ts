import type { z } from 'zod';
import type { Failure, FailureCode } from '../domain/failure.ts';
import type { Result } from '../result.ts';

/** A call: what may be asked, what is answered, and which failures are expected. */
export interface Call<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  C extends FailureCode = FailureCode,
> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
  readonly errors: readonly C[];
}

/** A feed: what main tells the page without being asked. */
export interface Feed<S extends z.ZodType = z.ZodType> {
  readonly kind: 'feed';
  readonly state: S;
}

/** Declares a call. */
export function call<I extends z.ZodType, O extends z.ZodType, const C extends FailureCode = never>(
  input: I,
  output: O,
  errors: readonly C[] = [],
): Call<I, O, C> {
  return { kind: 'call', input, output, errors };
}

/** Declares a feed. */
export const feed = <S extends z.ZodType>(state: S): Feed<S> => ({ kind: 'feed', state });

/** A contract: every call and feed by its name. */
export type Contract = Readonly<Record<string, Call | Feed>>;

export type CallName<K extends Contract> = { [N in keyof K]: K[N] extends Call ? N : never }[keyof K] &
  string;
export type FeedName<K extends Contract> = { [N in keyof K]: K[N] extends Feed ? N : never }[keyof K] &
  string;

/** What the page sends, before it is parsed. */
export type InputOf<D> = D extends Call<infer I, z.ZodType, FailureCode> ? z.input<I> : never;
/** What a handler receives, after it was parsed. */
export type ParsedInputOf<D> = D extends Call<infer I, z.ZodType, FailureCode> ? z.output<I> : never;
/** What a handler answers and, parsed, the page receives. */
export type OutputOf<D> = D extends Call<z.ZodType, infer O, FailureCode> ? z.output<O> : never;
/** The failures that a call declares. */
export type FailureOf<D> = D extends Call<z.ZodType, z.ZodType, infer C> ? Failure<C> : never;
/** What a feed carries. */
export type StateOf<D> = D extends Feed<infer S> ? z.output<S> : never;

/** Failures that any call may end in, made by the door and never by a handler. */
export type DoorFailure =
  | { readonly code: 'internal'; readonly ref: string }
  | {
      readonly code: 'invalid-input';
      readonly issues: readonly { readonly path: string; readonly message: string }[];
    };

/** What the page gets for a call. */
export type AnswerOf<D> = Result<OutputOf<D>, FailureOf<D> | DoorFailure>;

/** One handler per call of a contract; a handler that answers anything else does not compile. */
export type Handlers<K extends Contract> = {
  readonly [N in CallName<K>]: (
    input: ParsedInputOf<K[N]>,
  ) => Promise<Result<OutputOf<K[N]>, FailureOf<K[N]>>> | Result<OutputOf<K[N]>, FailureOf<K[N]>>;
};
