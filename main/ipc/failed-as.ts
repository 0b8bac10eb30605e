import type { Failure } from '../../shared/domain/failure.ts';
import { fail } from '../../shared/result.ts';

/**
 * Answers a call with a failure of which only the code at run time tells which it is (work carries any). The door
 * lets through only what the call declares, and turns the rest into an internal error.
 */
export const failedAs = <E>(reason: Failure): { readonly ok: false; readonly error: E } => fail(reason as E);
