import { fail, ok, type Result } from '../../shared/result.ts';

/** A value that a template may name. Null and an empty list or text stand for "not given". */
export type InputValue = string | number | readonly string[] | null;

/** Everything that the templates of one call may name, such as `setting.account`, `credential.token`, `id`. */
export type Inputs = ReadonlyMap<string, InputValue>;

/** Why a template could not be filled in: nothing was given for a name, or what was given cannot stand there. */
export type TemplateFault =
  | { readonly fault: 'missing'; readonly name: string }
  | { readonly fault: 'unusable'; readonly name: string };

type Part = { readonly literal: string } | { readonly name: string };

const namePattern = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)?$/;

/** Takes a template apart; the error says in words what is wrong with its braces or names. */
export function parseTemplate(text: string): Result<readonly Part[], string> {
  const parts: Part[] = [];
  let rest = text;
  while (rest !== '') {
    const open = rest.indexOf('{');
    const literal = open === -1 ? rest : rest.slice(0, open);
    if (literal.includes('}')) return fail('has a "}" without a "{" before it');
    if (literal !== '') parts.push({ literal });
    if (open === -1) break;
    const close = rest.indexOf('}', open);
    if (close === -1) return fail('has a "{" without a "}" after it');
    const name = rest.slice(open + 1, close);
    if (!namePattern.test(name)) return fail(`names "${name}", which is not a name`);
    parts.push({ name });
    rest = rest.slice(close + 1);
  }
  return ok(parts);
}

/** The names that a template mentions; none for one that cannot be taken apart. */
export function namesIn(text: string): readonly string[] {
  const parsed = parseTemplate(text);
  return parsed.ok ? parsed.value.flatMap((part) => ('name' in part ? [part.name] : [])) : [];
}

/** What was given under a name, or null when nothing was. */
export function given(inputs: Inputs, name: string): InputValue {
  const value = inputs.get(name) ?? null;
  const empty = value === '' || (Array.isArray(value) && value.length === 0);
  return empty ? null : value;
}

/** Turns a value into the text that may stand at a place, or null when it cannot stand there. */
export type Encoding = (text: string) => string | null;

/** Fills in a template; every value goes through `encode`, the literal text does not. */
export function expand(text: string, inputs: Inputs, encode: Encoding): Result<string, TemplateFault> {
  const parsed = parseTemplate(text);
  if (!parsed.ok) return fail({ fault: 'unusable', name: text });
  let expanded = '';
  for (const part of parsed.value) {
    if ('literal' in part) {
      expanded += part.literal;
      continue;
    }
    const value = given(inputs, part.name);
    if (value === null) return fail({ fault: 'missing', name: part.name });
    const encoded = encode(typeof value === 'object' ? value.join(',') : String(value));
    if (encoded === null) return fail({ fault: 'unusable', name: part.name });
    expanded += encoded;
  }
  return ok(expanded);
}

/** The value as it is. */
export const asIs: Encoding = (text) => text;

/**
 * One path segment: everything but RFC 3986's unreserved characters is percent-encoded. `.` and `..` are refused,
 * since a URL parser takes them (and their encoded forms) for steps in the path.
 */
export const asPathSegment: Encoding = (text) => {
  if (text === '.' || text === '..' || !text.isWellFormed()) return null;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
};

/** One header value: no control characters, nothing beyond Latin-1. */
export const asHeaderValue: Encoding = (text) =>
  /^[\t\x20-\x7e\x80-\xff]*$/.test(text) ? text.trim() : null;

/** One label of a host name, so that a setting cannot lead to another domain. */
export const asHostLabel: Encoding = (text) => (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(text) ? text : null);
