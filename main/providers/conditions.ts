import type { Condition } from './operation.ts';
import { at } from './pointers.ts';

/** What a condition looks at; `body` is undefined where the answer is not JSON. */
export interface Observed {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Whether an answer is the one that a condition describes. */
export function fits(condition: Condition, answer: Observed): boolean {
  if (!condition.status.includes(answer.status)) return false;
  if (condition.header !== undefined) {
    const value = answer.headers.get(condition.header.name) ?? '';
    if (!value.toLowerCase().includes(condition.header.contains.toLowerCase())) return false;
  }
  if (condition.field === undefined) return true;
  const found = at(answer.body, condition.field.at);
  if (condition.field.is === undefined) return found !== undefined && found !== null;
  return condition.field.is.some((expected) => expected === found);
}
