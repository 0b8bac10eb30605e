import { z } from 'zod';
import { at, pointerSchema, textAt } from './pointers.ts';

const size = { sizeParameter: z.string().optional(), size: z.int().positive() };

/** How a provider hands out a long list. */
export const pagerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** Numbered pages; the last is the first one that is not full. */
  z.strictObject({ kind: z.literal('page'), parameter: z.string(), first: z.literal([0, 1]), ...size }),
  z.strictObject({ kind: z.literal('offset'), parameter: z.string(), ...size }),
  /** `next` stands in the answer, or, with `of: 'last-item'`, in the last item of the page. */
  z.strictObject({
    kind: z.literal('cursor'),
    in: z.enum(['query', 'body']),
    parameter: z.string(),
    next: pointerSchema,
    of: z.enum(['answer', 'last-item']).default('answer'),
    hasMore: pointerSchema.optional(),
    sizeParameter: z.string().optional(),
    size: z.int().positive().optional(),
  }),
  /** The address of the next page, relative or absolute; `next` is where it stands, or `link-header` (RFC 8288). */
  z.strictObject({
    kind: z.literal('link'),
    next: z.union([z.literal('link-header'), pointerSchema], {
      error: 'must be "link-header" or a JSON pointer',
    }),
  }),
]);
export type Pager = z.infer<typeof pagerSchema>;

/** What asks for one page, added to the list's own request; `link` replaces its address. */
export interface PageRequest {
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string | number>>;
  readonly link: string | null;
}

const plain: PageRequest = { query: {}, body: {}, link: null };

function sized(pager: {
  sizeParameter?: string | undefined;
  size?: number | undefined;
}): Record<string, string> {
  return pager.sizeParameter === undefined ? {} : { [pager.sizeParameter]: String(pager.size) };
}

/** Asks for the first page. */
export function firstPage(pager: Pager): PageRequest {
  switch (pager.kind) {
    case 'none':
    case 'link':
      return plain;
    case 'page':
      return { ...plain, query: { ...sized(pager), [pager.parameter]: String(pager.first) } };
    case 'offset':
      return { ...plain, query: { ...sized(pager), [pager.parameter]: '0' } };
    case 'cursor':
      return withCursor(pager, null);
  }
}

/** A page as it was answered. `number` counts from 0; `before` is how many items came on earlier pages. */
export interface PageAnswer {
  readonly number: number;
  readonly before: number;
  readonly items: readonly unknown[];
  readonly body: unknown;
  readonly linkHeader: string | null;
}

/** Asks for the page after this one; null when this was the last. */
export function nextPage(pager: Pager, page: PageAnswer): PageRequest | null {
  switch (pager.kind) {
    case 'none':
      return null;
    case 'page': {
      if (page.items.length < pager.size) return null;
      const next = pager.first + page.number + 1;
      return { ...plain, query: { ...sized(pager), [pager.parameter]: String(next) } };
    }
    case 'offset': {
      if (page.items.length < pager.size) return null;
      const next = page.before + page.items.length;
      return { ...plain, query: { ...sized(pager), [pager.parameter]: String(next) } };
    }
    case 'cursor': {
      if (pager.hasMore !== undefined && at(page.body, pager.hasMore) !== true) return null;
      const cursor = textAt(pager.of === 'answer' ? page.body : page.items.at(-1), pager.next);
      return cursor === null ? null : withCursor(pager, cursor);
    }
    case 'link': {
      const link = pager.next === 'link-header' ? nextLink(page.linkHeader) : textAt(page.body, pager.next);
      return link === null ? null : { ...plain, link };
    }
  }
}

/** Asks for the page after the next, where that can be told before the next has come; null elsewhere. */
export function pageAfterNext(pager: Pager, page: PageAnswer): PageRequest | null {
  if (pager.kind !== 'page' && pager.kind !== 'offset') return null;
  return nextPage(pager, { ...page, number: page.number + 1, before: page.before + page.items.length });
}

function withCursor(pager: Extract<Pager, { kind: 'cursor' }>, cursor: string | null): PageRequest {
  const parameters = cursor === null ? {} : { [pager.parameter]: cursor };
  if (pager.in === 'query') return { ...plain, query: { ...sized(pager), ...parameters } };
  const size =
    pager.sizeParameter === undefined || pager.size === undefined
      ? {}
      : { [pager.sizeParameter]: pager.size };
  return { ...plain, body: { ...size, ...parameters } };
}

/** The target of `rel="next"` in a Link header (RFC 8288). */
function nextLink(header: string | null): string | null {
  for (const [, target, parameters] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters ?? ''))
      return target ?? null;
  }
  return null;
}
