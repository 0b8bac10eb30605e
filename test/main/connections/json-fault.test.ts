import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonFault } from '../../../main/connections/json-fault.ts';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A tree without a name that is there twice, and not deep, is what the reader takes beside being JSON. */
const json = fc.json({ maxDepth: 6 });

it.each<[string, number, number, string]>([
  ['', 1, 1, 'it ends too early'],
  ['{\n  "id": "a"\n  "name": "b"\n}', 3, 3, 'a "," or the end of the object is missing'],
  ['{"id": }', 1, 8, 'a value is missing'],
  ['{\r\n"id" "a"}', 2, 6, 'a ":" is missing'],
  ['{"id": "a",}', 1, 12, 'a name in double quotes is missing'],
  ["{'id': 1}", 1, 2, 'a name in double quotes is missing'],
  ['[1, 2', 1, 6, 'it ends too early'],
  ['[1 2]', 1, 4, 'a "," or the end of the list is missing'],
  ['[01]', 1, 3, 'a "," or the end of the list is missing'],
  ['{"a": "b\nc"}', 1, 9, 'a text ends before its closing quote'],
  ['["\\x"]', 1, 3, 'a "\\" begins nothing that JSON knows'],
  ['{"a": 1} // why', 1, 10, 'there is something after the end'],
  ['{"a": 1, "\\u0061": 2}', 1, 10, 'this name is in the object already'],
  ['undefined', 1, 1, 'a value is missing'],
])('says where a fault stands and what it is: %j', (text, line, column, message) => {
  expect(jsonFault(text)).toEqual({ line, column, message });
});

it('takes exactly what JSON is', () => {
  fc.assert(
    fc.property(json, (text) => {
      expect(jsonFault(text)).toBeNull();
    }),
  );
});

it('finds a fault in exactly what is no JSON, wherever a text was broken', () => {
  const broken = fc
    .tuple(json, fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }), fc.nat(3))
    .map(([text, place, put, taken]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + taken);
    });
  fc.assert(
    fc.property(broken, (text) => {
      const fault = jsonFault(text);
      const isDouble = fault?.message === 'this name is in the object already';
      expect(fault === null).toBe(parses(text) && !isDouble);
    }),
    { numRuns: 2000 },
  );
});

it('refuses nesting that would exhaust who reads it, without following it', () => {
  expect(jsonFault('['.repeat(200_000))).toMatchObject({ message: 'it is nested deeper than 64 levels' });
  expect(jsonFault(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeNull();
});

it('quotes nothing of the file, which may hold a secret', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), (text) => {
      expect(jsonFault(`{"token": ${text}zzzSECRETzzz`)?.message ?? '').not.toContain('SECRET');
    }),
  );
});
