import { parseEnv as parseLikeNode } from 'node:util';
import { type EnvDocument, lastWrittenOf, occurrencesOf, textOf } from './document.ts';
import { decodeValue } from './tokenise.ts';

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
  const ours = { before: lastWrittenOf(before), after: lastWrittenOf(after) };
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
  const kept = changedNames(ours.before, ours.after).filter((name) => !wanted.has(name));
  const changed = kept.find((name) => readOf(ours.before, name) !== readOf(ours.after, name));
  if (changed !== undefined) return disagreement(changed);
  for (const name of changedNames(nodes.before, nodes.after)) {
    if (wanted.has(name) || !IS_NAME.test(name)) continue;
    const [was, is] = [nodes.before.get(name), nodes.after.get(name)];
    const agreed = !ours.before.has(name) || readOf(ours.before, name) === was;
    const isOurs = is !== undefined && is === readOf(ours.after, name);
    const isSafe = was === undefined ? isOurs : is !== undefined && (!agreed || isOurs);
    if (!isSafe) return disagreement(name);
  }
  return { sound: true, unseenByNode };
}

type Values = ReadonlyMap<string, string>;

const IS_NAME = /^[\w.-]+$/;

/** The names that are in one only, or have another value in the other: few in any file, however many it has. */
function changedNames(before: Values, after: Values): string[] {
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [...gone, ...[...after].filter(([name, is]) => before.get(name) !== is).map(([name]) => name)];
}

function readOf(written: Values, name: string): string | undefined {
  const value = written.get(name);
  return value === undefined ? undefined : decodeValue(value);
}

function disagreement(name: string): EditCheck {
  return {
    sound: false,
    reason: `Its lines near ${name} mean different things to different readers, so that a change would not be safe`,
  };
}

/** What `node --env-file` reads, but for the byte order mark, which says nothing about the lines. */
export function nodeValues(document: EnvDocument): Values {
  const values = parseLikeNode(textOf(document).replace(/^\uFEFF/, ''));
  return new Map(Object.keys(values).map((name) => [name, values[name] ?? '']));
}
