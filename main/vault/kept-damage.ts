import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActivityEntry, activityEntrySchema } from '../../shared/domain/activity.ts';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { PutBack, SetAsideKind, SetAsideView } from '../../shared/domain/vault.ts';
import { type Work, workSchema } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Works } from '../keys/works.ts';
import { parseSegment } from '../storage/activity-segment.ts';
import type { AsideReader, AsideRecords } from '../storage/aside-records.ts';
import type { FileActivity } from '../storage/file-activity.ts';
import type { Journal } from '../storage/journal.ts';
import { parseJsonLines } from '../storage/json-lines.ts';
import { readabilityOf } from '../storage/readable.ts';
import type { RecordSet, Records } from '../storage/records.ts';
import { type AsideName, listSetAside, setAsideFolder } from '../storage/set-aside.ts';
import { type SettingsStore, settingsIn } from '../storage/settings.ts';
import { storageFailed } from '../storage/storage-failure.ts';
import { createLine } from '../turns.ts';
import { asideKind } from './aside-kind.ts';
import { settleLostWork } from './lost-work.ts';
import { mayGoOn } from './put-back-work.ts';

/** What was damaged and kept, and the way back for what can still be read of it. */
export interface KeptDamage {
  /** Newest first. */
  list(): Promise<Result<SetAsideView[], Failure<'storage-failed'>>>;
  /** Adds what is missing now; replaces nothing, and leaves the file where it is. */
  putBack(
    file: string,
  ): Promise<Result<PutBack, Failure<'storage-failed' | 'file-gone' | 'file-unreadable'>>>;
}

export interface KeptDamagePorts {
  readonly dataFolder: string;
  readonly reader: AsideReader;
  readonly records: Records;
  readonly journal: Journal;
  readonly works: Pick<Works, 'get' | 'ofKey'>;
  readonly activity: FileActivity;
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly defaults: Settings;
}

/** What a file still holds: how much of it can be read, what of that is missing, and the way to add that. */
interface Contents {
  readonly readable: number;
  readonly missing: number;
  readonly broken: number;
  add(): Promise<Result<void, Failure<'storage-failed'>>>;
}

interface Kept extends AsideName {
  readonly folder: string;
  readonly kind: SetAsideKind;
}

/** The kept damage of the vault in `dataFolder`, read anew at every call. */
export function createKeptDamage(ports: KeptDamagePorts): KeptDamage {
  const folders = ['records', '', 'activity'].map((name) => join(ports.dataFolder, name));
  const inLine = createLine();

  async function find(): Promise<Kept[]> {
    const found = await Promise.all(
      folders.map(async (folder) =>
        (await listSetAside(folder)).flatMap((name): Kept[] => {
          const kind = asideKind(name.was);
          return kind === null ? [] : [{ ...name, kind, folder: setAsideFolder(folder) }];
        }),
      ),
    );
    return found.flat().sort((a, b) => b.at - a.at);
  }

  const show = async (kept: Kept): Promise<SetAsideView> => {
    const { file, folder, kind, reason, at } = kept;
    const contents = await contentsOf(kept);
    return {
      file,
      folder,
      kind,
      reason,
      at,
      readable: contents?.readable ?? null,
      missing: contents?.missing ?? 0,
    };
  };

  /** Null where the file cannot be opened as one. */
  async function contentsOf(kept: Kept): Promise<Contents | null> {
    const path = join(kept.folder, kept.file);
    if ((await readabilityOf(path)) !== 'file') return null;
    return readContents(ports, kept, await readFile(path, 'utf8'));
  }

  return {
    async list() {
      try {
        return ok(await Promise.all((await find()).map(show)));
      } catch (error) {
        return fail(storageFailed('set-aside', error));
      }
    },
    putBack: (file) =>
      inLine(async () => {
        try {
          const kept = (await find()).find((each) => each.file === file);
          if (kept === undefined) return fail(failure('file-gone', { file }));
          const contents = await contentsOf(kept);
          if (contents === null)
            return fail(failure('file-unreadable', { file, reason: 'it cannot be opened' }));
          const { missing, broken } = contents;
          const added = await contents.add();
          if (!added.ok) return added;
          return ok({
            cameBack: missing,
            couldNot: broken,
            atNextOpening: kept.kind === 'journal' && missing > 0,
          });
        } catch (error) {
          return fail(storageFailed(file, error));
        }
      }),
  };
}

