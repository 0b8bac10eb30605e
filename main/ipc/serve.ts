import { failureSchema } from '../../shared/domain/failure.ts';
import type { Call, Contract, DoorFailure, Handlers } from '../../shared/ipc/define.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../log.ts';
import { RefusedError } from './refused.ts';

/** What leaves through the door: parsed output, a declared failure, or one of the door's own. */
export type Answer = Result<unknown, { readonly code: string } | DoorFailure>;

/** The one way into main. */
export interface Door {
  /**
   * Answers a call of the contract. Rejects with a `RefusedError` when there is no such call; everything else
   * that may happen is an answer.
   */
  call(method: unknown, input: unknown): Promise<Answer>;
}

export interface DoorOptions<K extends Contract> {
  readonly contract: K;
  readonly handlers: Handlers<K>;
  readonly log: Log;
}

/**
 * Builds the door. Input is parsed before a handler sees it; outputs and failures are parsed before they leave, so
 * that fields which the contract does not name stay inside; a failure that the call does not declare, an output
 * that does not fit, and anything thrown leave as `internal` with the reference of an entry in the log.
 */
export function createDoor<K extends Contract>({ contract, handlers, log }: DoorOptions<K>): Door {
  return {
    async call(method, input) {
      const { definition, handler } = find(contract, handlers, method);
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) return fail({ code: 'invalid-input', issues: parsed.error.issues.map(issueOf) });
      try {
        return parseAnswer(definition, await handler(parsed.data));
      } catch (cause) {
        return fail({ code: 'internal', ref: log.failed(`call ${String(method)}`, cause) });
      }
    },
  };
}

type Handler = (input: unknown) => unknown;

function find<K extends Contract>(contract: K, handlers: Handlers<K>, method: unknown) {
  if (typeof method !== 'string' || !Object.hasOwn(contract, method) || !Object.hasOwn(handlers, method)) {
    throw new RefusedError('No such call');
  }
  const definition = contract[method];
  if (definition?.kind !== 'call') throw new RefusedError('No such call');
  // The two agree by the type of `handlers`; a name that is only known at run time cannot carry that proof.
  return { definition, handler: (handlers as unknown as Record<string, Handler>)[method] as Handler };
}

function parseAnswer(definition: Call, answer: unknown): Answer {
  const result = answer as Result<unknown, { readonly code: string }>;
  if (result.ok === true) return ok(definition.output.parse(result.value));
  const error = failureSchema.parse(result.error);
  if (!definition.errors.includes(error.code)) throw new Error(`The failure ${error.code} is not declared`);
  return fail(error);
}

function issueOf(issue: { readonly path: readonly PropertyKey[]; readonly message: string }) {
  return { path: issue.path.map(String).join('.'), message: issue.message };
}
