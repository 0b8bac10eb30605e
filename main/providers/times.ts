import { z } from 'zod';

/** How a provider writes an instant. */
export const timeFormatSchema = z.enum([
  /** `2026-03-01T12:00:00Z`, with any offset. */
  'rfc3339',
  /** `Sun, 01 Mar 2026 12:00:00 +0000`. */
  'rfc2822',
  'unix-seconds',
  'unix-milliseconds',
  /** `2026-03-01T12:00:00` or with a space; taken as UTC. */
  'utc-without-zone',
  /** `2026-03-01 12:00:00.678+00`, as PostgreSQL writes it. */
  'sql',
  /** `2026-03-01`; the start of that day, UTC. */
  'date',
]);
export type TimeFormat = z.infer<typeof timeFormatSchema>;

const day = String.raw`\d{4}-\d{2}-\d{2}`;
const clock = String.raw`\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?`;
const dateOnly = new RegExp(`^${day}$`);
const withoutZone = new RegExp(`^(${day})[T ](${clock})$`);
const withZone = new RegExp(`^(${day})[Tt ](${clock})(Z|z|[+-]\\d{2}:\\d{2})$`);
const sql = new RegExp(`^(${day})[T ](${clock})([+-]\\d{2})(?::?(\\d{2}))?$`);
const rfc2822 =
  /^(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UTC|UT)$/;

/** Milliseconds since 1970, or null when the text is no instant (`Date.parse` answers NaN, or rolls 30 February on). */
function instant(text: string, dayOfMonth?: string): number | null {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  // Every month has as many days.
  if (dayOfMonth === undefined || Number(dayOfMonth.slice(8)) <= 28) return ms;
  const [year = 0, month = 0, date = 0] = dayOfMonth.split('-').map(Number);
  const onCalendar = new Date(Date.UTC(year, month - 1, date));
  return onCalendar.getUTCMonth() === month - 1 && onCalendar.getUTCDate() === date ? ms : null;
}

function fromNumber(value: unknown, factor: number): number | null {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  const ms = Math.round(number * factor);
  return Math.abs(ms) <= 8.64e15 ? ms : null;
}

/** Reads an instant as milliseconds since 1970; null for whatever is not an instant in that format. */
export function parseTime(value: unknown, format: TimeFormat): number | null {
  if (format === 'unix-seconds') return fromNumber(value, 1000);
  if (format === 'unix-milliseconds') return fromNumber(value, 1);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  switch (format) {
    case 'rfc3339': {
      const [, date, time, zone] = withZone.exec(text) ?? [];
      return date === undefined ? null : instant(`${date}T${time}${zone?.toUpperCase()}`, date);
    }
    case 'rfc2822':
      return rfc2822.test(text) ? instant(text) : null;
    case 'utc-without-zone': {
      const [, date, time] = withoutZone.exec(text) ?? [];
      return date === undefined ? null : instant(`${date}T${time}Z`, date);
    }
    case 'sql': {
      const [, date, time, hours, minutes = '00'] = sql.exec(text) ?? [];
      return date === undefined ? null : instant(`${date}T${time}${hours}:${minutes}`, date);
    }
    case 'date':
      return dateOnly.test(text) ? instant(`${text}T00:00:00Z`, text) : null;
  }
}

const dayMs = 86_400_000;

/** How a provider wants to be told when a key shall expire. */
export const expiryFormatSchema = z.enum([
  'days',
  'days-suffixed',
  'seconds',
  'rfc3339',
  'date',
  'unix-seconds',
  'unix-milliseconds',
]);
export type ExpiryFormat = z.infer<typeof expiryFormatSchema>;

/**
 * Writes an expiry of so many days from `now` (milliseconds since 1970) as the provider takes it; null for what is no
 * number of days or leads beyond any calendar.
 */
export function formatExpiry(days: number, format: ExpiryFormat, now: number): string | number | null {
  const at = now + days * dayMs;
  if (Number.isNaN(new Date(at).getTime())) return null;
  switch (format) {
    case 'days':
      return days;
    case 'days-suffixed':
      return `${days}d`;
    case 'seconds':
      return days * 86_400;
    case 'rfc3339':
      return new Date(at).toISOString();
    case 'date':
      return new Date(at).toISOString().slice(0, 10);
    case 'unix-seconds':
      return Math.floor(at / 1000);
    case 'unix-milliseconds':
      return at;
  }
}
