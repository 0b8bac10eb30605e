import { setImmediate } from 'node:timers/promises';
import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Answer } from './caller.ts';
import { type Client, isSuccess, missing, notJson, refusalOf, unansweredAt, unexpected } from './client.ts';
import type { Definition } from './definition.ts';
import { type InputSources, inputsOf } from './inputs.ts';
import { handleOf } from './key-handle.ts';
import { createPageReader, mayOverlap, type PageCall, type PageReader } from './page-reader.ts';
import {
  firstPage,
  nextPage,
  type PageAnswer,
  type PageRequest,
  type Pager,
  pageAfterNext,
} from './pagers.ts';
import { at } from './pointers.ts';
import type { Answers } from './provider.ts';
import { listedKeyIn } from './response.ts';

type ListOperation = NonNullable<Definition['operations']['list']>;

/** A list that is longer than this is not cut but refused: a key missing from it would pass for gone. */
const maxPages = 500;

/** From which page on the next is asked for ahead, counted from 0: a list of two pages costs no request past its end. */
const firstReadAhead = 1;

/** Reads the whole list, page by page. An id that is the key's value is answered as a fingerprint. */
export async function listKeys(
  client: Client,
  answers: Answers,
): Promise<Result<readonly ListedKey[], ProviderFailure>> {
  const { definition } = client;
  const listed = await readList(client, answers);
  if (!listed.ok) return listed;
  return ok(listed.value.map((key) => ({ ...key, providerKeyId: handleOf(definition, key.providerKeyId) })));
}

/** Reads the whole list with the ids as the provider writes them, which may be secret. */
export async function readList(
  client: Client,
  answers: Answers,
): Promise<Result<readonly ListedKey[], ProviderFailure>> {
  const { definition, facts } = client;
  const operation = definition.operations.list;
  if (operation === undefined) return fail(missing(definition, 'list'));
  const unanswered = unansweredAt(definition, 'list', answers);
  if (unanswered !== null) return fail(unanswered);

  const sources = { ...facts, answers };
  const reader = createPageReader((page, call) => readPage(client, operation, sources, page, call), {
    mayReadAhead: mayOverlap(definition.authentication),
  });
  try {
    return await readPages(operation, reader);
  } finally {
    reader.close();
  }
}

/** Reads page after page; the next is asked for before the keys of the one that has come are looked at. */
async function readPages(
  { pager, response }: ListOperation,
  reader: PageReader,
): Promise<Result<readonly ListedKey[], ProviderFailure>> {
  const keys: ListedKey[] = [];
  let page = firstPage(pager);
  let asked = reader.read(page);
  for (let number = 0; ; number += 1) {
    const answer = await asked;
    if (!answer.ok) return answer;
    const { body, headers } = answer.value;
    const items = at(body, response.items);
    if (!Array.isArray(items)) {
      return fail(unexpected(answer.value, `No list stands at "${response.items}".`));
    }
    const answered = { number, before: keys.length, items, body, linkHeader: headers.get('link') };
    const next = following(pager, answered, page, answer.value);
    if (next.ok && next.value !== null) {
      page = next.value;
      asked = reader.read(page);
      const mayReadAhead = number >= firstReadAhead && number + 2 < maxPages;
      const after = mayReadAhead ? pageAfterNext(pager, answered) : null;
      if (after !== null) reader.readAhead(after);
      // The request is on its way only once this turn has ended.
      await setImmediate();
    }
    for (const item of items) {
      const key = listedKeyIn(item, response);
      if (key === null) return fail(unexpected(answer.value, 'A key in the list has no id.'));
      keys.push(key);
    }
    if (!next.ok) return next;
    if (next.value === null) return ok(keys);
  }
}

/** What asks for the page after the one that was answered to `page`; null after the last. */
function following(
  pager: Pager,
  answered: PageAnswer,
  page: PageRequest,
  answer: Answer,
): Result<PageRequest | null, ProviderFailure> {
  const next = nextPage(pager, answered);
  if (next !== null && (answered.number + 1 >= maxPages || JSON.stringify(next) === JSON.stringify(page))) {
    return fail(unexpected(answer, 'The list does not end.'));
  }
  return followable(next, answer);
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

/** Reads one page, which is JSON when it is answered. */
export async function readPage(
  client: Client,
  operation: ListOperation,
  sources: InputSources,
  page: PageRequest,
  call: Partial<PageCall> = {},
): Promise<Result<Answer, ProviderFailure>> {
  const { authentication } = client.definition;
  const inputs = inputsOf(sources);
  const sent = await client.call({ operation, authentication, inputs, page, repeatable: true, ...call });
  if (!sent.ok) return fail(sent.error.failure);
  if (!isSuccess(client, operation, sent.value)) {
    return fail(refusalOf(client, sent.value));
  }
  return sent.value.body === undefined ? fail(notJson(sent.value)) : ok(sent.value);
}
