import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyRequest } from '../../shared/domain/key.ts';
import type { CheckOutcome, ListedKey } from '../../shared/domain/provider.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { type Answer, type Caller, type ConnectionFacts, createCaller } from './caller.ts';
import { fits } from './conditions.ts';
import type { Definition } from './definition.ts';
import { failureOf, messageOf } from './failures.ts';
import { type InputSources, inputsOf } from './inputs.ts';
import { firstPage, nextPage, type PageRequest } from './pagers.ts';
import { at, textAt } from './pointers.ts';
import type { Answers, CreateFailure, IssuedKey, Provider } from './provider.ts';
import { type Redact, redactionOf } from './redaction.ts';
import { issuedKeyIn, listedKeyIn } from './response.ts';

/** A list that is longer than this is not cut but refused: a key missing from it would pass for gone. */
const maxPages = 500;

const dayMs = 86_400_000;

/**
 * One account at one provider, as its definition describes it. Promises what `Provider` promises; no failure
 * carries the credential, an answer asked at the call, or a value of a key.
 */
export function connectProvider(facts: ConnectionFacts): Provider {
  const { definition } = facts;
  const client = { facts, definition, call: createCaller(facts) };
  return {
    name: definition.name,
    nameMaxLength: definition.creation.nameMaxLength,
    listsNames: definition.operations.list?.response.name?.always ?? false,
    create: (label, request, answers) => create(client, label, request, answers),
    list: (answers) => list(client, answers),
    revoke: (providerKeyId, answers) => revoke(client, providerKeyId, answers),
    check: (fields) => check(client, fields),
    checkCredential: () => checkCredential(client),
  };
}

interface Client {
  readonly facts: ConnectionFacts;
  readonly definition: Definition;
  readonly call: Caller;
}

async function create(
  client: Client,
  label: string,
  request: KeyRequest,
  answers: Answers,
): Promise<Result<IssuedKey, CreateFailure>> {
  const { definition, facts } = client;
  const rejected = (why: ProviderFailure) => fail({ outcome: 'rejected', failure: why } as const);
  const unknown = (why: ProviderFailure) => fail({ outcome: 'unknown', failure: why } as const);
  const operation = definition.operations.create;
  if (operation === undefined) return rejected(missing(definition, 'create'));
  const refusal = unansweredAt(definition, 'create', answers) ?? notOffered(definition, request);
  if (refusal !== null) return rejected(refusal);

  const sources = { ...facts, answers, label, request };
  const { authentication } = definition;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(sources), repeatable: false });
  if (!sent.ok) return sent.error.acted === 'no' ? rejected(sent.error.failure) : unknown(sent.error.failure);
  const answer = sent.value;
  if (!operation.success.includes(answer.status)) {
    const received = Object.values(operation.response.fields).map(
      (pointer) => textAt(answer.body, pointer) ?? '',
    );
    const why = refusalOf(client, answer, redactionOf([...answer.secrets, ...received]));
    return answer.status >= 400 && answer.status < 500 ? rejected(why) : unknown(why);
  }
  if (answer.body === undefined) return unknown(notJson(answer));
  const issued = issuedKeyIn(answer.body, operation.response);
  if (!issued.ok) return unknown(unexpected(answer, issued.error));
  const issuedAt = issued.value.issuedAt ?? facts.clock();
  const asked = request.expiresInDays === null ? null : issuedAt + request.expiresInDays * dayMs;
  return ok({ ...issued.value, expiresAt: issued.value.expiresAt ?? asked });
}

