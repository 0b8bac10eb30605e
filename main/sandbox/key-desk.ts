import type { z } from 'zod';
import { type Environment, environmentSchema } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { activeIn, type HeldKey } from './held-keys.ts';
import { bearerToken } from './http.ts';
import type { SandboxOperation, SandboxReply, SandboxRequest, SandboxTools } from './system.ts';

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

interface Creation<State, Asked> {
  readonly path: string;
  /** What has to be sent, and what is said to anything else. */
  readonly asked: z.ZodType<Asked>;
  readonly otherwise: Refusal;
  readonly make: (state: State, asked: Asked, call: DeskCall) => SandboxReply;
}

interface Checking<State, Key> {
  readonly method: string;
  readonly path: string;
  /** The key that a request was made with, and what is said where there is none. */
  readonly find: (state: State, call: DeskCall) => Key | undefined;
  readonly unknown: string;
  /** Answers whoever holds the key. An answer that is no refusal counts as a use of it. */
  readonly answer: (key: Key, call: DeskCall) => SandboxReply;
}

/** Builds a system's operations, whose paths are `/<system>/test/…` and `/<system>/live/…`. */
export function keyDesk<Key extends HeldKey, State extends { readonly keys: Key[] }>(
  system: string,
  refuse: Refuse,
) {
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

  /** An operation for the holder of the environment's management token. */
  function managed(name: string, operation: DeskOperation<State>): SandboxOperation<State> {
    return open(name, {
      ...operation,
      act(state, call) {
        const refusal = managementRefusal(call);
        return refusal === null ? operation.act(state, call) : refuse(refusal);
      },
    });
  }

  return {
    managed,
    /** Makes keys of what was asked for. */
    create: <Asked>({ path, asked, otherwise, make }: Creation<State, Asked>) =>
      managed('create', {
        method: 'POST',
        path,
        changes: true,
        act(state, call) {
          const parsed = asked.safeParse(call.request.body);
          return parsed.success ? make(state, parsed.data, call) : refuse(otherwise);
        },
      }),
    /** Lists the keys that were not revoked. */
    list: (path: string, answer: (keys: readonly Key[]) => SandboxReply) =>
      managed('list', {
        method: 'GET',
        path,
        changes: false,
        act: (state, { environment }) => answer(activeIn(state.keys, environment)),
      }),
    /** Revokes a key, which is then neither accepted nor listed. */
    revoke: (path: string, answer: (id: string) => SandboxReply) =>
      managed('revoke', {
        method: 'DELETE',
        path,
        changes: true,
        act(state, { environment, id, tools }) {
          const key = activeIn(state.keys, environment).find((one) => one.id === id);
          if (key === undefined) return refuse(noSuchKey);
          key.revokedAt = tools.clock();
          return answer(id);
        },
      }),
    /** A call with a key, which anyone may make: it looks at the key itself. */
    check: ({ method, path, find, unknown, answer }: Checking<State, Key>) =>
      open('check', {
        method,
        path,
        changes: true,
        act(state, call) {
          const found = admitted(find(state, call), call.environment, unknown);
          if (!found.ok) return refuse(found.error);
          const reply = answer(found.value, call);
          if (reply.status < 400) found.value.lastUsedAt = call.tools.clock();
          return reply;
        },
      }),
    notFound: () => refuse({ status: 404, code: 'not_found', message: 'No such address.' }),
  };
}

/** What is said of an id that names no key, or one that was revoked. */
export const noSuchKey: Refusal = { status: 404, code: 'not_found', message: 'No such API key.' };

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

/** The key, if it opens this environment. `unknown` says what is wrong where there is no such key. */
function admitted<Key extends HeldKey>(
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

/** One header's value; empty when it is not there. */
export function headerOf(request: SandboxRequest, name: string): string {
  return String(request.headers[name] ?? '');
}
