import { type DefinitionParts, definitionSchema } from './definition.ts';
import { type Issue, placeOf } from './issue.ts';
import { inPlainWords, shapeIssues } from './plain-words.ts';

/** What the shape of a document says: its faults, and the parts whose fit can still be looked at. */
export interface Shape {
  readonly issues: readonly Issue[];
  readonly parts: DefinitionParts | null;
  /** Whether `parts` is the whole document, so that what is not in it is missing. */
  readonly isWhole: boolean;
}

/** Deeper than any request or answer is; whatever looks at a document calls itself for every level. */
const deepest = 40;

/** Reads the shape of a definition. One with faults is looked at without what is faulty, where the rest stands by itself. */
export function shapeOf(json: unknown): Shape {
  const unreadable = unreadableIn(json);
  if (unreadable !== null) return { issues: [unreadable], parts: null, isWhole: false };
  const parsed = parse(json);
  if (parsed.success) return { issues: [], parts: parsed.data, isWhole: true };
  const issues = shapeIssues(parsed.error.issues);
  const rest = isObject(json) ? withoutFaulty(json, parsed.error.issues) : null;
  const parts = rest === null ? undefined : parse(rest).data;
  return { issues, parts: parts ?? null, isWhole: false };
}

const parse = (json: unknown) => definitionSchema.safeParse(json, { error: inPlainWords });

type ShapeFaults = NonNullable<ReturnType<typeof parse>['error']>['issues'];
type Members = Record<string, unknown>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What others are named after. Without one of them, every name that is missing would be a fault that is none. */
const namedAfter = new Set(['hosts', 'settings', 'credential', 'askedAtCall', 'fields']);

/** What stands in for what has to be there. */
const standIns: Readonly<Members> = {
  format: 1,
  id: 'x',
  name: 'x',
  environments: ['live'],
  authentication: { kind: 'none' },
  creation: { nameMaxLength: 100 },
};

/** A copy without the parts that have faults, or null where other parts depend on them. */
function withoutFaulty(json: Members, faults: ShapeFaults): Members | null {
  const rest: Members = structuredClone(json);
  for (const fault of faults) {
    const [top, second] = fault.path;
    if (fault.code === 'unrecognized_keys') {
      removeKeys(rest, fault.path, fault.keys);
      continue;
    }
    if (typeof top !== 'string' || namedAfter.has(top)) return null;
    const { operations } = rest;
    if (top === 'operations' && typeof second === 'string' && isObject(operations)) delete operations[second];
    else if (top === 'operations') rest.operations = {};
    else if (Object.hasOwn(standIns, top)) rest[top] = standIns[top];
    else delete rest[top];
  }
  return rest;
}

function removeKeys(from: Members, path: readonly PropertyKey[], keys: readonly string[]): void {
  const holder = path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Members)[String(step)] : undefined,
    from,
  );
  if (isObject(holder)) for (const key of keys) delete holder[key];
}

/** The first place at which a document is nested too deeply or has a member that would not stay one; null: none. */
function unreadableIn(json: unknown): Issue | null {
  const left: { readonly value: unknown; readonly path: readonly PropertyKey[] }[] = [
    { value: json, path: [] },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= deepest) return { at: placeOf(path.slice(0, 6)), message: 'is nested too deeply' };
    const isList = Array.isArray(value);
    for (const [name, member] of Object.entries(value)) {
      const inside = [...path, isList ? Number(name) : name];
      if (name === '__proto__') return { at: placeOf(inside), message: 'is a name that cannot be used' };
      left.push({ value: member, path: inside });
    }
  }
  return null;
}
