import { z } from 'zod';
import { type Environment, environmentSchema } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { bearerToken } from './http.ts';
import type { SandboxOperation, SandboxReply, SandboxRequest, SandboxTools } from './system.ts';
import { hashOf } from './tokens.ts';

/** A key as a system remembers it: all but its secret, of which there is only a hash. */
export const heldKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  environment: environmentSchema,
  hash: z.string(),
  last4: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
});
export type HeldKey = z.infer<typeof heldKeySchema>;

/** Why a system refuses; each says it in the shape of its own. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}
export type Refuse = (refusal: Refusal) => SandboxReply;

/** A call to `/<system>/<environment>/…`. */
export interface DeskCall {
  readonly request: SandboxRequest;
  readonly environment: Environment;
  /** The id that the path names; empty where it names none. */
  readonly id: string;
  readonly tools: SandboxTools;
}

interface DeskOperation<State> {
  readonly method: string;
  /** What comes after the environment, such as `v0/keys/:id`. */
  readonly path: string;
  readonly changes: boolean;
  readonly act: (state: State, call: DeskCall) => SandboxReply;
}

/** Builds a system's operations, whose paths are `/<system>/test/…` and `/<system>/live/…`. */
export function keyDesk<State>(system: string, refuse: Refuse) {
  function open(name: string, { method, path, changes, act }: DeskOperation<State>): SandboxOperation<State> {
    const pattern = path.replace(/[.]/g, '\\.').replace(':id', '([^/]+)');
    return {
      name,
      method,
      path: new RegExp(`^/${system}/(test|live)/${pattern}/?$`),
      changes,
      act: (state, request, [environment = 'test', id = ''], tools) =>
        act(state, { request, environment: environmentSchema.parse(environment), id, tools }),
    };
  }
  return {
    /** An operation that anyone may call; it looks at the key itself. */
    open,
    /** An operation for the holder of the environment's management token. */
    managed: (name: string, operation: DeskOperation<State>): SandboxOperation<State> =>
      open(name, {
        ...operation,
        act(state, call) {
          const refusal = managementRefusal(call);
          return refusal === null ? operation.act(state, call) : refuse(refusal);
        },
      }),
    notFound: () => refuse({ status: 404, code: 'not_found', message: 'No such address.' }),
  };
}

const keysOf = (environment: Environment) => `${environment} keys`;

function managementRefusal({ request, environment, tools }: DeskCall): Refusal | null {
  const token = bearerToken(request.headers);
  if (token === null) {
    const message = 'Send the management token of the sandbox as "Authorization: Bearer".';
    return { status: 401, code: 'unauthorized', message };
  }
  const managed = tools.environmentOf(token);
  if (managed === null)
    return { status: 401, code: 'unauthorized', message: 'The management token is not valid.' };
  if (managed === environment) return null;
  const message = `The management token is for ${keysOf(managed)}, and this address is for ${keysOf(environment)}.`;
  return { status: 403, code: 'wrong_environment', message };
}

/** Whether a value is the one that a hash was made of. */
export function isHeld(hash: string, value: string): boolean {
  return value !== '' && hashOf(value) === hash;
}

/** The key, if it opens this environment. `unknown` says what is wrong where there is no such key. */
export function admitted<Key extends HeldKey>(
  key: Key | undefined,
  environment: Environment,
  unknown: string,
): Result<Key, Refusal> {
  const refusal = (code: string, message: string) => fail({ status: 401, code, message });
  if (key === undefined) return refusal('unauthorized', unknown);
  if (key.environment !== environment) {
    const message = `This is a ${key.environment} key, and this address is for ${keysOf(environment)}.`;
    return refusal('wrong_environment', message);
  }
  return key.revokedAt === null ? ok(key) : refusal('revoked', 'The API key was revoked.');
}

/** The keys of one environment; those that were revoked are among them. */
export function keysIn<Key extends HeldKey>(keys: readonly Key[], environment: Environment): Key[] {
  return keys.filter((key) => key.environment === environment);
}

/** One header's value; empty when it is not there. */
export function headerOf(request: SandboxRequest, name: string): string {
  return String(request.headers[name] ?? '');
}

/** An instant as it is written in answers. */
export function written(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** What a key may be called. */
export const keyNameSchema = z.string().trim().min(1).max(100);
