import { describe, expect, test } from 'vitest';
import { firstPage, nextPage, type PageAnswer, type Pager } from '../../../main/providers/pagers.ts';

const answer = (part: Partial<PageAnswer>): PageAnswer => ({
  number: 0,
  before: 0,
  items: [],
  body: {},
  linkHeader: null,
  ...part,
});
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `k${n}` }));
const query = (query: Record<string, string>) => ({ query, body: {}, link: null });
const link = (link: string) => ({ query: {}, body: {}, link });

const page: Pager = { kind: 'page', parameter: 'page', first: 1, sizeParameter: 'per_page', size: 2 };
const offset: Pager = { kind: 'offset', parameter: 'offset', size: 2 };
const cursor: Pager = { kind: 'cursor', in: 'query', parameter: 'after', next: '/next', of: 'answer' };
const inBody: Pager = {
  kind: 'cursor',
  in: 'body',
  parameter: 'cursor',
  next: '/next',
  of: 'answer',
  sizeParameter: 'limit',
  size: 5,
};
const lastItem: Pager = {
  kind: 'cursor',
  in: 'query',
  parameter: 'after',
  next: '/id',
  of: 'last-item',
  hasMore: '/more',
};
const byLink: Pager = { kind: 'link', next: '/next_page_uri' };
const byHeader: Pager = { kind: 'link', next: 'link-header' };

describe('the first page', () => {
  test.each<[string, Pager, unknown]>([
    ['none', { kind: 'none' }, query({})],
    ['page', page, query({ per_page: '2', page: '1' })],
    ['page from 0', { ...page, first: 0, sizeParameter: undefined }, query({ page: '0' })],
    ['offset', offset, query({ offset: '0' })],
    ['cursor', cursor, query({})],
    ['cursor in the body', inBody, { query: {}, body: { limit: 5 }, link: null }],
    ['link', byLink, query({})],
  ])('%s', (_what, pager, request) => {
    expect(firstPage(pager)).toEqual(request);
  });
});

describe('the page after', () => {
  test.each<[string, Pager, Partial<PageAnswer>, unknown]>([
    ['of an unpaged list there is none', { kind: 'none' }, { items: items(100) }, null],
    ['a full page', page, { items: items(2) }, query({ per_page: '2', page: '2' })],
    ['the third full page', page, { number: 2, items: items(2) }, query({ per_page: '2', page: '4' })],
    ['a page that is not full', page, { items: items(1) }, null],
    ['an empty page', page, { items: [] }, null],
    ['a full page from 0', { ...page, first: 0 }, { items: items(2) }, query({ per_page: '2', page: '1' })],
    ['an offset', offset, { before: 4, items: items(2) }, query({ offset: '6' })],
    ['a short offset page', offset, { before: 4, items: items(1) }, null],
    ['a cursor', cursor, { body: { next: 'c2' } }, query({ after: 'c2' })],
    ['a cursor that is a number', cursor, { body: { next: 7 } }, query({ after: '7' })],
    ['a null cursor', cursor, { body: { next: null } }, null],
    ['an empty cursor', cursor, { body: { next: '' } }, null],
    [
      'a cursor for the body',
      inBody,
      { body: { next: 'c2' } },
      { query: {}, body: { limit: 5, cursor: 'c2' }, link: null },
    ],
    ['the last item', lastItem, { items: items(3), body: { more: true } }, query({ after: 'k2' })],
    ['the last item when there is no more', lastItem, { items: items(3), body: { more: false } }, null],
    ['an empty page that claims more', lastItem, { items: [], body: { more: true } }, null],
    ['a link', byLink, { body: { next_page_uri: '/keys?p=2' } }, link('/keys?p=2')],
    ['no link', byLink, { body: { next_page_uri: '' } }, null],
    [
      'a header with several links',
      byHeader,
      { linkHeader: '<https://a.example/1>; rel="first", <https://a.example/3>; title="x"; rel="prev next"' },
      link('https://a.example/3'),
    ],
    ['a header with a bare rel', byHeader, { linkHeader: '</keys?p=2>; rel=next' }, link('/keys?p=2')],
    ['a header without a next one', byHeader, { linkHeader: '<https://a.example/1>; rel="prev"' }, null],
    ['no header', byHeader, {}, null],
  ])('%s', (_what, pager, part, request) => {
    expect(nextPage(pager, answer(part))).toEqual(request);
  });
});
