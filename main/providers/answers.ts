import { Secret } from '../secrets/secret.ts';
import type { Answers } from './provider.ts';

/** What the user typed for one call, wrapped before anything else sees it. */
export const asAnswers = (typed: Readonly<Record<string, string>>): Answers =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, new Secret(value)]));
