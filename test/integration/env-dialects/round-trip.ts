import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Encoded, encodeValue } from '../../../main/env-files/encode.ts';
import { readers } from '../../../main/env-files/readers.ts';
import type { Dialect } from '../../../shared/domain/env-file.ts';
import { type Layout, layouts } from './layouts.ts';
import { planAsTheAppDoes } from './plan-as-the-app-does.ts';
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

const VALUES_PER_FILE = 120;
const ALONE = 12;
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
    const before = Buffer.from(layout.text(['KEY']));
    const plan = planAsTheAppDoes(before, new Map([['KEY', 'plain']]), dialect);
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
  if (possible.length === 0) throw new Error(`${reader.title} is named for every layout`);
  const round = { reader, dialect, folder };
  // Some lines can't stand below a quoted value that ends in a backslash; the plan refuses these files.
  const [single, many] = [cases.filter(endsInBackslash), cases.filter((one) => !endsInBackslash(one))];
  const groups = [...inGroups(many), ...single.slice(0, ALONE).map((one) => [one])];
  const wrong = await wrongOnes(round, groups, (index) => possible[index % possible.length]);
  const suspects = wrong.slice(0, SHOWN * 4);
  const alone = await wrongOnes(
    round,
    suspects.map(({ suspect }) => [suspect]),
    (index) => suspects[index]?.layout,
  );
  // What is wrong only among others is still wrong.
  return (alone.length > 0 ? alone : wrong).slice(0, SHOWN).map(({ suspect, layout, read }) => ({
    value: suspect.value,
    written: suspect.encoded.written,
    layout: layout.title,
    read,
  }));
}

const endsInBackslash = ({ value }: Case) => value.endsWith('\\');

function inGroups(cases: readonly Case[]): Case[][] {
  const count = Math.ceil(cases.length / VALUES_PER_FILE);
  return Array.from({ length: count }, (_, index) =>
    cases.slice(index * VALUES_PER_FILE, (index + 1) * VALUES_PER_FILE),
  );
}

interface Round {
  readonly reader: RealReader;
  readonly dialect: Dialect;
  readonly folder: string;
}

interface Wrong {
  readonly suspect: Case;
  readonly layout: Layout;
  readonly read: string;
}

interface WrittenFile {
  readonly layout: Layout;
  readonly cases: ReadonlyMap<string, Case>;
  readonly before: string;
  readonly after: string;
}

/** Writes each group into a file and compares what the reader makes of it, before and after. */
async function wrongOnes(
  { reader, dialect, folder }: Round,
  groups: readonly (readonly Case[])[],
  layoutOf: (group: number) => Layout | undefined,
): Promise<Wrong[]> {
  const files = groups.flatMap((group, index): WrittenFile[] => {
    const layout = layoutOf(index);
    if (layout === undefined) return [];
    const cases = new Map(group.map((one, number) => [`KEY_${number}`, one]));
    const before = Buffer.from(layout.text([...cases.keys()]));
    const values = new Map([...cases].map(([name, { value }]) => [name, value]));
    const plan = planAsTheAppDoes(before, values, dialect);
    if (!plan.ok)
      throw new Error(`Not written into "${layout.title}": ${JSON.stringify([plan.error, ...group])}`);
    const own = path.join(folder, `${groups.length}-${index}`);
    return [
      {
        layout,
        cases,
        before: write(`${own}-before`, before),
        after: write(own, plan.value.bytes),
      },
    ];
  });
  // How a reader takes the neighbours depends on the layout alone.
  const firsts = new Map(files.map(({ layout, before }) => [layout, before]).reverse() as [Layout, string][]);
  const answers = await reader.read([...firsts.values(), ...files.map(({ after }) => after)]);
  const neighbours = new Map([...firsts.keys()].map((layout, index) => [layout, valuesIn(answers[index])]));
  return files.flatMap(({ cases, layout }, index) => {
    const answer = answers[firsts.size + index] ?? { error: 'no answer' };
    return [...cases].flatMap(([name, suspect]) => {
      const read = whatIsWrong(answer, name, suspect.value, neighbours.get(layout) ?? {});
      return read === undefined ? [] : [{ suspect, layout, read }];
    });
  });
}

/** Vite and Next.js look for `.env` in a folder. */
function write(folder: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, '.env');
  writeFileSync(file, bytes);
  return file;
}

function valuesIn(answer: Answer | undefined): Readonly<Record<string, string>> {
  return answer !== undefined && 'values' in answer ? answer.values : {};
}

function whatIsWrong(
  answer: Answer,
  name: string,
  value: string,
  neighbours: Readonly<Record<string, string>>,
): string | undefined {
  if ('error' in answer) return answer.error;
  const { values } = answer;
  if (values[name] !== value) return JSON.stringify(values[name]) ?? 'nothing';
  const beside = [`BEFORE_${name}`, 'LAST'].find((other) => values[other] !== neighbours[other]);
  if (beside !== undefined) return `${beside} is ${values[beside]}`;
  const stranger = Object.keys(values).find(
    (found) => !/^(BEFORE_)?KEY_\d+$|^LAST$/.test(found) && !Object.hasOwn(neighbours, found),
  );
  return stranger === undefined ? undefined : `there is also ${stranger}`;
}
