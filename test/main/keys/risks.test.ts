import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDueLookup } from '../../../main/keys/due-of-key.ts';
import { filesToCompare, risksOf } from '../../../main/keys/risks.ts';
import { calendarIn, dayFromIso } from '../../../shared/domain/calendar.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { settingsSchema } from '../../../shared/domain/settings.ts';
import { createFakeCatalog } from '../../fakes/fake-catalog.ts';
import { createFakeServer } from '../../fakes/fake-provider.ts';
import { connectionRecord, keyRecord } from '../storage/records-for-tests.ts';

const dayMs = 86_400_000;
const todayAt = Date.UTC(2026, 5, 30, 15);
const today = dayFromIso('2026-06-30') ?? 0;
const ago = (days: number): number => todayAt - days * dayMs;

const withoutExpiry = exampleProvider();
const withExpiry: ProviderSummary = {
  ...withoutExpiry,
  creation: { ...withoutExpiry.creation, expiry: { maxDays: 365, whenOmitted: 'It never ends.' } },
};

function exampleProvider(): ProviderSummary {
  const summary = createFakeCatalog(() => createFakeServer(() => 0).provider).summary('example');
  if (summary === undefined) throw new Error('No such provider');
  return summary;
}

/** What is worth a look about these keys, as words. */
function risks(keys: readonly KeyRecord[], provider: ProviderSummary | null = withoutExpiry): string[] {
  const connection = connectionRecord(1);
  const records = { connections: { get: (id: string) => (id === connection.id ? connection : undefined) } };
  const settings = settingsSchema.parse({});
  return risksOf(keys, {
    today,
    records,
    dues: createDueLookup({ records, settings, calendar: calendarIn('UTC') }),
    providerOf: () => provider ?? undefined,
    projectOf: dirname,
  }).map(({ kind, keyId, at, folders }) => {
    const name = keys.find(({ id }) => id === keyId)?.name;
    const since = at === null ? '' : ` ${new Date(at).toISOString().slice(0, 10)}`;
    return `${name}: ${kind}${since}${folders.map((folder) => ` ${folder}`).join('')}`;
  });
}

/** A key that gives no reason to look at it. */
const well = (changes: Partial<KeyRecord> = {}): KeyRecord =>
  keyRecord(1, { name: 'mail', issuedAt: ago(10), ...changes });

const targetsIn = (...folders: string[]): KeyRecord['targets'] =>
  folders.flatMap((folder) => keyRecord(1).targets.map((target) => ({ ...target, file: `${folder}/.env` })));

describe('a key that is worth a look', () => {
  it.each<[string, Partial<KeyRecord>, string[]]>([
    ['not while it is young and used', { lastUsedAt: ago(1), lastUseToldAt: ago(0) }, []],
    [
      'when its provider had not seen it for 60 days',
      { issuedAt: ago(80), lastUsedAt: ago(60), lastUseToldAt: ago(0) },
      ['mail: unused 2026-05-01'],
    ],
    ['not after 59 days', { issuedAt: ago(80), lastUsedAt: ago(59), lastUseToldAt: ago(0) }, []],
    [
      'when it was never used in the 60 days since it was made',
      { issuedAt: ago(60), lastUseToldAt: ago(0) },
      ['mail: unused'],
    ],
    ['not where its provider never told of its use', { issuedAt: ago(80) }, []],
    [
      'not where its provider was last asked before it could tell',
      { issuedAt: ago(80), lastUsedAt: ago(70), lastUseToldAt: ago(70) },
      [],
    ],
    [
      'when it is live and older than its period',
      { environment: 'live', issuedAt: ago(91) },
      ['mail: live-overdue 2026-06-29'],
    ],
    [
      'when it is live and never due, however young',
      { environment: 'live', policy: { everyDays: null, because: 'Burned in' } },
      ['mail: live-never 2026-06-20'],
    ],
    ['not where only a test key is never due', { policy: { everyDays: null, because: 'Burned in' } }, []],
    [
      'not where its expiry makes it due',
      { environment: 'live', policy: { everyDays: null, because: 'Burned in' }, expiresAt: ago(-90) },
      [],
    ],
    ['not on the day on which it is due', { environment: 'live', issuedAt: ago(90) }, []],
    ['not where it only rehearses', { issuedAt: ago(91) }, []],
    [
      'not where a plan was missed and its period goes on',
      { environment: 'live', plannedDay: '2026-06-01' },
      [],
    ],
    [
      'when its period is over, planned or not',
      { environment: 'live', issuedAt: ago(91), plannedDay: '2026-06-01' },
      ['mail: live-overdue 2026-06-29'],
    ],
    [
      'when it is in two projects',
      { targets: targetsIn('/projects/shop', '/projects/mail', '/projects/shop') },
      ['mail: shared /projects/mail /projects/shop'],
    ],
    ['not where it is twice in one', { targets: targetsIn('/projects/shop', '/projects/shop') }, []],
  ])('is told: %s', (_title, changes, expected) => {
    expect(risks([well(changes)])).toEqual(expected);
  });

  it('is one without expiry only where its provider offers one for keys that it makes', () => {
    expect(risks([well()], withExpiry)).toEqual(['mail: no-expiry']);
    expect(risks([well({ expiresAt: ago(-90) })], withExpiry)).toEqual([]);
    expect(risks([well()], withoutExpiry)).toEqual([]);
    expect(risks([well()], { ...withExpiry, operations: ['list', 'check'] })).toEqual([]);
    expect(risks([well()], null)).toEqual([]);
  });

  it('is none that was revoked or replaced', () => {
    const bad: Partial<KeyRecord> = {
      environment: 'live',
      issuedAt: ago(200),
      lastUseToldAt: ago(0),
      targets: targetsIn('/a', '/b'),
    };
    expect(risks([well(bad)], withExpiry)).toHaveLength(4);
    const gone = [well({ ...bad, revokedAt: ago(1) }), well({ ...bad, replacedBy: keyRecord(2).id })];
    expect(risks(gone, withExpiry)).toEqual([]);
    expect(gone.flatMap(filesToCompare)).toEqual([]);
  });

  it('comes before one that matters less, and of a kind the one that waits longest first', () => {
    const live = { environment: 'live', expiresAt: ago(-300) } as const;
    const keys = [
      keyRecord(1, { name: 'unused', issuedAt: ago(80), lastUseToldAt: ago(0), expiresAt: ago(-300) }),
      keyRecord(2, { name: 'late', ...live, issuedAt: ago(95) }),
      keyRecord(3, { name: 'later', ...live, issuedAt: ago(120) }),
      keyRecord(4, { name: 'both', issuedAt: ago(5), targets: targetsIn('/a', '/b') }),
    ];
    expect(risks(keys, withExpiry)).toEqual([
      'later: live-overdue 2026-05-31',
      'late: live-overdue 2026-06-25',
      'both: shared /a /b',
      'unused: unused',
      'both: no-expiry',
    ]);
  });
});

it('only files of keys with several are looked at', () => {
  expect(filesToCompare(well())).toEqual([]);
  expect(filesToCompare(well({ targets: targetsIn('/a', '/b') }))).toEqual(['/a/.env', '/b/.env']);
});
