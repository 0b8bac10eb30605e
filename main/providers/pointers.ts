import { z } from 'zod';

/** A JSON pointer (RFC 6901); the empty one is the whole value. */
export const pointerSchema = z.string().regex(/^(\/([^~/]|~[01])*)*$/, 'is not a JSON pointer');

/** Pointers that were taken apart. They come from definitions, so that there are few of them. */
const taken = new Map<string, readonly string[]>();

function stepsOf(pointer: string): readonly string[] {
  const before = taken.get(pointer);
  if (before !== undefined) return before;
  const unescaped = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');
  const steps = pointer.slice(1).split('/').map(unescaped);
  if (taken.size >= 1000) taken.clear();
  taken.set(pointer, steps);
  return steps;
}

/**
 * What stands at a JSON pointer (RFC 6901), or undefined. The empty pointer is the whole value. Looks only at
 * the value's own members, never at inherited ones.
 */
export function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  let current = value;
  for (const member of stepsOf(pointer)) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, member)) return undefined;
    current = (current as Record<string, unknown>)[member];
  }
  return current;
}

/** The text at a pointer: a string that is not empty, or a number written out; null for anything else. */
export function textAt(value: unknown, pointer: string): string | null {
  const found = at(value, pointer);
  if (typeof found === 'string') return found === '' ? null : found;
  return typeof found === 'number' && Number.isFinite(found) ? String(found) : null;
}
