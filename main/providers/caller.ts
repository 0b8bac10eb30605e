import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { Environment } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { Observed } from './conditions.ts';
import type { Definition } from './definition.ts';
import { retryAfter } from './failures.ts';
import { baseUrlOf } from './hosts.ts';
import { secretsIn } from './inputs.ts';
import { parseJson } from './json.ts';
import type { Authentication, RequestDefinition } from './operation.ts';
import type { PageRequest } from './pagers.ts';
import { buildRequest } from './request.ts';
import type { Inputs, TemplateFault } from './templates.ts';
import { createTokenExchange } from './token-exchange.ts';
import { type Fetch, maxAnswerBytes, send, type TransportFault } from './transport.ts';

/** One account at one provider, and the world as the client sees it. */
export interface ConnectionFacts {
  readonly definition: Definition;
  readonly settings: Readonly<Record<string, string>>;
  /** Scheme, host and port that the connection was made for. Nothing is sent anywhere else, but to `origins`. */
  readonly origin: string;
  /** The same of the definition's other hosts, by their names; none for a connection that was made before they were kept. */
  readonly origins?: Readonly<Record<string, string>>;
  /** Whether the definition came with the app, so that its hosts are right where the connection keeps none. */
  readonly isBuiltIn?: boolean;
  readonly environment: Environment;
  readonly credential: SecretFields;
  readonly fetch: Fetch;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Instead of the definition's own limit. */
  readonly timeLimitMs?: number;
}

/** One call. `repeatable`: it changes nothing, so that it may be sent again. */
export interface Call {
  readonly operation: RequestDefinition;
  readonly authentication: Authentication;
  readonly inputs: Inputs;
  readonly repeatable: boolean;
  readonly page?: PageRequest;
  /** Asked before each repetition; where it answers no, there is none. */
  readonly mayRepeat?: () => Promise<boolean>;
  /** Ends the call, whose answer is then of no use. */
  readonly signal?: AbortSignal;
}

/** An answer; `body` is undefined where it is not JSON. */
export interface Answer extends Observed {
  readonly url: URL;
  /** Every secret that the call was made with, to be taken out of whatever the provider says. */
  readonly secrets: readonly string[];
}

/** Sends calls. Whatever the status of an answer, it is an answer; what it means is for the client to say. */
export type Caller = (call: Call) => Promise<Result<Answer, TransportFault>>;

/** How long is waited before each repetition of a read; their number is the number of repetitions. */
const pausesMs = [500, 2000];

/** A provider that asks for more patience than this is reported and not waited for. */
export const longestPauseMs = 5000;

const worthRepeating = new Set([429, 500, 502, 503, 504]);

/** Makes the caller of one connection. It remembers a short-lived token until that expires, and nothing else. */
export function createCaller(facts: ConnectionFacts): Caller {
  const { definition, clock } = facts;
  const timeLimitMs = facts.timeLimitMs ?? definition.timeLimitSeconds * 1000;

  const sendOnce = async (call: Call): Promise<Result<Answer, TransportFault>> => {
    const base = pinnedBase(facts, call.operation.host);
    if (!base.ok) return notSent(base.error);
    const request = buildRequest(call.operation, {
      base: base.value,
      authentication: call.authentication,
      constantHeaders: definition.headers,
      inputs: call.inputs,
      page: call.page ?? null,
      now: clock(),
    });
    if (!request.ok) return notSent(failureOfTemplate(request.error, base.value.host));
    const { url } = request.value;
    if (url.origin !== base.value.origin) {
      return notSent(failure('provider-redirected', { host: base.value.host, to: url.origin }));
    }
    const limits = { timeLimitMs, maxBytes: maxAnswerBytes, signal: call.signal };
    const reply = await send(facts.fetch, request.value, limits);
    if (!reply.ok) return reply;
    const body = parseJson(reply.value.text);
    const { status, headers } = reply.value;
    const secrets = secretsIn(call.inputs);
    return ok({ url, status, headers, body: body.ok ? body.value : undefined, secrets });
  };

  const sendPatiently = async (call: Call): Promise<Result<Answer, TransportFault>> => {
    let answer = await sendOnce(call);
    for (const usualMs of call.repeatable ? pausesMs : []) {
      const pauseMs = pauseBefore(answer, definition, usualMs, clock());
      if (pauseMs === null || (await call.mayRepeat?.()) === false) break;
      await facts.sleep(pauseMs);
      if (call.signal?.aborted === true) break;
      answer = await sendOnce(call);
    }
    return answer;
  };

  const exchange = createTokenExchange(sendPatiently, clock);
  const sendSignedIn = async (call: Call): Promise<Result<Answer, TransportFault>> => {
    const ready = await exchange.prepare(call);
    if (!ready.ok) return ready;
    const answer = await sendPatiently(ready.value);
    // The short-lived token may have ended before its time; the next call fetches another.
    if (call.authentication.kind === 'exchange' && isUnauthorized(answer)) exchange.forget();
    return answer;
  };

  return async (call) => {
    const answer = await sendSignedIn(call);
    const isRepeated = call.repeatable && call.authentication.kind === 'exchange' && isUnauthorized(answer);
    return isRepeated ? sendSignedIn(call) : answer;
  };
}

function isUnauthorized(answer: Result<Answer, TransportFault>): boolean {
  return answer.ok && answer.value.status === 401;
}

/** The base address of a host, which has to be where it was when the connection was made. */
function pinnedBase(facts: ConnectionFacts, host: string): Result<URL, ProviderFailure> {
  const base = baseUrlOf(facts.definition, host, facts);
  if (!base.ok) return base;
  const pinned = pinnedOrigin(facts, host);
  if (pinned === null || base.value.origin === pinned) return base;
  const expected = pinned.replace(/^[a-z]+:\/\//, '');
  return fail(failure('provider-redirected', { host: expected, to: base.value.origin }));
}

/**
 * The only origin that a host may have. A definition of the user's own that came to name another host since the connection
 * was made may put it where `api` is and nowhere else. Null: wherever the definition says, which came with the app.
 */
function pinnedOrigin(
  { origin, origins = {}, isBuiltIn = false }: ConnectionFacts,
  host: string,
): string | null {
  if (host === 'api') return origin;
  if (Object.hasOwn(origins, host)) return origins[host] ?? origin;
  return isBuiltIn ? null : origin;
}

/** How long to wait before a repetition; null when there is none. */
function pauseBefore(
  answer: Result<Answer, TransportFault>,
  definition: Definition,
  usualMs: number,
  now: number,
): number | null {
  if (!answer.ok) {
    const { failure: why } = answer.error;
    return why.code === 'provider-unreachable' && why.reason === 'dropped' ? usualMs : null;
  }
  const { status, headers } = answer.value;
  if (!worthRepeating.has(status)) return null;
  const asked = retryAfter(definition.errors, headers, now);
  const pauseMs = asked === null ? usualMs : asked * 1000;
  return pauseMs <= longestPauseMs ? pauseMs : null;
}

function failureOfTemplate(fault: TemplateFault, host: string): ProviderFailure {
  if (fault.name === 'id') {
    const detail = 'The id of the key cannot stand in an address.';
    return failure('provider-answer-unreadable', { host, reason: 'unexpected', detail });
  }
  return failure('answer-needed', { questions: [fault.name.replace(/^[a-z]+\./, '')] });
}

function notSent(why: ProviderFailure): Result<never, TransportFault> {
  return fail({ failure: why, acted: 'no' });
}
