import { parseEnv as parseLikeNode } from 'node:util';
import { type EnvDocument, occurrencesOf, textOf, valuesOf } from './document.ts';

/** How the two parsers are to read a variable after an edit. */
export interface Reading {
  /** Its values by dotenv's rules, one for each place where it is assigned; none where it is to be gone. */
  readonly occurrences: readonly string[];
  /** Its value by Node's own parser; null where it is to be gone. */
  readonly node: string | null;
}

/** What an edit is to come to, by variable. */
export type Wanted = ReadonlyMap<string, Reading>;

export const gone: Reading = { occurrences: [], node: null };

/** What a check found: nothing wrong (and which variables Node.js never saw), or what is wrong, in words. */
export type EditCheck =
  | { readonly sound: true; readonly unseenByNode: readonly string[] }
  | { readonly sound: false; readonly reason: string };

/**
 * Reads a file before and after an edit with two parsers, ours (dotenv's rules) and Node's own, and holds the
 * edit to its promise: the wanted values are there under both, in every occurrence, and no other variable
 * changed, came or went. Where the two disagreed on another variable beforehand, Node may see that one in another
 * way afterwards; and a wanted variable that Node never saw (`KEY: value`) may stay unseen, which is reported.
 */
export function checkEdit(before: EnvDocument, after: EnvDocument, wanted: Wanted): EditCheck {
  const ours = { before: valuesOf(before), after: valuesOf(after) };
  const nodes = { before: nodeValues(before), after: nodeValues(after) };
  const unseenByNode: string[] = [];

  for (const [name, { occurrences, node }] of wanted) {
    const found = occurrencesOf(after, name);
    if (found.length !== occurrences.length || found.some((one, index) => one !== occurrences[index]))
      return disagreement(name);
    if (nodes.after.get(name) === (node ?? undefined)) continue;
    if (!ours.before.has(name) || nodes.before.has(name)) return disagreement(name);
    unseenByNode.push(name);
  }
  for (const name of new Set([...ours.before.keys(), ...ours.after.keys()])) {
    if (!wanted.has(name) && ours.before.get(name) !== ours.after.get(name)) return disagreement(name);
  }
  for (const [name, value] of nodes.before) {
    const now = nodes.after.get(name);
    const agreed = !ours.before.has(name) || ours.before.get(name) === value;
    const isKept = now === value || (now !== undefined && (!agreed || now === ours.after.get(name)));
    if (!wanted.has(name) && !isKept) return disagreement(name);
  }
  for (const [name, value] of nodes.after) {
    const isNew = !nodes.before.has(name) && !wanted.has(name);
    if (isNew && ours.after.get(name) !== value) return disagreement(name);
  }
  return { sound: true, unseenByNode };
}

function disagreement(name: string): EditCheck {
  return {
    sound: false,
    reason: `Its lines near ${name} mean different things to different readers, so that a change would not be safe`,
  };
}

/** What `node --env-file` reads, but for the byte order mark, which says nothing about the lines. */
export function nodeValues(document: EnvDocument): Map<string, string> {
  const values = parseLikeNode(textOf(document).replace(/^\uFEFF/, ''));
  const named = Object.entries(values).filter(([name]) => /^[\w.-]+$/.test(name));
  return new Map(named.map(([name, value]) => [name, value ?? '']));
}
