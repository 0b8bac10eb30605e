import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answer, Call, Caller } from './caller.ts';
import type { Authentication } from './operation.ts';
import { textAt } from './pointers.ts';
import type { TransportFault } from './transport.ts';

/** How long before its end a short-lived token is replaced. */
const marginSeconds = 30;

/** Gets the short-lived token of a connection whose credential has to be exchanged first. */
export interface TokenExchange {
  /** Adds the token to a call that needs one; fetches it when there is none that still lives. */
  prepare(call: Call): Promise<Result<Call, TransportFault>>;
  /** Forgets the token, so that the next call fetches another. */
  forget(): void;
}

type Exchange = Extract<Authentication, { kind: 'exchange' }>;

/**
 * Keeps the token in memory until it ends; one whose end is not told is fetched for every call, and so is one that is
 * got with a key that is being checked, since the key may have been revoked meanwhile.
 */
export function createTokenExchange(send: Caller, clock: () => number): TokenExchange {
  let kept: { readonly token: string; readonly until: number } | null = null;

  return {
    async prepare(call) {
      const { authentication } = call;
      if (authentication.kind !== 'exchange') return ok(call);
      const ofKey = [...call.inputs.keys()].some((name) => name.startsWith('key.'));
      let token = !ofKey && kept !== null && kept.until > clock() ? kept.token : null;
      if (token === null) {
        const none = { kind: 'none' } as const;
        const operation = authentication.request;
        const sent = await send({ operation, inputs: call.inputs, authentication: none, repeatable: true });
        if (!sent.ok) return notSent(sent.error.failure);
        const found = tokenIn(sent.value, authentication);
        if (!found.ok) return notSent(found.error);
        token = found.value;
        if (!ofKey) kept = { token, until: clock() + lifetimeMs(sent.value, authentication) };
      }
      return ok({ ...call, inputs: new Map([...call.inputs, ['exchanged.token', token]]) });
    },
    forget() {
      kept = null;
    },
  };
}

function tokenIn(
  { status, url, body }: Answer,
  { request, token }: Exchange,
): Result<string, ProviderFailure> {
  const { host } = url;
  if (!request.success.includes(status)) {
    const message = `HTTP ${status} from the login`;
    return status >= 500
      ? fail(failure('provider-failed', { host, status, message }))
      : fail(failure('credential-rejected', { host, message }));
  }
  const found = textAt(body, token);
  if (found !== null) return ok(found);
  const detail = `No token stands at "${token}".`;
  return fail(failure('provider-answer-unreadable', { host, reason: 'unexpected', detail }));
}

function lifetimeMs({ body }: Answer, { expiresInSeconds }: Exchange): number {
  const seconds = expiresInSeconds === undefined ? 0 : Number(textAt(body, expiresInSeconds) ?? 0);
  return Number.isFinite(seconds) ? Math.max(0, seconds - marginSeconds) * 1000 : 0;
}

/** Whatever became of the login, the call itself was not sent. */
function notSent(why: ProviderFailure): Result<never, TransportFault> {
  return fail({ failure: why, acted: 'no' });
}
