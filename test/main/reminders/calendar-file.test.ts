import { mkdir, mkdtemp, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarKey } from '../../../main/reminders/calendar-events.ts';
import { createCalendarFile } from '../../../main/reminders/calendar-file.ts';
import { type KeyId, keyIdSchema } from '../../../shared/domain/ids.ts';
import { ok } from '../../../shared/result.ts';

const id = (number: number): KeyId => keyIdSchema.parse(`key_${String(number).padStart(20, '0')}`);
const key = (number: number, changes: Partial<CalendarKey> = {}): CalendarKey => ({
  id: id(number),
  day: 20_500 + number,
  firstWeek: 1,
  name: `Key ${number}`,
  provider: 'Sandbox',
  ...changes,
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keyturn-calendar-'));
  file = path.join(folder, 'places', 'due.ics');
  await mkdir(path.dirname(file));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A calendar file that is kept over a vault of these keys; a new one over the same files is a restart. */
function keeping(keys: CalendarKey[], replaces = new Map<KeyId, KeyId>()) {
  const told: unknown[] = [];
  const state = { keys, wanted: null as string | null, neverDue: 0, now: Date.UTC(2026, 0, 1) };
  const start = () =>
    createCalendarFile({
      memoryFile: path.join(folder, 'calendar.json'),
      now: () => state.now,
      wanted: {
        get: () => state.wanted,
        async set(next) {
          state.wanted = next;
          return ok(undefined);
        },
      },
      source: () => ({
        keys: state.keys,
        neverDue: state.neverDue,
        replaces: (one) => replaces.get(one) ?? null,
      }),
      changed: (next) => told.push(next),
    });
  let keeper = start();
  return {
    state,
    told,
    replaces,
    keep: (at = file) => keeper.keep(at),
    leave: () => keeper.leave(),
    get: () => keeper.get(),
    hasFailed: () => keeper.hasFailed(),
    async update() {
      state.now += 60_000;
      await keeper.update();
    },
    restart() {
      keeper = start();
    },
  };
}

interface Written {
  readonly uid: string;
  readonly sequence: number;
  readonly day: string;
  readonly stamp: string;
}

async function written(at = file): Promise<Written[]> {
  const text = await readFile(at, 'utf8');
  return text
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((event) => ({
      uid: /UID:(.*)\r/.exec(event)?.[1] ?? '',
      sequence: Number(/SEQUENCE:(\d+)/.exec(event)?.[1]),
      day: /DTSTART;VALUE=DATE:(\d+)/.exec(event)?.[1] ?? '',
      stamp: /DTSTAMP:(.*)\r/.exec(event)?.[1] ?? '',
    }));
}

describe('the events of a calendar', () => {
  it('keep their UIDs and numbers while nothing of them changes, also over a restart', async () => {
    const calendar = keeping([key(1), key(2)]);
    await calendar.keep();
    const before = await written();
    calendar.restart();
    await calendar.update();
    expect(await written()).toEqual(before);
    expect(before).toMatchObject([
      { uid: `${id(1)}@keyturn`, sequence: 0 },
      { uid: `${id(2)}@keyturn`, sequence: 0 },
    ]);
  });

  it('get the next number and a new stamp when their day or name changes, and no others do', async () => {
    const calendar = keeping([key(1), key(2)]);
    await calendar.keep();
    const [first] = await written();
    calendar.state.keys = [key(1), key(2, { day: 20_900 })];
    await calendar.update();
    calendar.restart();
    calendar.state.keys = [key(1), key(2, { day: 20_900, name: 'Other' })];
    await calendar.update();
    const [same, changed] = await written();
    expect(same).toEqual(first);
    expect(changed).toMatchObject({ sequence: 2, day: '20270323' });
    expect(changed?.stamp).not.toBe(first?.stamp);
  });

  it('stay the same event while their key is overdue, with a number for each week whose alarms are new', async () => {
    const calendar = keeping([key(1)]);
    await calendar.keep();
    calendar.state.keys = [key(1, { firstWeek: 2 })];
    await calendar.update();
    expect(await written()).toMatchObject([{ uid: `${id(1)}@keyturn`, sequence: 1, day: '20260217' }]);
    await calendar.update();
    expect(await written()).toMatchObject([{ sequence: 1 }]);
  });

  it('stay the same event through rotations, also when the keys before are deleted', async () => {
    const calendar = keeping([key(1)]);
    await calendar.keep();
    for (const next of [2, 3, 4]) {
      calendar.replaces.set(id(next), id(next - 1));
      calendar.replaces.delete(id(next - 1));
      calendar.state.keys = [key(next)];
      await calendar.update();
    }
    expect(await written()).toMatchObject([{ uid: `${id(1)}@keyturn`, sequence: 3 }]);
  });

  it('are told apart where two keys replace the same one', async () => {
    const calendar = keeping([key(2), key(3)], new Map([2, 3].map((one) => [id(one), id(1)])));
    await calendar.keep();
    const uids = (await written()).map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(2);
    calendar.state.keys = [key(3), key(2)];
    await calendar.update();
    expect((await written()).map(({ uid }) => uid)).toEqual(uids);
  });

  it('go with their keys, and come back with a number that no calendar has seen for another day', async () => {
    const calendar = keeping([key(1), key(2)]);
    await calendar.keep();
    calendar.state.keys = [key(2)];
    await calendar.update();
    expect(await written()).toMatchObject([{ uid: `${id(2)}@keyturn` }]);
    calendar.restart();
    calendar.state.keys = [key(1, { day: 20_600 }), key(2)];
    await calendar.update();
    expect((await written()).find(({ uid }) => uid === `${id(1)}@keyturn`)).toMatchObject({ sequence: 1 });
  });

  it.each([
    ['', () => undefined],
    [', nor after a restart', (calendar: ReturnType<typeof keeping>) => calendar.restart()],
  ])('are never given a number twice when the file could not be written in between%s', async (_, between) => {
    const calendar = keeping([key(1)]);
    await calendar.keep();
    await rename(path.dirname(file), path.join(folder, 'away'));
    calendar.state.keys = [key(1, { day: 20_700 })];
    await calendar.update();
    between(calendar);
    await rename(path.join(folder, 'away'), path.dirname(file));
    await calendar.update();
    expect(await written()).toMatchObject([{ sequence: 1, day: '20260904' }]);
    calendar.state.keys = [key(1, { day: 20_701 })];
    await calendar.update();
    expect(await written()).toMatchObject([{ sequence: 2, day: '20260905' }]);
  });
});

describe('a file that is there already', () => {
  it.each([
    ['a note', 'Buy milk'],
    [
      'another program’s calendar',
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n',
    ],
  ])('is refused when it is %s, and stays as it is', async (_, text) => {
    await writeFile(file, text);
    const calendar = keeping([key(1)]);
    expect(await calendar.keep()).toEqual({ ok: false, error: { code: 'file-exists', file } });
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(await calendar.get()).toEqual({
      file: null,
      events: 0,
      neverDue: 0,
      writtenAt: null,
      failed: null,
    });
  });

  it('is taken when it is ours or empty, and a link to one stays a link', async () => {
    const calendar = keeping([key(1)]);
    await writeFile(file, '');
    await calendar.keep();
    const link = path.join(folder, 'link.ics');
    await symlink(file, link);
    calendar.state.keys = [key(2)];
    expect(await calendar.keep(link)).toMatchObject({ ok: true, value: { file: link } });
    expect(await written()).toMatchObject([{ uid: `${id(2)}@keyturn` }]);
  });

  it('is not overwritten when another one took its place later, which is told', async () => {
    const calendar = keeping([key(1)]);
    await calendar.keep();
    await writeFile(file, 'Buy milk');
    calendar.state.keys = [key(2)];
    await calendar.update();
    expect(await readFile(file, 'utf8')).toBe('Buy milk');
    expect(await calendar.get()).toMatchObject({ file, failed: { code: 'file-exists' } });
    expect(calendar.told.at(-1)).toMatchObject({ failed: { code: 'file-exists' } });
  });
});

describe('a place that cannot be written', () => {
  it.each([
    ['a relative path', () => 'due.ics', 'path-not-absolute'],
    ['a folder', () => path.dirname(file), 'file-is-folder'],
    ['in a folder that is not there', () => path.join(folder, 'nowhere', 'due.ics'), 'folder-gone'],
    ['of a name that calendars do not read', () => `${file}.txt`, 'file-not-ics'],
    ['without an ending', () => path.join(folder, 'places', 'calendar'), 'file-not-ics'],
  ])('is refused: %s', async (_, at, code) => {
    expect(await keeping([key(1)]).keep(at())).toMatchObject({ ok: false, error: { code } });
  });

  it('later is told, and the file is written as soon as its folder is back', async () => {
    const calendar = keeping([key(1)]);
    await calendar.keep();
    await rm(path.dirname(file), { recursive: true });
    await calendar.update();
    expect(await calendar.get()).toMatchObject({
      file,
      events: 1,
      writtenAt: Date.UTC(2026, 0, 1),
      failed: { code: 'folder-gone' },
    });
    expect(calendar.hasFailed()).toBe(true);
    calendar.restart();
    await calendar.update();
    expect(await calendar.get()).toMatchObject({
      writtenAt: Date.UTC(2026, 0, 1),
      failed: { code: 'folder-gone' },
    });
    await mkdir(path.dirname(file));
    await calendar.update();
    expect(await calendar.get()).toMatchObject({ events: 1, writtenAt: calendar.state.now, failed: null });
    expect(calendar.hasFailed()).toBe(false);
    expect(await written()).toHaveLength(1);
  });
});

it('a file that was deleted or changed by hand is put right', async () => {
  const calendar = keeping([key(1)]);
  await calendar.keep();
  await rm(file);
  await calendar.update();
  const right = await readFile(file, 'utf8');
  await writeFile(file, right.replace('Key 1', 'Key !'));
  await calendar.update();
  expect(await readFile(file, 'utf8')).toBe(right);
});

it('a file that is as it should be is not written again', async () => {
  const calendar = keeping([key(1)]);
  await calendar.keep();
  await utimes(file, 1_000, 1_000);
  const { ino } = await stat(file);
  await calendar.update();
  calendar.restart();
  await calendar.update();
  expect(await stat(file)).toMatchObject({ ino, mtimeMs: 1_000_000 });
});

it('a file that was kept under another name before goes on, and can be written again', async () => {
  const calendar = keeping([key(1)]);
  const old = path.join(path.dirname(file), 'calendar');
  calendar.state.wanted = old;
  await calendar.update();
  expect(await written(old)).toHaveLength(1);
  expect(await calendar.keep(old)).toMatchObject({ ok: true, value: { file: old, failed: null } });
});

it('the time of the last good write is known after a restart, and is that of the path that is kept now', async () => {
  const calendar = keeping([key(1)]);
  await calendar.keep();
  const at = calendar.state.now;
  await calendar.update();
  calendar.restart();
  expect(await calendar.get()).toMatchObject({ writtenAt: at });
  const other = path.join(folder, 'other.ics');
  expect(await calendar.keep(other)).toMatchObject({
    value: { file: other, events: 1, writtenAt: calendar.state.now },
  });
});

it('how many keys are never due is told beside the events', async () => {
  const calendar = keeping([key(1)]);
  calendar.state.neverDue = 2;
  expect(await calendar.keep()).toMatchObject({ value: { events: 1, neverDue: 2 } });
  calendar.state.neverDue = 3;
  await calendar.update();
  expect(calendar.told.at(-1)).toMatchObject({ events: 1, neverDue: 3 });
});

it('a file that is left stays, and is not written any more', async () => {
  const calendar = keeping([key(1)]);
  await calendar.keep();
  const before = await readFile(file, 'utf8');
  expect(await calendar.leave()).toMatchObject({ ok: true, value: { file: null } });
  calendar.state.keys = [key(2)];
  await calendar.update();
  expect(await readFile(file, 'utf8')).toBe(before);
});

it('a memory that is damaged is set aside, and the calendar goes on', async () => {
  const calendar = keeping([key(1)]);
  await calendar.keep();
  await writeFile(path.join(folder, 'calendar.json'), '{"version":1,"events":');
  calendar.restart();
  await calendar.update();
  expect(await written()).toHaveLength(1);
  expect(await stat(path.join(folder, 'set-aside'))).toBeDefined();
});