async function readContents(ports: KeptDamagePorts, { kind, was }: Kept, text: string): Promise<Contents> {
  const { reader, records } = ports;
  switch (kind) {
    case 'keys':
      return recordContents(ports, records.keys, reader.keys(was, text));
    case 'connections':
      return recordContents(ports, records.connections, reader.connections(was, text));
    case 'definitions':
      return recordContents(ports, records.definitions, reader.definitions(was, text));
    case 'journal':
      return journalContents(ports, text);
    case 'activity':
      return activityContents(ports, text);
    case 'settings':
      return settingsContents(ports, text);
    case 'vault':
    case 'restore':
      // Nothing of it is missing: it was written again, or belongs to a restore that is made again from its backup.
      return { readable: 0, missing: 0, broken: 0, add: nothingToAdd };
  }
}

const nothingToAdd = async (): Promise<Result<void, never>> => ok(undefined);

function recordContents<Id extends string, R extends { readonly id: Id }>(
  { records, works }: KeptDamagePorts,
  set: RecordSet<Id, R>,
  { records: read, broken }: AsideRecords<R>,
): Contents {
  const missing = read.filter(({ id }) => set.get(id) === undefined);
  return {
    readable: read.length,
    missing: missing.length,
    broken,
    async add() {
      const added = await set.putAll(missing);
      if (added.ok) await settleLostWork(records, (id) => works.ofKey(id) !== undefined);
      return added;
    },
  };
}

async function journalContents(ports: KeptDamagePorts, text: string): Promise<Contents> {
  const { records, works, journal, activity } = ports;
  const lines = parseJsonLines(text, workSchema);
  const last = new Map<string, Work>(lines.values.map((work) => [work.id, work]));
  const missing: Work[] = [];
  const known = new Set(journal.unfinished().map(({ id }) => id));
  for (const work of last.values()) {
    const given = { records, works, ofKey: activity.ofKey };
    if (!known.has(work.id) && (await mayGoOn(work, given))) missing.push(work);
  }
  const heads = text.startsWith('{"version":') ? 1 : 0;
  return {
    readable: last.size,
    missing: missing.length,
    broken: lines.broken.length - heads + (lines.torn === null ? 0 : 1),
    async add() {
      for (const work of missing) {
        const written = await journal.write(work);
        if (!written.ok) return written;
      }
      return ok(undefined);
    },
  };
}

async function activityContents({ activity }: KeptDamagePorts, text: string): Promise<Contents> {
  const segment = parseSegment(text);
  const present = new Set<string>();
  const oldest = segment.entries.reduce((min, { at }) => Math.min(min, at), Infinity);
  for (let before: number | null = null; segment.entries.length > 0; ) {
    const page = await activity.page(before, pageSize);
    for (const entry of page.entries) present.add(identity(entry));
    const last = page.entries.at(-1);
    if (!page.more || last === undefined || last.at < oldest) break;
    before = last.at;
  }
  const missing = segment.entries.filter((entry) => !present.has(identity(entry)));
  const shown = text.split('\n').filter((line) => line !== '').length;
  return {
    readable: segment.entries.length,
    missing: missing.length,
    broken: Math.max(0, shown - segment.sound.split('\n').length + 1),
    add: () => activity.addAll(missing),
  };
}

const pageSize = 500;

/** Two entries that say the same are one. */
const identity = (entry: ActivityEntry): string => JSON.stringify(activityEntrySchema.parse(entry));

async function settingsContents({ settings, defaults }: KeptDamagePorts, text: string): Promise<Contents> {
  const read = settingsIn(text);
  if (read === null) return { readable: 0, missing: 0, broken: 1, add: nothingToAdd };
  const now = settings.get();
  // What has been set since stays; what is as it comes was not.
  const missing = Object.entries(read).filter(
    ([name, value]) =>
      now[name as keyof Settings] === defaults[name as keyof Settings] &&
      value !== now[name as keyof Settings],
  );
  return {
    readable: Object.keys(read).length,
    missing: missing.length,
    broken: 0,
    async add() {
      if (missing.length === 0) return ok(undefined);
      const set = await settings.set(Object.fromEntries(missing));
      return set.ok ? ok(undefined) : set;
    },
  };
}
