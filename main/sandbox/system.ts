import type { z } from 'zod';
import type { Environment } from '../../shared/domain/key.ts';

/** A request as a system of the sandbox sees it. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The caller's address, such as `127.0.0.1`. */
  readonly remoteAddress: string;
  /** The parsed JSON body; undefined when there is none or it is not JSON. */
  readonly body: unknown;
  /** The body as it came, which is what a signature is made over; empty when it is too long. */
  readonly text: string;
}

/** What is answered, as JSON. */
export interface SandboxReply {
  readonly status: number;
  readonly body: unknown;
}

/** What a system may use of the world. */
export interface SandboxWorld {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/** What an operation may use: the world, and what the sandbox's own management tokens say. */
export interface SandboxTools extends SandboxWorld {
  /** The environment that a management token is for; null: it is none. One token manages every system. */
  readonly environmentOf: (token: string) => Environment | null;
}

/** An operation of a system: by its name faults are set and calls are counted. */
export interface SandboxOperation<State> {
  readonly name: string;
  readonly method: string;
  /** The path; its groups are handed to `act`, percent-decoded. */
  readonly path: RegExp;
  /** Whether it may change the state, which is then written before the answer leaves. */
  readonly changes: boolean;
  /** Answers the request and changes `state` in place. */
  act(state: State, request: SandboxRequest, groups: readonly string[], tools: SandboxTools): SandboxReply;
}

/** One provider that the sandbox plays: its state, which holds hashes in place of secrets, and its operations. */
export interface SandboxSystem<State> {
  readonly id: string;
  /** What every path of the system begins with, such as `/resmic/`. */
  readonly prefix: string;
  readonly stateSchema: z.ZodType<State>;
  readonly emptyState: () => State;
  readonly operations: readonly SandboxOperation<State>[];
  /** Answers a request whose path is not one of the operations'. */
  notFound(request: SandboxRequest): SandboxReply;
}

/** Whom a management token is for. A new token ends the one before it of the same holder, and no other. */
export interface TokenFor {
  readonly environment: Environment;
  /** Null: whoever is not named. */
  readonly holder: string | null;
}

/** The system that keeps the management tokens for all of them. */
export interface ManagingSystem<State> extends SandboxSystem<State> {
  issueManagementToken(state: State, wanted: TokenFor, world: SandboxWorld): string;
  /** The environment that a token manages, or null. */
  environmentOf(state: State, token: string): Environment | null;
}
