import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialectSchema } from '../../../shared/domain/env-file.ts';
import { seed } from '../../support/seed.ts';
import { findReaders } from './readers/all.ts';
import { casesFor, isNamed, roundTrip } from './round-trip.ts';
import { generateValues } from './values.ts';

/** More values, or other ones: `KEYTURN_DIALECT_VALUES=50000 KEYTURN_SEED=7 vitest run dialects`. */
const COUNT = Number(process.env.KEYTURN_DIALECT_VALUES ?? 4_000);

const values = generateValues(COUNT, seed);
const { found, missing } = findReaders();
process.stdout.write(
  `${found.length} readers of .env files: ${found.map(({ title }) => title).join(', ')}\n` +
    `Not to be had here: ${missing.join(', ')}\n`,
);

let folder: string;
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-dialects-'));
});
afterAll(() => fs.rm(folder, { recursive: true }));

describe('A value written for any reader is read back by all that are not named', () => {
  const cases = casesFor(values, 'any');

  it('and most values are written', () => {
    expect(cases.length).toBeGreaterThan(values.length * 0.75);
  });

  it.each(found)('$title', { timeout: 300_000 }, async (reader) => {
    const own = cases.filter(({ encoded }) => !isNamed(reader, encoded.readDifferentlyBy));
    // Those that keep quotes read bare values only: the shapes that keys have.
    expect(own.length).toBeGreaterThan(values.length / 5);
    const mine = path.join(folder, `any-${found.indexOf(reader)}`);
    expect(await roundTrip(reader, own, 'any', mine)).toEqual([]);
  });
});

describe('A value written for one reader is read back by it', () => {
  const pairs = dialectSchema.options.flatMap((dialect) =>
    found
      .filter(({ dialects }) => dialects.includes(dialect))
      .map((reader) => ({ dialect, title: reader.title, reader })),
  );

  it.each(pairs)('$dialect: $title', { timeout: 300_000 }, async ({ dialect, reader }) => {
    const cases = casesFor(values, dialect);
    expect(cases.flatMap(({ encoded }) => encoded.readDifferentlyBy)).toEqual([]);
    expect(cases.length).toBeGreaterThan(values.length / 5);
    const mine = path.join(folder, `${dialect}-${found.indexOf(reader)}`);
    expect(await roundTrip(reader, cases, dialect, mine)).toEqual([]);
  });
});

describe.runIf(process.getuid?.() === 0 && existsSync('/etc/debian_version'))('On Debian as root', () => {
  it('at least twelve kinds of readers are asked', () => {
    const kinds = new Set(found.map(({ name }) => name));
    expect(kinds.size).toBeGreaterThanOrEqual(12);
  });
});
