import { mkdirSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseEnv, printEnv, removeVariable, valuesOf } from '../../../main/env-files/document.ts';
import { awkwardFiles } from './awkward-files.ts';
import { planAsTheAppDoes } from './plan-as-the-app-does.ts';
import { findReaders } from './readers/all.ts';
import type { Answer } from './readers/real-reader.ts';
import { isNamed } from './round-trip.ts';

const NAME = 'API_KEY';
const VALUES = ['sk-proj-Ab3_x9.Z-1', 'p#1 & "x"', "it's 1"];

const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-awkward-'));
afterAll(() => fs.rm(folder, { recursive: true }));

const written = new Map<string, string>();

/** A file with this content; the same content is one file. */
function fileWith(bytes: Uint8Array): string {
  const content = Buffer.from(bytes).toString('latin1');
  const file = written.get(content) ?? path.join(folder, String(written.size), '.env');
  if (!written.has(content)) {
    mkdirSync(path.dirname(file));
    writeFileSync(file, bytes);
    written.set(content, file);
  }
  return file;
}

/** A file of somebody, as it is, without our variable, and with each value written into it. */
interface Awkward {
  readonly title: string;
  /** What stands in it besides our variable, as dotenv reads it. */
  readonly others: ReadonlyMap<string, string>;
  readonly before: string;
  readonly without: string;
  readonly edits: readonly {
    readonly value: string;
    readonly after: string;
    readonly named: readonly string[];
  }[];
}

const files = Object.entries(awkwardFiles).map(([title, text]): Awkward => {
  const document = parseEnv(Buffer.from(text));
  const without = removeVariable(document, NAME);
  const edits = VALUES.flatMap((value) => {
    const plan = planAsTheAppDoes(printEnv(document), new Map([[NAME, value]]), 'any');
    if (!plan.ok) return [];
    const after = fileWith(plan.value.bytes);
    return [{ value, after, named: plan.value.readDifferentlyBy }];
  });
  return {
    title,
    others: valuesOf(without),
    before: fileWith(printEnv(document)),
    without: fileWith(printEnv(without)),
    edits,
  };
});

const { found } = findReaders();

describe('Whatever file a key is written into', () => {
  it('nearly all files are written, the others are refused', () => {
    const all = files.flatMap(({ edits }) => edits);
    expect(all.length).toBeGreaterThan(files.length * VALUES.length * 0.9);
  });

  it.each(found)(
    '$title reads the key or is named, and loses nothing',
    { timeout: 120_000 },
    async (reader) => {
      const all = [...written.values()];
      const answers = await reader.read(all);
      const read = new Map(all.map((file, index) => [file, valuesIn(answers[index])]));
      const wrong = files.flatMap(({ title, others, before, without, edits }) =>
        edits.flatMap(({ value, after, named }) => {
          const seen = { before: read.get(before), without: read.get(without), after: read.get(after) };
          const mustRead = !isNamed(reader, named) && takes(seen.without, others);
          const loss = mustRead ? keyMissed(seen.after, value) : undefined;
          const outcome = loss ?? otherLost(seen.before, seen.after, others);
          return outcome === undefined ? [] : [`${title}: ${outcome}`];
        }),
      );
      expect(wrong).toEqual([]);
    },
  );
});

type Values = Readonly<Record<string, string>> | undefined;

function valuesIn(answer: Answer | undefined): Values {
  return answer !== undefined && 'values' in answer ? answer.values : undefined;
}

/** Whether the reader takes the file for what it is meant to be; who reads its other lines differently has no use for it. */
function takes(values: Values, others: ReadonlyMap<string, string>): boolean {
  if (values === undefined) return false;
  const isAlike = [...others].every(([name, value]) => values[name] === value);
  return isAlike && Object.keys(values).every((name) => others.has(name));
}

function keyMissed(values: Values, value: string): string | undefined {
  return values?.[NAME] === value ? undefined : `the key is ${JSON.stringify(values?.[NAME])}`;
}

/** What was read rightly before, and what the reader never saw, must be so afterwards. */
function otherLost(before: Values, after: Values, others: ReadonlyMap<string, string>): string | undefined {
  if (before === undefined) return undefined;
  const lost = [...others].find(([name, value]) => before[name] === value && !isSame(after?.[name], value));
  if (lost !== undefined) return `${lost[0]} is ${JSON.stringify(after?.[lost[0]])}`;
  const stranger = Object.keys(after ?? {}).find(
    (name) => /^\w+$/.test(name) && name !== NAME && !Object.hasOwn(before, name) && !others.has(name),
  );
  return stranger === undefined ? undefined : `there is also ${stranger}`;
}

/** Shells take the CR of a CRLF line end for a part of the value, also where a last line gets the line end it lacked. */
function isSame(read: string | undefined, value: string): boolean {
  return read === value || read === `${value}\r`;
}
