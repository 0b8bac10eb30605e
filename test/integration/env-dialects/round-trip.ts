import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv, printEnv, setVariable } from '../../../main/env-files/document.ts';
import { type Encoded, encodeValue } from '../../../main/env-files/encode.ts';
import { planWrite } from '../../../main/env-files/plan-edit.ts';
import { readers } from '../../../main/env-files/readers.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { Dialect } from '../../../shared/domain/env-file.ts';
import { type Layout, layouts } from './layouts.ts';
import type { Answer, RealReader } from './readers/real-reader.ts';

/** A value that the rule writes for a dialect, and how. */
export interface Case {
  readonly value: string;
  readonly encoded: Encoded;
}

/** A value that a reader read as something else than what was written, or a variable beside it that it did. */
export interface Mismatch {
  readonly value: string;
  readonly written: string;
  readonly layout: string;
  readonly read: string;
}

const VALUES_PER_FILE = 60;
const SHOWN = 8;

/** The values that the rule writes for this dialect; the others it refuses. */
export function casesFor(values: readonly string[], dialect: Dialect): Case[] {
  return values.flatMap((value) => {
    const encoded = encodeValue(value, dialect);
    return encoded.ok ? [{ value, encoded: encoded.value }] : [];
  });
}

/** Whether the rule names this reader among those that read a value differently. */
export function isNamed(reader: RealReader, named: readonly string[]): boolean {
  return named.includes(nameOf(reader));
}

const nameOf = ({ name }: RealReader) => (name === 'dotenv' ? 'dotenv' : readers[name]);

/** The layouts that the rule says nothing against for this reader. */
export function layoutsFor(reader: RealReader, dialect: Dialect): Layout[] {
  return layouts.filter((layout) => {
    const before = parseEnv(Buffer.from(layout.text(['KEY'])));
    const assignments = [{ variable: 'KEY', value: new Secret('plain') }];
    const plan = planWrite('.env', before, assignments, dialect);
    return plan.ok && !isNamed(reader, plan.value.readDifferentlyBy);
  });
}

/**
 * Writes the values into generated files, reads these with the reader, and answers what came back differently, one by
 * one: where a file with many values comes back wrong, each is written into a file of its own and read again.
 */
export async function roundTrip(
  reader: RealReader,
  cases: readonly Case[],
  dialect: Dialect,
  folder: string,
): Promise<Mismatch[]> {
  const possible = layoutsFor(reader, dialect);
  const files: File[] = [];
  for (let from = 0; from < cases.length; from += VALUES_PER_FILE) {
    const layout = possible[(from / VALUES_PER_FILE) % possible.length];
    if (layout === undefined) throw new Error(`${reader.title} is named for every layout`);
    files.push(
      makeFile(cases.slice(from, from + VALUES_PER_FILE), layout, path.join(folder, `many-${from}`)),
    );
  }
  const wrong = wrongOnes(files, await reader.read(files.map(({ file }) => file)));
  const suspects = wrong
    .slice(0, SHOWN * 4)
    .map(({ suspect, layout }, index) => makeFile([suspect], layout, path.join(folder, `one-${index}`)));
  const alone = wrongOnes(suspects, await reader.read(suspects.map(({ file }) => file)));
  // What is wrong only among others is still wrong.
  return (alone.length > 0 ? alone : wrong).slice(0, SHOWN).map(({ suspect, layout, read }) => ({
    value: suspect.value,
    written: suspect.encoded.written,
    layout: layout.title,
    read,
  }));
}

interface File {
  readonly file: string;
  readonly layout: Layout;
  readonly cases: ReadonlyMap<string, Case>;
}

function makeFile(cases: readonly Case[], layout: Layout, folder: string): File {
  const named = new Map(cases.map((one, index) => [`KEY_${index}`, one]));
  let document = parseEnv(Buffer.from(layout.text([...named.keys()])));
  for (const [name, { encoded }] of named) document = setVariable(document, name, encoded.written);
  // Vite and Next.js look for `.env` in a folder.
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, '.env');
  writeFileSync(file, printEnv(document));
  return { file, layout, cases: named };
}

interface Wrong {
  readonly suspect: Case;
  readonly layout: Layout;
  readonly read: string;
}

function wrongOnes(files: readonly File[], answers: readonly Answer[]): Wrong[] {
  return files.flatMap(({ cases, layout }, index) => {
    const answer = answers[index] ?? { error: 'no answer' };
    return [...cases].flatMap(([name, suspect]) => {
      const read = whatIsWrong(answer, name, suspect.value, layout);
      return read === undefined ? [] : [{ suspect, layout, read }];
    });
  });
}

function whatIsWrong(answer: Answer, name: string, value: string, layout: Layout): string | undefined {
  if ('error' in answer) return answer.error;
  const { values } = answer;
  const before = `BEFORE_${name}`;
  if (values[name] !== value) return JSON.stringify(values[name]) ?? 'nothing';
  const hasNeighbour = layout.text([name]).includes(before);
  if (hasNeighbour && values[before] !== `before-${name}`) return `${before} is ${values[before]}`;
  const strangers = Object.keys(values).filter((found) => !/^(BEFORE_)?KEY_\d+$|^LAST$/.test(found));
  return strangers.length === 0 ? undefined : `there is also ${strangers.join(', ')}`;
}
