import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { asIs, expand, given, type Inputs, type InputValue, type TemplateFault } from './templates.ts';
import { expiryFormatSchema, formatExpiry } from './times.ts';

/**
 * A place in a body or query that takes an input with its type kept, written
 * `{ "$value": "request.scopes", "as": "list" }`. Without a `default` the member is left out when nothing was given.
 */
export const valueSourceSchema = z.strictObject({
  $value: z.string(),
  as: z
    .enum(['text', 'number', 'list', 'spaced', 'comma', 'first', 'objects', ...expiryFormatSchema.options])
    .default('text'),
  /** For `objects`: the member that each item of the list is put into. */
  member: z.string().default('id'),
  /** Between the items of a text that stands for several, such as a setting with ids. */
  split: z.string().min(1).optional(),
  default: z.json().optional(),
});
export type ValueSource = z.infer<typeof valueSourceSchema>;

/** Whether an object in a body is a `$value` and not data. */
export function isValueSource(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, '$value')
  );
}

function itemsOf(value: Exclude<InputValue, null>, separator: string | undefined): readonly string[] {
  if (typeof value === 'object') return value;
  if (separator === undefined) return [String(value)];
  const items = String(value).split(separator);
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** Undefined: the value is no number where one is needed, or an expiry beyond any calendar. */
function convert(value: Exclude<InputValue, null>, source: ValueSource, now: number): unknown {
  const list = itemsOf(value, source.split);
  switch (source.as) {
    case 'text':
    case 'comma':
      return list.join(',');
    case 'spaced':
      return list.join(' ');
    case 'number':
      return finite(Number(value));
    case 'list':
      return list;
    case 'first':
      return list[0] ?? '';
    case 'objects':
      return list.map((item) => ({ [source.member]: item }));
    default:
      return formatExpiry(Number(value), source.as, now) ?? undefined;
  }
}

/**
 * Fills in a JSON value, the names of members included. Answers undefined for a value that names something that
 * was not given, and for an object of which nothing is left: the member it stands in is left out.
 */
export function renderValue(value: unknown, inputs: Inputs, now: number): Result<unknown, TemplateFault> {
  if (typeof value === 'string') {
    const text = expand(value, inputs, asIs);
    if (text.ok) return text;
    return text.error.fault === 'missing' ? ok(undefined) : text;
  }
  if (isValueSource(value)) {
    const source = valueSourceSchema.parse(value);
    const found = given(inputs, source.$value);
    if (found === null) return ok(source.default);
    const converted = convert(found, source, now);
    return converted === undefined ? fail({ fault: 'unusable', name: source.$value }) : ok(converted);
  }
  if (Array.isArray(value)) return renderList(value, inputs, now);
  if (typeof value === 'object' && value !== null) return renderObject(value, inputs, now);
  return ok(value);
}

function renderList(list: readonly unknown[], inputs: Inputs, now: number): Result<unknown, TemplateFault> {
  const rendered: unknown[] = [];
  for (const item of list) {
    const one = renderValue(item, inputs, now);
    if (!one.ok) return fail(one.error);
    if (one.value !== undefined) rendered.push(one.value);
  }
  return ok(rendered);
}

function renderObject(object: object, inputs: Inputs, now: number): Result<unknown, TemplateFault> {
  const rendered: [string, unknown][] = [];
  for (const [name, member] of Object.entries(object)) {
    const key = expand(name, inputs, asIs);
    if (!key.ok && key.error.fault === 'missing') continue;
    if (!key.ok) return key;
    const one = renderValue(member, inputs, now);
    if (!one.ok) return fail(one.error);
    if (one.value !== undefined) rendered.push([key.value, one.value]);
  }
  const isEmptied = rendered.length === 0 && Object.keys(object).length > 0;
  return ok(isEmptied ? undefined : Object.fromEntries(rendered));
}
