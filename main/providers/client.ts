import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { Answer, Caller, ConnectionFacts } from './caller.ts';
import type { Definition } from './definition.ts';
import { failureOf, meaningIn } from './failures.ts';
import type { RequestDefinition } from './operation.ts';
import type { Answers } from './provider.ts';
import { type Redact, redactionOf } from './redaction.ts';

/** What the operations of one connection share. */
export interface Client {
  readonly facts: ConnectionFacts;
  readonly definition: Definition;
  readonly call: Caller;
}

/** The required questions of an operation that have no answer. */
export function unansweredAt(
  definition: Definition,
  operation: 'create' | 'list' | 'revoke' | 'rotate',
  answers: Answers,
): ProviderFailure | null {
  const questions = definition.askedAtCall
    .filter((question) => question.required && question.at.includes(operation))
    .map((question) => question.name)
    .filter((name) => !Object.hasOwn(answers, name) || answers[name]?.reveal() === '');
  return questions.length === 0 ? null : failure('answer-needed', { questions });
}

/**
 * Whether an answer is a success: by its status, unless the definition says that it means a failure, since some providers
 * answer those with a 200 as well.
 */
export function isSuccess(
  { definition }: Client,
  operation: Pick<RequestDefinition, 'success'>,
  answer: Answer,
): boolean {
  return operation.success.includes(answer.status) && meaningIn(definition.errors, answer) === undefined;
}

/** What an answer means that is not a success, in the provider's words without any secret. */
export function refusalOf(
  { definition, facts }: Client,
  answer: Answer,
  redact: Redact = redactionOf(answer.secrets),
): ProviderFailure {
  const isMeant = meaningIn(definition.errors, answer) !== undefined;
  if (answer.status < 400 && !isMeant) return unexpected(answer, `HTTP ${answer.status} was not expected.`);
  return failureOf(definition, answer.url.host, answer, redact, facts.clock());
}

/** The provider does not offer it. */
export function missing(definition: Definition, operation: string): ProviderFailure {
  return failure('operation-missing', { provider: definition.name, operation });
}

/** The answer should be JSON and is not. */
export function notJson({ url, status }: Answer): ProviderFailure {
  const detail = `HTTP ${status} with a body that is not JSON.`;
  return failure('provider-answer-unreadable', { host: url.host, reason: 'not-json', detail });
}

/** The answer is not what the definition says; `detail` names the place and never the content. */
export function unexpected({ url }: Answer, detail: string): ProviderFailure {
  return failure('provider-answer-unreadable', { host: url.host, reason: 'unexpected', detail });
}
