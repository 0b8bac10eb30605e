import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ICAL from 'ical.js';
import { calendarIn, dayFromIso } from '../../../shared/domain/calendar.ts';

/** An event as a calendar program has it. */
export interface ReadEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly day: string;
  readonly summary: string;
  readonly description: string;
  /** When its alarms ring where the machine is in the zone, such as `2026-03-27T08:00:00Z`. */
  readonly alarms: readonly string[];
}

/** A program that reads calendar files, and has no part in writing ours. */
export interface CalendarReader {
  readonly name: string;
  /** Why it cannot be asked here; null where it can. */
  readonly missing: string | null;
  read(file: string, zone: string): ReadEvent[];
}

const icalJs: CalendarReader = {
  name: 'ical.js',
  missing: null,
  read(file, zone) {
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')));
    return calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        day: event.startDate.toString(),
        summary: event.summary,
        description: event.description,
        alarms: component.getAllSubcomponents('valarm').map((alarm) => {
          const rings = event.startDate.clone();
          // The day begins at midnight by the clock on the wall.
          rings.isDate = false;
          rings.addDuration(ICAL.Duration.fromString(String(alarm.getFirstPropertyValue('trigger'))));
          return instantOf(rings.toString(), zone);
        }),
      };
    });
  },
};

/** Debian's own Python, because its packages are in no other. */
const python = '/usr/bin/python3';
const program = path.join(import.meta.dirname, 'read-calendar.py');

const pythonIcalendar: CalendarReader = {
  name: 'python3-icalendar',
  missing:
    spawnSync(python, ['-c', 'import icalendar']).status === 0
      ? null
      : 'Debian’s python3-icalendar is not installed',
  read: (file, zone) => JSON.parse(execFileSync(python, [program, file, zone], { encoding: 'utf8' })),
};

export const calendarReaders: readonly CalendarReader[] = [icalJs, pythonIcalendar];

/** The instant at which the clock on the wall shows `2026-03-27T09:00:00`. */
function instantOf(wallClock: string, zone: string): string {
  const [iso = '', time = ''] = wallClock.split('T');
  const day = dayFromIso(iso);
  if (day === null) throw new Error(`No day: ${wallClock}`);
  const calendar = calendarIn(zone);
  const wantedMinute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  for (let at = calendar.startOf(day); calendar.dayOf(at) === day; at += 60_000)
    if (calendar.minuteOf(at) === wantedMinute) return new Date(at).toISOString().replace('.000', '');
  throw new Error(`No such time in ${zone}: ${wallClock}`);
}
