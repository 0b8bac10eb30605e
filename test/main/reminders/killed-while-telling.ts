import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { openReminderLog, type ReminderLog } from '../../../main/reminders/reminder-log.ts';
import { createReminders } from '../../../main/reminders/reminders.ts';
import { calendarIn } from '../../../shared/domain/calendar.ts';
import { keyIdSchema } from '../../../shared/domain/ids.ts';

/*
 * An app with one key that is due today, which looks once and is killed at the moment that is named. What it hands to
 * the desktop goes into `shown.txt` in the folder.
 */

const [folder = '', moment = ''] = process.argv.slice(2);
const now = () => Date.UTC(2026, 3, 1, 9);
const today = Math.floor(now() / 86_400_000);

function killAt(name: string): void {
  if (name === moment) process.kill(process.pid, 'SIGKILL');
}

const memory = await openReminderLog(path.join(folder, 'reminders.json'), now);
const log: ReminderLog = {
  get: () => memory.get(),
  async set(next) {
    killAt('before it is remembered');
    const kept = await memory.set(next);
    killAt('after it is remembered');
    return kept;
  },
};
const reminders = createReminders({
  now,
  calendar: () => calendarIn('UTC'),
  keys: () => [
    {
      id: keyIdSchema.parse(`key_${'0'.repeat(20)}`),
      name: 'Mail',
      due: { day: today, utcDay: today },
      snoozedUntil: null,
    },
  ],
  isOpen: () => () => true,
  log,
  settings: () => ({ notifications: true, quietHours: null }),
  show({ title }) {
    appendFileSync(path.join(folder, 'shown.txt'), `${title}\n`);
    killAt('while it is shown');
  },
  changed: () => undefined,
});
await reminders.look();
process.stdout.write(`${reminders.notices().length}\n`);
