import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadDefinition } from '../../../main/providers/load-definition.ts';
import { usageSnippets } from '../../../main/providers/snippets.ts';
import { expiryFormatSchema, timeFormatSchema } from '../../../main/providers/times.ts';
import { schemaFaults } from './json-schema-check.ts';

const docs = path.resolve(import.meta.dirname, '../../../docs');
const text = await readFile(path.join(docs, 'provider-format.md'), 'utf8');
const [, annotated = ''] = /```jsonc\n([\s\S]*?)```/.exec(text) ?? [];
const example = JSON.parse(annotated.replace(/(^| {2,})\/\/ .*$/gm, ''));

test('the example in the documentation is a definition that loads, and shows how a key is used', () => {
  const loaded = loadDefinition(example);
  expect(loaded).toMatchObject({ ok: true, value: { id: 'example' } });
  if (!loaded.ok) return;
  const connection = {
    settings: { region: 'eu' },
    environment: 'live',
    origin: 'https://api.eu.example.com',
  } as const;
  expect(usageSnippets(loaded.value, connection, {})).toHaveLength(3);
});

test('the example names the schema that lies beside the page, and is as that says', async () => {
  const schema = JSON.parse(await readFile(path.join(docs, example.$schema), 'utf8'));
  expect(schemaFaults(schema, example)).toEqual([]);
});

test('the documentation names every way to write a time', () => {
  for (const format of [...timeFormatSchema.options, ...expiryFormatSchema.options]) {
    expect(text).toContain(`\`${format}\``);
  }
});
