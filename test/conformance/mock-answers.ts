import type { Definition } from '../../main/providers/definition.ts';
import { at } from '../../main/providers/pointers.ts';
import type { Rewrite } from './vendor.ts';

type List = NonNullable<Definition['operations']['list']>;

/** Makes the first answer to a list one that has a page after it, and every further one the last. */
export function twoPages(list: List, nextLink: string | undefined): Rewrite {
  let pages = 0;
  return (body) => {
    pages += 1;
    const isFirst = pages === 1;
    const { pager } = list;
    switch (pager.kind) {
      case 'none':
        return body;
      case 'page':
      case 'offset':
        return isFirst ? withItems(body, list, pager.size) : withItems(body, list, 1);
      case 'link':
        return pager.next === 'link-header' ? body : set(body, pager.next, isFirst ? nextLink : null);
      case 'cursor': {
        const told = pager.hasMore === undefined ? body : set(body, pager.hasMore, isFirst);
        return pager.of === 'last-item' ? told : set(told, pager.next, isFirst ? 1540095775951 : null);
      }
    }
  };
}

function withItems(body: unknown, list: List, count: number): unknown {
  const items = at(body, list.response.items);
  const [first] = Array.isArray(items) ? items : [];
  return set(body, list.response.items, Array(count).fill(first));
}

/** Puts what the mock left out into an answer, or into every item of a list in it. */
export function fill(
  body: unknown,
  values: Readonly<Record<string, string>> | undefined,
  items?: string,
): unknown {
  const filled = (value: unknown) =>
    Object.entries(values ?? {}).reduce((done, [pointer, text]) => set(done, pointer, text), value);
  if (items === undefined) return filled(body);
  return set(body, items, (at(body, items) as readonly unknown[]).map(filled));
}

/** A copy of `body` with `value` at a pointer, whose parents have to be there. */
function set(body: unknown, pointer: string, value: unknown): unknown {
  if (pointer === '') return value;
  const copy = structuredClone(body);
  const steps = pointer.split('/');
  const parent = at(copy, steps.slice(0, -1).join('/')) as Record<string, unknown>;
  parent[steps.at(-1) ?? ''] = value;
  return copy;
}
