import type { z } from 'zod';

/** The lines of an append-only file, parsed. Broken lines were damaged; a torn end is what a cut-off write left. */
export interface JsonLines<T> {
  readonly values: readonly T[];
  readonly broken: readonly string[];
  /** Whether the last line has no end of line. It is among the values when it is whole all the same. */
  readonly open: boolean;
  /** The last line when it has no end of line and cannot be read; null otherwise. */
  readonly torn: string | null;
}

/** Reads the text of a file that has one JSON value on each line. */
export function parseJsonLines<T>(text: string, schema: z.ZodType<T>): JsonLines<T> {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const values: T[] = [];
  const broken: string[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const value = parseLine(line, schema);
    if (value === null) broken.push(line);
    else values.push(value);
  }
  if (last === '') return { values, broken, open: false, torn: null };
  const value = parseLine(last, schema);
  if (value === null) return { values, broken, open: true, torn: last };
  return { values: [...values, value], broken, open: true, torn: null };
}

function parseLine<T>(line: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
