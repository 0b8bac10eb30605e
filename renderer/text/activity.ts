import type { ActivityEntry, ActivityEvent } from '../../shared/domain/activity.ts';
import { dayFromIso } from '../../shared/domain/calendar.ts';
import { notWrittenOf } from '../../shared/domain/settled-entries.ts';
import { assertNever } from '../../shared/result.ts';
import { count, dayOf, startOfDay } from './dates.ts';
import { everyWords } from './period.ts';

/** One line of the record in words: what was done to what, and the fact beside it. */
export interface ActivityWords {
  readonly action: string;
  readonly subject: string;
  /** A file, a field or a reason; empty when there is none. */
  readonly detail: string;
  /** Whether somebody should look at it. Never told by colour alone: the action says it too. */
  readonly tone: 'neutral' | 'good' | 'attention';
}

const actions: Readonly<Record<ActivityEvent, readonly [action: string, tone: ActivityWords['tone']]>> = {
  'vault-created': ['Vault created', 'neutral'],
  'connection-added': ['Connection added', 'neutral'],
  'connection-removed': ['Connection removed', 'neutral'],
  'definition-added': ['Definition added', 'neutral'],
  'definition-removed': ['Definition removed', 'neutral'],
  'backup-made': ['Backup made', 'good'],
  'backup-restored': ['Backup restored', 'good'],
  'key-issued': ['Key generated', 'good'],
  'key-taken-in': ['Key taken in', 'good'],
  'key-shown': ['Key shown once', 'neutral'],
  'key-copied': ['Key copied once', 'neutral'],
  'key-sealed': ['Key sealed', 'neutral'],
  'key-checked': ['Key checked', 'neutral'],
  'target-writing': ['Writing to a file', 'neutral'],
  'target-written': ['Written to a file', 'neutral'],
  'target-not-written': ['Not written', 'attention'],
  'target-followed': ['File followed', 'neutral'],
  'target-unlinked': ['File no longer followed', 'neutral'],
  'target-lines-removed': ['Lines removed from a file', 'neutral'],
  'period-changed': ['Period changed', 'neutral'],
  'key-planned': ['Rotation planned', 'neutral'],
  'plan-taken-back': ['Plan taken back', 'neutral'],
  'key-snoozed': ['Reminders snoozed', 'neutral'],
  'snooze-ended': ['Snooze ended', 'neutral'],
  'rotation-started': ['Rotation started', 'neutral'],
  'rotation-finished': ['Rotation finished', 'good'],
  'rotation-undone': ['Rotation undone', 'attention'],
  'work-blocked': ['Stopped, waits for you', 'attention'],
  'key-revoked': ['Key revoked', 'good'],
  'key-deleted': ['Key deleted', 'neutral'],
  'stray-revoked': ['Stray revoked', 'good'],
  'outcome-unknown': ['Outcome unknown', 'attention'],
};

/** Puts an entry into words. */
export function activityWords(entry: ActivityEntry): ActivityWords {
  const [action, tone] = actions[entry.event];
  const subject = entry.keys === undefined ? entry.subject : count(entry.keys, 'key');
  return { action, subject, detail: detailWords(entry), tone };
}

/** Whether any word of the entry contains `text`, whatever the case; an empty text matches all. */
export function activityMatches(entry: ActivityEntry, text: string): boolean {
  const { action, subject, detail } = activityWords(entry);
  return `${action} ${subject} ${detail}`.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
}

/** The entry's fact in words: codes become phrases, files and fields stay as they are. */
function detailWords({ event, detail }: ActivityEntry): string {
  switch (event) {
    case 'target-writing':
    case 'target-written':
    case 'target-followed':
    case 'target-unlinked':
    case 'target-lines-removed':
    case 'key-copied':
    case 'key-shown':
    case 'vault-created':
    case 'connection-added':
    case 'connection-removed':
    case 'definition-added':
    case 'backup-made':
    case 'backup-restored':
    case 'definition-removed':
    case 'key-taken-in':
    case 'key-issued':
    case 'key-sealed':
    case 'rotation-started':
    case 'rotation-finished':
    case 'key-revoked':
    case 'key-deleted':
    case 'stray-revoked':
      return detail;
    case 'plan-taken-back':
    case 'snooze-ended':
      return detail;
    case 'period-changed':
      return periodWords(detail);
    case 'key-planned':
      return daysWords('for', detail);
    case 'key-snoozed':
      return daysWords('until', detail);
    case 'target-not-written': {
      const { code, file } = notWrittenOf(detail);
      return `${file}: ${notWritten[code] ?? codeWords(code)}`;
    }
    case 'key-checked':
      return checked[detail] ?? detail;
    case 'rotation-undone':
    case 'work-blocked':
    case 'outcome-unknown':
      return codeWords(detail);
    default:
      return assertNever(event);
  }
}

const checked: Readonly<Record<string, string>> = {
  valid: 'the provider accepts it',
  'valid-but-limited': 'the provider accepts it, with limits',
  refused: 'the provider refuses it',
  revoked: 'revoked at the provider',
  expired: 'expired',
  mistyped: 'does not look like a key of the provider',
  'wrong-environment': 'a key of the other environment, not sent',
  'not-accepted': 'the provider does not accept it',
};

/** Why a file was not written, by the failure's code. */
const notWritten: Readonly<Record<string, string>> = {
  'value-unwritable': 'no .env file can carry the value as asked',
  'file-unwritable': 'the file does not take changes',
  'file-unreadable': 'the file cannot be read',
  'file-changed': 'somebody else changed the file meanwhile',
};

/** How often the keys are rotated from then on: "every 30 days". */
function periodWords(detail: string): string {
  if (detail === 'usual') return 'as usual again';
  return /^\d+$/.test(detail) ? everyWords(Number(detail)) : detail;
}

/** "for 10 Feb 2026", or "between 10 Feb 2026 and 3 Mar 2026" where there are two days; what is no day stays as it is. */
function daysWords(before: 'for' | 'until', detail: string): string {
  const days = detail.split('/').flatMap((text) => dayFromIso(text) ?? []);
  const [first, last] = days.map((day) => dayOf(startOfDay(day)));
  if (first === undefined) return detail;
  return last === undefined ? `${before} ${first}` : `between ${first} and ${last}`;
}

/** A failure's code as a phrase: "keychain-locked" reads "keychain locked". */
function codeWords(detail: string): string {
  return /^[a-z]+(-[a-z]+)+$/.test(detail) ? detail.replaceAll('-', ' ') : detail;
}
