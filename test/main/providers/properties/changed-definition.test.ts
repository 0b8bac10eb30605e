import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../../main/providers/catalog/catalog.ts';
import type { Definition } from '../../../../main/providers/definition.ts';
import { loadDefinition } from '../../../../main/providers/load-definition.ts';
import { threadMs } from '../../../support/thread-time.ts';
import { nasty } from './arbitrary-definition.ts';
import { askEverything, type Circumstances, canary, expectSafe } from './ask-everything.ts';
import { circumstances } from './random-circumstances.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const good = catalog().map((definition) => JSON.parse(JSON.stringify(definition)) as Json);

/** Any of the places as likely as the first ones, which small numbers would mean. */
const anywhere = fc.nat().map((number) => Math.imul(number + 1, 2654435761) >>> 0);

/** One change: at the place whose number is `at` among all places, counted in order. */
const change = fc.record({
  at: anywhere,
  how: fc.oneof(
    fc.constant({ kind: 'delete' as const }),
    fc.oneof(fc.jsonValue(), nasty).map((value) => ({ kind: 'replace' as const, value: value as Json })),
    anywhere.map((from) => ({ kind: 'copy' as const, from })),
    nasty.map((name) => ({ kind: 'rename' as const, name })),
    fc.constant({ kind: 'nest' as const }),
    { weight: 4, arbitrary: nasty.map((words) => ({ kind: 'tweak' as const, words })) },
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

interface Place {
  readonly of: Record<string, Json>;
  readonly name: string;
}

function placesIn(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const of = value as Record<string, Json>;
  return Object.keys(of).flatMap((name) => [{ of, name }, ...placesIn(of[name] ?? null)]);
}

function changed(json: Json, { at, how }: Change): Json {
  const copy = structuredClone(json);
  const places = placesIn(copy);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return copy;
  const value = place.of[place.name] ?? null;
  const set = (name: string, member: Json) =>
    // A member called "__proto__", as JSON.parse makes it.
    Object.defineProperty(place.of, name, {
      value: member,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  if (how.kind === 'delete' || how.kind === 'rename') delete place.of[place.name];
  if (how.kind === 'rename') set(how.name, value);
  if (how.kind === 'replace') set(place.name, how.value);
  if (how.kind === 'tweak') set(place.name, tweaked(value, how.words));
  if (how.kind === 'nest') set(place.name, [value, { value }]);
  if (how.kind === 'copy') {
    const source = places[how.from % places.length];
    set(place.name, structuredClone(source?.of[source.name] ?? null));
  }
  return copy;
}

/** A thing of the same kind. */
function tweaked(value: Json, words: string): Json {
  if (typeof value === 'string') return value + words;
  if (typeof value === 'number') return value + words.length;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.slice(1);
  return value;
}

/** What a user would type for this definition, with the odd things from `given`. */
function fitting(definition: Definition, given: Circumstances): Circumstances {
  const settings = definition.settings.map(({ name, kind, options }, index): [string, string] => {
    if (kind === 'url') return [name, given.settings.address ?? ''];
    return [name, options[0]?.value ?? (index % 2 === 0 ? 'acme' : (given.settings.org ?? ''))];
  });
  const credential = definition.credential.map(({ name }): [string, string] => [name, `${canary}-token`]);
  const key = definition.fields.map(({ name }): [string, string] => [name, `${canary}-key`]);
  return {
    ...given,
    settings: Object.fromEntries(settings),
    credential: { ...Object.fromEntries(credential), token: `${canary}-token` },
    key: Object.fromEntries(key),
  };
}

test('a definition that was changed anywhere is refused in words, or is safe to use', async () => {
  let accepted = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...good),
      fc.array(change, { minLength: 1, maxLength: 2 }),
      circumstances,
      async (json, changes, given) => {
        const loaded = loadDefinition(changes.reduce(changed, json));
        if (!loaded.ok) {
          refused += 1;
          expect(loaded.error.length).toBeGreaterThan(0);
          for (const { message } of loaded.error) expect(message).not.toBe('');
          return;
        }
        accepted += 1;
        const fits = fitting(loaded.value, given);
        expectSafe(loaded.value, fits.settings, await askEverything(loaded.value, fits));
      },
    ),
    { numRuns: 600 },
  );
  expect(accepted).toBeGreaterThan(60);
  expect(refused).toBeGreaterThan(100);
});

test('whatever JSON is loaded as a definition, faults are answered and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.anything()), (json) => {
      expect(loadDefinition(json).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('a definition that was used as another kind of thing at every single place is still no crash', () => {
  const [json] = good;
  if (json === undefined) throw new Error('There is no definition');
  for (let at = 0; at < placesIn(structuredClone(json)).length; at += 1) {
    for (const value of [null, true, 0, -1.5, '', '{', [], {}, [[]], { $value: 'id' }] as Json[]) {
      expect(typeof loadDefinition(changed(json, { at, how: { kind: 'replace', value } })).ok).toBe(
        'boolean',
      );
    }
  }
});

test.each([
  ['brackets', '['.repeat(9000) + ']'.repeat(9000)],
  ['objects', `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`],
])('a body of %s nested beyond reason is a fault and no crash', (_what, text) => {
  const [json] = good.filter((definition) => JSON.stringify(definition).includes('"create"'));
  const definition = structuredClone(json) as { operations: { create: { body: Json } } };
  definition.operations.create.body = { kind: 'json', value: JSON.parse(text) };
  expect(loadDefinition(definition)).toMatchObject({ ok: false });
});

test('a template of a hundred thousand names is read in time', () => {
  const [json] = good;
  const definition = structuredClone(json) as { headers: Json };
  definition.headers = { 'X-A': '{environment}'.repeat(100_000), 'X-B': '{'.repeat(100_000) };
  expect(threadMs(() => expect(loadDefinition(definition).ok).toBe(false))).toBeLessThan(2000);
});
