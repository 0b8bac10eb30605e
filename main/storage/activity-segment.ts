import { z } from 'zod';
import { type ActivityEntry, activityEntrySchema } from '../../shared/domain/activity.ts';
import { parseJsonLines } from './json-lines.ts';

/** One file of the activity. */
export interface Segment {
  /** As they were added. */
  readonly entries: readonly ActivityEntry[];
  /** The latest instant in the files before this one; null when there was none or it is not known. */
  readonly earlierUntil: number | null;
  /** Whether the last line has no end. */
  readonly open: boolean;
}

const headSchema = z.object({ version: z.literal(1), earlierUntil: z.number().int().nullable() });
const lineSchema = z.union([activityEntrySchema, headSchema]);

/** The line that a file begins with. It tells a reader when the files before have nothing that it still needs. */
export function startOfSegment(earlierUntil: number | null): string {
  return `${JSON.stringify({ version: 1, earlierUntil })}\n`;
}

/** Reads a file; lines that cannot be read are passed over and stay in the file. */
export function parseSegment(text: string): Segment {
  const lines = parseJsonLines(text, lineSchema);
  const entries: ActivityEntry[] = [];
  let earlierUntil: number | null = null;
  for (const line of lines.values) {
    if ('event' in line) entries.push(line);
    else earlierUntil = line.earlierUntil;
  }
  return { entries, earlierUntil, open: lines.open };
}

/** What the file with that number is called. */
export function segmentName(number: number): string {
  return `activity-${String(number).padStart(6, '0')}.jsonl`;
}

/** The numbers of the files among the names, oldest first. */
export function fileNumbers(names: readonly string[]): number[] {
  return names
    .flatMap((name) => /^activity-(\d{6,})\.jsonl$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
