import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import { providerSchema } from '../../../tools/provider-schema.ts';
import { schemaFaults } from './json-schema-check.ts';

const file = path.resolve(import.meta.dirname, '../../../docs/provider-format.schema.json');
const schema = JSON.parse(await readFile(file, 'utf8'));
const written = (definition: unknown) => JSON.parse(JSON.stringify(definition));

describe('the JSON Schema of the format', () => {
  test('is the one that the app goes by; else run "npm run schema"', () => {
    expect(schema).toEqual(JSON.parse(providerSchema()));
  });

  test.each(catalog())('accepts the built-in definition of $id', (definition) => {
    expect(schemaFaults(schema, written(definition))).toEqual([]);
  });

  test.each([
    ['/nme', { nme: 'x' }],
    ['/id', { id: 'No Id' }],
    ['/environments', { environments: [] }],
    ['/timeLimitSeconds', { timeLimitSeconds: 500 }],
    ['/operations/list/method', { operations: { list: { method: 'FETCH' } } }],
  ])('marks what is wrong at %s', (place, change) => {
    const faults = schemaFaults(schema, { ...written(catalog()[0]), ...change });
    expect(faults.some((fault) => fault === place || place.startsWith(`${fault}/`))).toBe(true);
  });

  test('tells editors what every part at the top is for', () => {
    for (const [name, part] of Object.entries<{ $ref?: string; description?: string }>(schema.properties)) {
      const { description } =
        part.$ref === undefined ? part : schema.$defs[part.$ref.slice('#/$defs/'.length)];
      expect(description ?? part.description, name).toMatch(/\w+ \w+/);
    }
  });
});
