import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyturn } from '../../../tools/env-editors/editors.ts';
import { harmDone } from '../../../tools/env-editors/judge.ts';
import { tenFiles } from '../../../tools/env-editors/ten-files.ts';

const DOCUMENT = path.resolve(import.meta.dirname, '../../../docs/env-file-editors.md');

describe('What docs/env-file-editors.md says of Keyturn is what Keyturn does', () => {
  const rows = readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| /, '')));

  it.each(tenFiles)('$title', async (sample) => {
    const harm = await harmDone(keyturn, sample);
    const said = rows.filter(([title]) => title === sample.title).map(([, cell]) => cell);
    expect(said.length).toBeGreaterThan(0);
    expect(new Set(said)).toEqual(new Set([harm.join('; ') || 'as asked']));
  });
});
