import { describe, expect, it } from 'vitest';
import { createDueLookup, dueChanges } from '../../../main/keys/due-of-key.ts';
import { mostPressing } from '../../../main/keys/key-views.ts';
import { calendarIn, isoOf } from '../../../shared/domain/calendar.ts';
import type { ConnectionRecord } from '../../../shared/domain/connection.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import { type SettingChanges, settingsSchema } from '../../../shared/domain/settings.ts';
import { threadMs } from '../../support/thread-time.ts';
import { connectionRecord, keyRecord } from '../storage/records-for-tests.ts';

const issuedAt = Date.UTC(2026, 0, 1, 23, 30);
const inheriting = (changes: Partial<KeyRecord> = {}): KeyRecord =>
  keyRecord(1, { policy: {}, issuedAt, ...changes });

/** The lookup in a vault with one connection, at the provider `payments`. */
function lookup(settings: SettingChanges = {}, connection: Partial<ConnectionRecord> = {}, zone = 'UTC') {
  const one = connectionRecord(1, connection);
  return createDueLookup({
    records: { connections: { get: (id) => (id === one.id ? one : undefined) } },
    settings: settingsSchema.parse(settings),
    calendar: calendarIn(zone),
  });
}

describe('the period that applies to a key', () => {
  it.each<[string, KeyRecord, SettingChanges, Partial<ConnectionRecord>, object]>([
    ['the app’s', inheriting(), { rotationDays: 45 }, {}, { everyDays: 45, from: 'default' }],
    [
      'its provider’s',
      inheriting(),
      { providerPolicies: { payments: { everyDays: 30 }, mail: { everyDays: 7 } } },
      {},
      { everyDays: 30, from: 'provider' },
    ],
    [
      'its connection’s',
      inheriting(),
      { providerPolicies: { payments: { everyDays: 30 } } },
      { policy: { everyDays: 60 } },
      { everyDays: 60, from: 'connection' },
    ],
    [
      'its own',
      inheriting({ policy: { everyDays: 7 } }),
      {},
      { policy: { everyDays: 60 } },
      { everyDays: 7, from: 'key' },
    ],
    [
      'the app’s, where its connection is not known any more',
      inheriting({ connectionId: connectionRecord(2).id }),
      { providerPolicies: { payments: { everyDays: 30 } } },
      {},
      { everyDays: 90, from: 'default' },
    ],
    [
      'the app’s, at a provider whose id is a name that every object has',
      inheriting(),
      {},
      { providerId: 'constructor' },
      { everyDays: 90, from: 'default' },
    ],
  ])('is %s', (_title, key, settings, connection, expected) => {
    expect(lookup(settings, connection).periodOf(key)).toMatchObject(expected);
  });
});

describe('the day on which a key is due', () => {
  it('is counted where the machine is', () => {
    const days = ['UTC', 'Europe/Berlin'].map((zone) => lookup({}, {}, zone).dueOf(inheriting())?.day ?? 0);
    expect(days.map(isoOf)).toEqual(['2026-04-01', '2026-04-02']);
  });

  it('begins at its first instant there', () => {
    const berlin = lookup({}, {}, 'Europe/Berlin');
    expect(berlin.startOf(berlin.dueOf(inheriting())?.day ?? 0)).toBe(Date.UTC(2026, 3, 1, 22));
    expect(berlin.startOf(berlin.dueOf(inheriting())?.day ?? 0)).toBe(Date.UTC(2026, 3, 1, 22));
  });

  it('is none for a key that was revoked or replaced', () => {
    expect(lookup().dueOf(inheriting({ revokedAt: issuedAt }))).toBeNull();
    expect(lookup().dueOf(inheriting({ replacedBy: keyRecord(2).id, plannedDay: '2026-02-01' }))).toBeNull();
  });
});

describe('what other rules change', () => {
  const keys = [inheriting(), inheriting({ id: keyRecord(2).id, policy: { everyDays: 90 } })];
  const changed = (after: ReturnType<typeof lookup>) => dueChanges(keys, lookup(), after).map(({ id }) => id);
  const [first, second] = keys.map(({ id }) => id);

  it('is only what is said of the keys that inherit', () => {
    expect(changed(lookup({ rotationDays: 30 }))).toEqual([first]);
    expect(changed(lookup({ providerPolicies: { payments: { everyDays: 30 } } }))).toEqual([first]);
    expect(changed(lookup({ providerPolicies: { mail: { everyDays: 30 } } }))).toEqual([]);
  });

  it('is also whose word the same period is', () => {
    expect(changed(lookup({ providerPolicies: { payments: { everyDays: 90 } } }))).toEqual([first]);
  });

  it('is the beginning of the day in another zone', () => {
    expect(changed(lookup({}, {}, 'Asia/Kolkata'))).toEqual([first, second]);
    expect(changed(lookup({ appearance: 'dark', notifications: false }))).toEqual([]);
  });
});

it('puts the first of 10,000 keys in order within a blink', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    inheriting({ issuedAt: issuedAt - ((index * 7_919_000) % (120 * 86_400_000)) }),
  );
  const dues = lookup({}, {}, 'America/New_York');
  const spent = threadMs(() => expect(mostPressing(many, dues, 100)).toHaveLength(100));
  expect(spent).toBeLessThan(500);
});
