import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadDefinition } from '../../../main/providers/load-definition.ts';
import { expiryFormatSchema, timeFormatSchema } from '../../../main/providers/times.ts';

const page = path.resolve(import.meta.dirname, '../../../docs/provider-format.md');

test('the example in the documentation is a definition that loads', async () => {
  const text = await readFile(page, 'utf8');
  const [, example = ''] = /```jsonc\n([\s\S]*?)```/.exec(text) ?? [];
  const json = example.replace(/(^| {2,})\/\/ .*$/gm, '');
  expect(loadDefinition(JSON.parse(json))).toMatchObject({ ok: true, value: { id: 'example' } });
});

test('the documentation names every way to write a time', async () => {
  const text = await readFile(page, 'utf8');
  for (const format of [...timeFormatSchema.options, ...expiryFormatSchema.options]) {
    expect(text).toContain(`\`${format}\``);
  }
});
