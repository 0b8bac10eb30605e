import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Editor, keyturn, otherEditors } from './env-editors/editors.ts';
import { harmDone } from './env-editors/judge.ts';
import { tenFiles } from './env-editors/ten-files.ts';

/** `node tools/compare-env-editors.ts`: writes docs/env-file-editors.md from a run of every tool over the ten files. */
const DOCUMENT = path.resolve(import.meta.dirname, '../docs/env-file-editors.md');

async function column(editor: Editor): Promise<string[]> {
  const cells: string[] = [];
  for (const sample of tenFiles) cells.push((await harmDone(editor, sample)).join('; ') || 'as asked');
  return cells;
}

async function table(editors: readonly Editor[]): Promise<string> {
  const columns = await Promise.all(editors.map(column));
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['the file', ...editors.map(({ title }) => title)]),
    row(['---', ...editors.map(() => '---')]),
    ...tenFiles.map(({ title }, index) => row([title, ...columns.map((cells) => cells[index] ?? '')])),
  ].join('\n');
}

function document(others: readonly Editor[], tables: readonly string[]): string {
  return `# What tools do to \`.env\` files

Ten files as they are found in projects. In each, \`API_KEY\` is set by Keyturn and by other tools, each in the way that its
own documentation shows. A cell says what changed besides the value of \`API_KEY\`, and who then reads another value than the
one that was set: dotenv, Node.js and bash are asked. "As asked" means: nothing else changed, and all three read the value.

${tables.join('\n\n')}

Versions: ${versionsOf(others)}.

- \`dotenvx set\` encrypts unless it is told not to. That is its purpose, and the reason why other readers don't see the value.
- update-dotenv and envfile write the whole file anew from what they parsed; edit-dotenv changes lines by a pattern;
  python-dotenv writes the line anew, into a new file.
- Shells take the CR of a CRLF line end for a part of the value, whoever writes the file. Keyturn keeps the line ends and says so.

Written by \`node tools/compare-env-editors.ts\`. A test holds Keyturn's column to what Keyturn does.
`;
}

function versionsOf(others: readonly Editor[]): string {
  return [...new Set(others.map(({ name, version }) => `${name} ${version}`))].join(', ');
}

const others = otherEditors();
const half = Math.ceil(others.length / 2);
const tables = [
  await table([keyturn, ...others.slice(0, half)]),
  await table([keyturn, ...others.slice(half)]),
];
writeFileSync(DOCUMENT, document(others, tables));
