import { fail, ok, type Result } from '../../shared/result.ts';
import { authenticationHeaders, expandHeaders } from './authentication.ts';
import { withNow } from './inputs.ts';
import type { Authentication, RequestDefinition } from './operation.ts';
import type { PageRequest } from './pagers.ts';
import { asPathSegment, expand, type Inputs, type TemplateFault } from './templates.ts';
import type { Outgoing } from './transport.ts';
import { renderValue } from './values.ts';

/** Everything that turns a request's definition into a request. */
export interface RequestParts {
  readonly base: URL;
  readonly authentication: Authentication;
  readonly constantHeaders: Readonly<Record<string, string>>;
  readonly inputs: Inputs;
  readonly page: PageRequest | null;
  readonly now: number;
}

/**
 * Builds a request. Whatever the inputs are, its address stays below the base address: values are encoded into
 * single path segments. A page's link is absolute and has been checked by the caller.
 */
export function buildRequest(
  operation: RequestDefinition,
  parts: RequestParts,
): Result<Outgoing, TemplateFault> {
  const { base, page, now } = parts;
  const inputs = withNow(parts.inputs, now);
  const path = expand(operation.path, inputs, asPathSegment);
  if (!path.ok) return path;
  const url = page?.link != null ? new URL(page.link) : addressOf(base, path.value);
  if (page?.link == null) {
    const query = renderPairs(operation.query, inputs, now);
    if (!query.ok) return query;
    for (const [name, value] of query.value) url.searchParams.append(name, value);
    // Taken as they are and not as templates: a cursor is written by the provider.
    for (const [name, value] of Object.entries(page?.query ?? {})) url.searchParams.set(name, value);
  }
  const body = renderBody(operation.body, page, inputs, now);
  if (!body.ok) return body;
  const own = expandHeaders({ ...parts.constantHeaders, ...operation.headers }, inputs);
  if (!own.ok) return own;
  const text = typeof body.value.content === 'string' ? body.value.content : null;
  const proof = authenticationHeaders(parts.authentication, inputs, {
    body: text,
    query: url.search.slice(1),
  });
  if (!proof.ok) return proof;
  const type: Record<string, string> = body.value.type === null ? {} : { 'content-type': body.value.type };
  return ok({
    method: operation.method,
    url,
    headers: { accept: 'application/json', ...type, ...own.value, ...proof.value },
    body: body.value.content,
  });
}

function addressOf(base: URL, path: string): URL {
  const url = new URL(base.href);
  url.pathname = `${base.pathname.replace(/\/$/, '')}${path}`;
  return url;
}

interface Body {
  readonly type: string | null;
  readonly content: string | FormData | null;
}

function renderBody(
  body: RequestDefinition['body'],
  page: PageRequest | null,
  inputs: Inputs,
  now: number,
): Result<Body, TemplateFault> {
  const json = (value: unknown): Result<Body, TemplateFault> =>
    ok({ type: 'application/json', content: JSON.stringify(value) });
  switch (body.kind) {
    case 'none':
      return ok({ type: null, content: null });
    case 'empty-object':
      return json({});
    case 'json': {
      const value = renderValue(body.value, inputs, now);
      if (!value.ok) return value;
      const extra = Object.keys(page?.body ?? {}).length > 0;
      const nothing = typeof body.value === 'object' && body.value !== null ? {} : null;
      return json(extra ? { ...(value.value as object), ...page?.body } : (value.value ?? nothing));
    }
    case 'form': {
      const pairs = renderPairs(body.fields, inputs, now);
      if (!pairs.ok) return pairs;
      const content = new URLSearchParams(pairs.value).toString();
      return ok({ type: 'application/x-www-form-urlencoded', content });
    }
    case 'multipart': {
      const pairs = renderPairs(body.fields, inputs, now);
      if (!pairs.ok) return pairs;
      const form = new FormData();
      for (const [name, value] of pairs.value) form.append(name, value);
      return ok({ type: null, content: form });
    }
  }
}

/** Fills in named values as pairs of text; a list becomes one pair for each of its items. */
function renderPairs(
  fields: Readonly<Record<string, unknown>>,
  inputs: Inputs,
  now: number,
): Result<[string, string][], TemplateFault> {
  const pairs: [string, string][] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = renderValue(field, inputs, now);
    if (!value.ok) return fail(value.error);
    if (value.value === undefined || value.value === null) continue;
    for (const item of Array.isArray(value.value) ? value.value : [value.value]) {
      pairs.push([name, typeof item === 'object' ? JSON.stringify(item) : String(item)]);
    }
  }
  return ok(pairs);
}
