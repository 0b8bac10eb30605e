import { mkdir, readFile, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../shared/domain/failure.ts';
import type { WorkId } from '../../shared/domain/ids.ts';
import { isUnfinished, type Work, workSchema } from '../../shared/domain/work.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import { createLine } from '../turns.ts';
import { appendDurably } from './append-file.ts';
import { removeLeftOvers, writeDurably } from './durable-file.ts';
import type { Journal } from './journal.ts';
import { parseJsonLines } from './json-lines.ts';
import { readabilityOf } from './readable.ts';
import type { SetAside } from './records.ts';
import { moveAside, setAside } from './set-aside.ts';
import { storageFailed } from './storage-failure.ts';

/** A journal in a file, with what was found damaged when it was opened. */
export type FileJournal = Journal & { readonly setAside: readonly SetAside[] };

/** The first line of every journal: a file without any line is one that was emptied. */
const head = `${JSON.stringify({ version: 1 })}\n`;
const lineSchema = z.union([workSchema, z.object({ version: z.literal(1) })]);

/**
 * Opens the journal in the file, one line of JSON for every state that a piece of work was in; the last line about a
 * work is how it stands. A line that a crash cut short never was: it is kept aside and not reported. A broken line
 * elsewhere is damage: the whole file is kept aside and reported, the other lines count. A file that was emptied, or
 * that cannot be opened as one, is set aside and reported too, and a new journal begins.
 */
export async function openJournal({
  file,
  compactAtBytes = 262_144,
  now = Date.now,
}: {
  readonly file: string;
  /** From this size on, lines that no longer count are dropped, as they are whenever all work is finished. */
  readonly compactAtBytes?: number;
  readonly now?: () => number;
}): Promise<Result<FileJournal, Failure<'storage-failed'>>> {
  const works = new Map<WorkId, Work>();
  /** How many bytes the last line of each unfinished work has, and all of them together: what a compact file holds. */
  const lineBytes = new Map<WorkId, number>();
  let neededBytes = 0;
  const found: SetAside[] = [];
  const inLine = createLine();
  let size = 0;

  const hold = (work: Work): void => {
    works.set(work.id, work);
    neededBytes -= lineBytes.get(work.id) ?? 0;
    lineBytes.delete(work.id);
    if (!isUnfinished(work)) return;
    lineBytes.set(work.id, Buffer.byteLength(lineOf(work)));
    neededBytes += lineBytes.get(work.id) ?? 0;
  };

  const unfinished = (): Work[] => [...works.values()].filter(isUnfinished);

  const compact = async (): Promise<void> => {
    const left = unfinished();
    const text = head + left.map(lineOf).join('');
    await writeDurably(file, text, 0o600);
    size = Buffer.byteLength(text);
    works.clear();
    for (const work of left) works.set(work.id, work);
  };

  const isWorthCompacting = (): boolean => {
    if (lineBytes.size === 0) return size > head.length;
    return size > compactAtBytes && size > 2 * neededBytes;
  };

  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await removeLeftOvers(file);
    const readability = await readabilityOf(file);
    if (readability === 'shut') found.push(await moveAside(file, now()));
    const bytes = readability === 'file' ? await readFile(file) : null;
    const lines = parseJsonLines(bytes?.toString('utf8') ?? '', lineSchema);
    for (const line of lines.values) if ('id' in line) hold(line);
    size = bytes?.length ?? 0;
    const keep = (reason: SetAside['reason']) =>
      setAside(dirname(file), basename(file), bytes ?? '', reason, now());
    if (lines.torn !== null) await keep('cut-short');
    if (lines.broken.length > 0 || bytes?.length === 0) found.push(await keep('unreadable'));
    if (size === 0 || lines.open || lines.broken.length > 0 || isWorthCompacting()) await compact();
  } catch (error) {
    return fail(storageFailed(file, error));
  }

  return ok({
    setAside: found,
    unfinished,
    write: (work) =>
      inLine(async () => {
        const parsed = workSchema.parse(work);
        try {
          if (parsed.state.step === 'creating' && !works.has(parsed.id)) await expectRoom(dirname(file));
          size = await appendDurably(file, lineOf(parsed));
        } catch (error) {
          return fail(storageFailed(file, error));
        }
        hold(parsed);
        // The work is on disk already; a file that could not be made smaller now is tried again at the next write.
        if (isWorthCompacting()) await compact().catch(() => undefined);
        return done;
      }),
  });
}

/** What a key takes on the disk until it is stored, recorded and delivered, and far more than that. */
const roomBytes = 262_144;

/**
 * Throws where the disk is full. A line may still fit into what the file has, and the key that is made then could not be
 * kept; so the work is refused before it begins. A file system that does not say how full it is is taken at its word later.
 */
async function expectRoom(folder: string): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(folder);
  if (blocks > 0 && bavail * bsize < roomBytes)
    throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
}

function lineOf(work: Work): string {
  return `${JSON.stringify(work)}\n`;
}
