import type { Calendar, Day } from '../../shared/domain/calendar.ts';
import { type Due, dueOf } from '../../shared/domain/due.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { type Period, periodOf } from '../../shared/domain/period.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Records } from '../storage/records.ts';

/** What says when keys are due, at one moment. */
export interface DueRules {
  readonly records: { readonly connections: Pick<Records['connections'], 'get'> };
  readonly settings: Pick<Settings, 'rotationDays' | 'providerPolicies'>;
  /** The calendar of the zone that the machine is in. */
  readonly calendar: Calendar;
}

/** When keys are due, by the rules of one moment. Made anew for each use: settings and the zone may change. */
export interface DueLookup {
  readonly calendar: Calendar;
  /** The period that applies to the key: its own, else its connection's, its provider's, or the app's. */
  periodOf(key: KeyRecord): Period;
  /** When the key is due; null for never, as also for a key that was replaced or revoked. */
  dueOf(key: KeyRecord): Due | null;
  /** The first instant of the day, in milliseconds since 1970; looked up once per day. */
  startOf(day: Day): number;
}

/** The lookup over these rules. Making one costs nothing. */
export function createDueLookup({ records, settings, calendar }: DueRules): DueLookup {
  const starts = new Map<Day, number>();

  function periodOfKey(key: KeyRecord): Period {
    const connection = records.connections.get(key.connectionId);
    const { providerPolicies, rotationDays } = settings;
    // The id comes from a definition, and must not find what every object has.
    const isSet = connection !== undefined && Object.hasOwn(providerPolicies, connection.providerId);
    return periodOf({
      key: key.policy,
      connection: connection?.policy,
      provider: isSet ? providerPolicies[connection.providerId] : undefined,
      defaultDays: rotationDays,
    });
  }

  return {
    calendar,
    periodOf: periodOfKey,
    dueOf: (key) =>
      key.revokedAt !== null || key.replacedBy !== null
        ? null
        : dueOf(key, periodOfKey(key).everyDays, calendar),
    startOf: (day) => {
      const start = starts.get(day) ?? calendar.startOf(day);
      starts.set(day, start);
      return start;
    },
  };
}

/** The keys that the rules of two moments say different things of: their period, whose word it is, or when they are due. */
export function dueChanges(keys: readonly KeyRecord[], before: DueLookup, after: DueLookup): KeyRecord[] {
  return keys.filter((key) => said(before, key) !== said(after, key));
}

function said(lookup: DueLookup, key: KeyRecord): string {
  const { everyDays, from } = lookup.periodOf(key);
  const due = lookup.dueOf(key);
  return [everyDays, from, due?.because, due === null ? null : lookup.startOf(due.day)].join();
}
