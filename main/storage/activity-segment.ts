import { z } from 'zod';
import { type ActivityEntry, activityEntrySchema } from '../../shared/domain/activity.ts';
import { type JsonLines, parseJsonLines } from './json-lines.ts';

/** One file of the activity. */
export interface Segment {
  /** As they were added. */
  readonly entries: readonly ActivityEntry[];
  /** The latest instant in the files before this one; null when there was none or it is not known. */
  readonly earlierUntil: number | null;
  /** The text of all lines that could be read, each with its end. */
  readonly sound: string;
  /** How lines that could not be read came to be; null where there are none. */
  readonly damage: 'unreadable' | 'cut-short' | null;
  /** Whether the last line has no end. */
  readonly open: boolean;
}

const headSchema = z.object({ version: z.literal(1), earlierUntil: z.number().int().nullable() });
const lineSchema = z.union([activityEntrySchema, headSchema]);

/** The line that a file begins with. It tells a reader when the files before have nothing that it still needs. */
export function startOfSegment(earlierUntil: number | null): string {
  return `${JSON.stringify({ version: 1, earlierUntil })}\n`;
}

/** Reads a file; lines that cannot be read are passed over. */
export function parseSegment(text: string): Segment {
  const lines = parseJsonLines(text, lineSchema);
  const entries: ActivityEntry[] = [];
  let earlierUntil: number | null = null;
  for (const line of lines.values) {
    if ('event' in line) entries.push(line);
    else earlierUntil = line.earlierUntil;
  }
  const sound = lines.values.map((line) => `${JSON.stringify(line)}\n`).join('');
  return { entries, earlierUntil, sound, damage: damageOf(text, lines), open: lines.open };
}

/** A file is never without any line, because it is made with its first one. */
function damageOf(text: string, lines: JsonLines<unknown>): Segment['damage'] {
  if (text === '' || lines.broken.length > 0) return 'unreadable';
  return lines.torn === null ? null : 'cut-short';
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
