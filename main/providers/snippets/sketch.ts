import type { Environment } from '../../../shared/domain/key.ts';
import { parseBaseUrl } from '../base-url.ts';
import type { Definition } from '../definition.ts';
import { baseUrlOf } from '../hosts.ts';
import { inputsOf } from '../inputs.ts';
import type { Authentication, Usage } from '../operation.ts';
import { buildRequest } from '../request.ts';
import { asHeaderValue, asIs, expand, type Inputs } from '../templates.ts';
import { renderValue } from '../values.ts';
import { asSecrets, type Marks, markedNow, markOf, split, type Text, withMarkedNow } from './text.ts';
import { usageOf } from './usage-of.ts';

/** What is known of a connection when its snippets are written. */
export interface SnippetFacts {
  readonly settings: Readonly<Record<string, string>>;
  readonly environment: Environment;
  readonly origin: string;
}

/** How a sketched request proves who is calling. Its headers stand among those of the request. */
export type Proof =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: Text; readonly password: Text }
  | {
      readonly kind: 'hmac';
      readonly header: string;
      readonly key: Text;
      readonly algorithm: 'sha256' | 'sha512';
      readonly encoding: 'hex' | 'base64';
    };

export type SketchBody =
  | { readonly kind: 'none' }
  /** `text` is what is sent; `value` the same before it was written as JSON, its texts and numbers marked. */
  | { readonly kind: 'json'; readonly text: Text; readonly value: unknown }
  | { readonly kind: 'form'; readonly text: Text; readonly pairs: readonly (readonly [string, Text])[] };

/** A request in no language: what is read from the environment or the clock stands as a part of its texts. */
export interface Sketch {
  readonly method: string;
  readonly url: Text;
  /** The query as it is sent, which is signed where there is no body. */
  readonly query: Text;
  readonly headers: readonly (readonly [string, Text])[];
  readonly body: SketchBody;
  readonly proof: Proof;
  readonly marks: Marks;
}

/**
 * Sketches the request that shows how a key is used, as the client itself would send it. Null where the definition shows
 * none, or one that takes more than a few lines: a login first, or a form in parts.
 */
export function sketchOf(
  definition: Definition,
  facts: SnippetFacts,
  variables: Readonly<Record<string, string>>,
): Sketch | null {
  const usage = usageOf(definition);
  if (usage === null || usage.authentication.kind === 'exchange' || usage.body.kind === 'multipart')
    return null;
  const base = baseOf(definition, usage, facts);
  if (base === null) return null;
  const marks: Marks = definition.fields.map(({ name, variable }, index) => ({
    mark: markOf(index),
    variable: Object.hasOwn(variables, name) ? (variables[name] ?? variable) : variable,
  }));
  const key = asSecrets(definition.fields.map(({ name }, index) => [name, markOf(index)]));
  const plain = inputsOf({ ...facts, credential: {}, key });
  const built = buildRequest(usage, {
    base,
    authentication: { kind: 'none' },
    constantHeaders: {},
    inputs: plain,
    page: null,
    now: markedNow,
  });
  if (!built.ok) return null;
  const inputs = withMarkedNow(plain);
  const text = (template: string, encode = asIs): Text | null => {
    const expanded = expand(template, inputs, encode);
    return expanded.ok ? split(expanded.value, marks) : null;
  };
  const proof = proofOf(usage.authentication, text);
  const { url, body } = built.value;
  const sent = bodyOf(usage, typeof body === 'string' ? body : null, inputs, marks);
  if (proof === null || sent === null) return null;
  return {
    method: usage.method,
    url: split(url.href, marks),
    query: split(url.search.slice(1), marks),
    headers: headersOf(definition, usage, sent, text),
    body: sent,
    proof,
    marks,
  };
}

/** The base address on the connection's own origin; null where the definition does not lead there any more. */
function baseOf(definition: Definition, usage: Usage, facts: SnippetFacts): URL | null {
  const found = baseUrlOf(definition, usage.host, { ...facts, credential: {} });
  if (found.ok) return usage.host !== 'api' || found.value.origin === facts.origin ? found.value : null;
  const described = definition.hosts[usage.host];
  if (described?.kind !== 'by-prefix') return null;
  const addresses = Object.values(described.urls).map(parseBaseUrl);
  const own = addresses.find((address) => address.ok && address.value.origin === facts.origin);
  return own?.ok === true ? own.value : null;
}

type Expand = (template: string, encode?: typeof asIs) => Text | null;

function proofOf(authentication: Authentication, text: Expand): Proof | null {
  if (authentication.kind === 'basic') {
    const [user, password] = [text(authentication.user), text(authentication.password)];
    return user === null || password === null ? null : { kind: 'basic', user, password };
  }
  if (authentication.kind !== 'hmac') return { kind: 'none' };
  const { header, key, algorithm, encoding } = authentication.signature;
  const secret = text(key);
  return secret === null ? null : { kind: 'hmac', header, key: secret, algorithm, encoding };
}

/** Every header but a signature. The app's own name is not the name of the user's code. */
function headersOf(
  definition: Definition,
  usage: Usage,
  body: SketchBody,
  text: Expand,
): readonly (readonly [string, Text])[] {
  const types = { none: null, json: 'application/json', form: 'application/x-www-form-urlencoded' };
  const type = types[body.kind];
  const written: Record<string, string> = {
    ...(type === null ? {} : { 'Content-Type': type }),
    ...definition.headers,
    ...usage.headers,
    ...proofHeaders(usage.authentication),
  };
  return Object.entries(written).flatMap(([name, template]) => {
    const value = text(template, asHeaderValue);
    return value === null || name.toLowerCase() === 'user-agent' ? [] : [[name, value] as const];
  });
}

function proofHeaders(authentication: Authentication): Readonly<Record<string, string>> {
  switch (authentication.kind) {
    case 'bearer':
      return { Authorization: `Bearer ${authentication.token}` };
    case 'headers':
    case 'hmac':
      return authentication.headers;
    default:
      return {};
  }
}

function bodyOf(usage: Usage, sent: string | null, inputs: Inputs, marks: Marks): SketchBody | null {
  if (sent === null) return { kind: 'none' };
  const text = split(sent, marks);
  if (usage.body.kind === 'form') {
    const pairs = [...new URLSearchParams(sent)].map(([name, value]) => [name, split(value, marks)] as const);
    return { kind: 'form', text, pairs };
  }
  const value = usage.body.kind === 'json' ? renderValue(usage.body.value, inputs, markedNow) : null;
  if (value?.ok === false) return null;
  return { kind: 'json', text, value: value?.value ?? JSON.parse(sent) };
}