async function list(
  client: Client,
  answers: Answers,
): Promise<Result<readonly ListedKey[], ProviderFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.list;
  if (operation === undefined) return fail(missing(definition, 'list'));
  const unanswered = unansweredAt(definition, 'list', answers);
  if (unanswered !== null) return fail(unanswered);

  const keys: ListedKey[] = [];
  const sources = { ...facts, answers };
  let page: PageRequest | null = firstPage(operation.pager);
  for (let number = 0; page !== null; number += 1) {
    const answer = await readPage(client, operation, sources, page);
    if (!answer.ok) return answer;
    const { body, headers } = answer.value;
    const items = at(body, operation.response.items);
    if (!Array.isArray(items)) {
      return fail(unexpected(answer.value, `No list stands at "${operation.response.items}".`));
    }
    const before = keys.length;
    for (const item of items) {
      const key = listedKeyIn(item, operation.response);
      if (key === null) return fail(unexpected(answer.value, 'A key in the list has no id.'));
      keys.push(key);
    }
    const answered = { number, before, items, body, linkHeader: headers.get('link') };
    const next: PageRequest | null = nextPage(operation.pager, answered);
    if (next !== null && (number + 1 >= maxPages || JSON.stringify(next) === JSON.stringify(page))) {
      return fail(unexpected(answer.value, 'The list does not end.'));
    }
    const followed: Result<PageRequest | null, ProviderFailure> = followable(next, answer.value);
    if (!followed.ok) return followed;
    page = followed.value;
  }
  return ok(keys);
}

/** Makes a page's link absolute. One that leads to another origin is refused before anything is sent to it. */
function followable(page: PageRequest | null, from: Answer): Result<PageRequest | null, ProviderFailure> {
  if (page === null || page.link === null) return ok(page);
  if (!URL.canParse(page.link, from.url.href))
    return fail(unexpected(from, 'The link to the next page is broken.'));
  const url = new URL(page.link, from.url.href);
  if (url.origin !== from.url.origin || url.username !== '' || url.password !== '') {
    return fail(failure('provider-redirected', { host: from.url.host, to: url.origin }));
  }
  return ok({ ...page, link: url.href });
}

async function readPage(
  client: Client,
  operation: NonNullable<Definition['operations']['list']>,
  sources: InputSources,
  page: PageRequest,
): Promise<Result<Answer, ProviderFailure>> {
  const { authentication } = client.definition;
  const inputs = inputsOf(sources);
  const sent = await client.call({ operation, authentication, inputs, page, repeatable: true });
  if (!sent.ok) return fail(sent.error.failure);
  if (!operation.success.includes(sent.value.status)) {
    return fail(refusalOf(client, sent.value));
  }
  return sent.value.body === undefined ? fail(notJson(sent.value)) : ok(sent.value);
}

async function revoke(
  client: Client,
  providerKeyId: string,
  answers: Answers,
): Promise<Result<void, ProviderFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.revoke;
  if (operation === undefined) return fail(missing(definition, 'revoke'));
  const unanswered = unansweredAt(definition, 'revoke', answers);
  if (unanswered !== null) return fail(unanswered);

  const sources = { ...facts, answers, id: providerKeyId };
  const { authentication } = definition;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(sources), repeatable: false });
  if (!sent.ok) return fail(sent.error.failure);
  const { status } = sent.value;
  if (operation.success.includes(status) || operation.alreadyGone.includes(status)) return done;
  return fail(refusalOf(client, sent.value));
}

async function check(client: Client, fields: SecretFields): Promise<Result<CheckOutcome, ProviderFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.check;
  if (operation === undefined) return fail(missing(definition, 'check'));
  const foreign = wrongEnvironment(client, fields);
  if (foreign !== null) return ok({ outcome: 'refused', message: foreign });

  const sources = { ...facts, key: fields };
  const { authentication } = operation;
  const sent = await client.call({ operation, authentication, inputs: inputsOf(sources), repeatable: true });
  if (!sent.ok) return fail(sent.error.failure);
  const answer = sent.value;
  const redact = redactionOf(answer.secrets);
  const verdict = operation.verdicts.find(({ when }) => fits(when, answer));
  if (verdict === undefined) {
    const readable = !operation.success.includes(answer.status);
    return fail(readable ? refusalOf(client, answer, redact) : unreadable(answer));
  }
  const message =
    answer.status < 400
      ? 'The provider does not know the key.'
      : messageOf(definition.errors, answer, redact);
  return ok(verdict.outcome === 'valid' ? { outcome: 'valid' } : { outcome: verdict.outcome, message });
}

async function checkCredential(client: Client): Promise<Result<void, ProviderFailure>> {
  const { definition, facts } = client;
  const { probe, list: listing } = definition.operations;
  if (probe === undefined) {
    if (listing === undefined) return fail(missing(definition, 'list'));
    const page = await readPage(client, listing, facts, firstPage(listing.pager));
    return page.ok ? done : page;
  }
  const { authentication } = definition;
  const inputs = inputsOf(facts);
  const sent = await client.call({ operation: probe, authentication, inputs, repeatable: true });
  if (!sent.ok) return fail(sent.error.failure);
  const answer = sent.value;
  if (!probe.success.includes(answer.status)) {
    return fail(refusalOf(client, answer));
  }
  if (probe.verdict === undefined || fits(probe.verdict, answer)) return done;
  if (answer.body === undefined) return fail(notJson(answer));
  const message = 'The provider does not know the credential.';
  return fail(failure('credential-rejected', { host: answer.url.host, message }));
}

/** Says of a key that bears the other environment's prefix that it does not belong here, without sending it. */
function wrongEnvironment({ definition, facts }: Client, fields: SecretFields): string | null {
  const other = facts.environment === 'test' ? 'live' : 'test';
  for (const { name, prefix } of definition.fields) {
    const value = fields[name]?.reveal() ?? '';
    if (
      prefix !== undefined &&
      value.startsWith(prefix[other]) &&
      !value.startsWith(prefix[facts.environment])
    ) {
      return `This is a ${other} key, and the connection is for ${facts.environment} keys.`;
    }
  }
  return null;
}

/** The required questions of an operation that have no answer. */
function unansweredAt(
  definition: Definition,
  operation: 'create' | 'list' | 'revoke',
  answers: Answers,
): ProviderFailure | null {
  const questions = definition.askedAtCall
    .filter((question) => question.required && question.at.includes(operation))
    .map((question) => question.name)
    .filter((name) => !Object.hasOwn(answers, name) || answers[name]?.reveal() === '');
  return questions.length === 0 ? null : failure('answer-needed', { questions });
}

/** A limit that was asked for and would get lost on the way, which would leave the key more powerful than believed. */
function notOffered(definition: Definition, request: KeyRequest): ProviderFailure | null {
  const { scopes, expiry, restrictions } = definition.creation;
  if (request.scopes !== null && request.scopes.length > 0 && scopes === undefined) {
    return missing(definition, 'create with scopes');
  }
  if (request.expiresInDays !== null && expiry === undefined)
    return missing(definition, 'create with an expiry');
  for (const kind of ['ips', 'referrers', 'endpoints'] as const) {
    if (request.restrictions[kind].length > 0 && !restrictions.includes(kind)) {
      return missing(definition, `create restricted to ${kind}`);
    }
  }
  return null;
}

function refusalOf(
  { definition, facts }: Client,
  answer: Answer,
  redact: Redact = redactionOf(answer.secrets),
): ProviderFailure {
  if (answer.status < 400) return unexpected(answer, `HTTP ${answer.status} was not expected.`);
  return failureOf(definition.errors, answer.url.host, answer, redact, facts.clock());
}

function missing(definition: Definition, operation: string): ProviderFailure {
  return failure('operation-missing', { provider: definition.name, operation });
}

function unreadable(answer: Answer): ProviderFailure {
  return answer.body === undefined
    ? notJson(answer)
    : unexpected(answer, 'The answer says neither that the key is accepted nor that it is refused.');
}

function notJson({ url, status }: Answer): ProviderFailure {
  const detail = `HTTP ${status} with a body that is not JSON.`;
  return failure('provider-answer-unreadable', { host: url.host, reason: 'not-json', detail });
}

function unexpected({ url }: Answer, detail: string): ProviderFailure {
  return failure('provider-answer-unreadable', { host: url.host, reason: 'unexpected', detail });
}
