import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { calendarIn, dayFromIso, isoOf } from '../../../shared/domain/calendar.ts';
import { createMachine, type Machine } from './machine.ts';

const machines: Machine[] = [];
afterEach(async () => {
  await Promise.all(machines.splice(0).map((machine) => machine.remove()));
});

async function machineAt(start: string, zone = 'Europe/Berlin'): Promise<Machine> {
  const machine = await createMachine(start, zone);
  machines.push(machine);
  return machine;
}

const days = (count: number) => count * 24;
const titles = (machine: Machine) => machine.shown.map(({ title }) => title);

describe('a key that was issued on 1 January and is rotated every 90 days', () => {
  async function running(zone = 'Europe/Berlin') {
    const machine = await machineAt('2026-01-01 15:00', zone);
    const key = machine.add('Mail');
    await machine.startApp();
    return { machine, key };
  }
  const all = [
    'Mail is due in 14 days',
    'Mail is due in 3 days',
    'Mail is due today',
    'Mail is 7 days overdue',
  ];

  it.each(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'])(
    'is announced once per lead time in %s, over the change of the clocks',
    async (zone) => {
      const { machine } = await running(zone);
      await machine.pass(days(98));
      expect(titles(machine)).toEqual(all);
      expect(machine.shown.map(({ at }) => at.slice(0, 10))).toEqual([
        '2026-03-18',
        '2026-03-29',
        '2026-04-01',
        '2026-04-08',
      ]);
    },
  );

  it('is announced on waking when the machine slept over its due day', async () => {
    const { machine } = await running();
    await machine.pass(days(60));
    await machine.sleep(days(32));
    expect(titles(machine)).toEqual(['Mail is 2 days overdue']);
    await machine.pass(days(1));
    expect(machine.shown).toHaveLength(1);
  });

  it('is announced once after the app was closed for 100 days', async () => {
    const { machine } = await running();
    machine.closeApp();
    await machine.sleep(days(100));
    await machine.startApp();
    machine.closeApp();
    await machine.startApp();
    expect(titles(machine)).toEqual(['Mail is 10 days overdue']);
  });

  it('is not announced again after the clock was set back a week', async () => {
    const { machine } = await running();
    await machine.setClock('2026-03-18 10:00');
    await machine.setClock('2026-03-11 10:00');
    machine.closeApp();
    await machine.startApp();
    await machine.pass(days(23));
    expect(titles(machine)).toEqual(all.slice(0, 3));
  });

  it('is announced in time, no lead twice, after the clock was a year ahead for a day', async () => {
    const { machine } = await running();
    await machine.setClock('2027-01-10 10:00');
    await machine.setClock('2026-01-11 10:00');
    await machine.pass(days(88));
    expect(titles(machine)).toEqual([
      'Mail is 284 days overdue',
      'Mail is due in 14 days',
      'Mail is due in 3 days',
      'Mail is 4 days overdue',
    ]);
  });

  it('is announced once while its owner flies over the date line and back', async () => {
    const { machine } = await running('Pacific/Auckland');
    await machine.setClock('2026-04-01 08:00');
    await machine.travelTo('America/Los_Angeles');
    await machine.travelTo('Pacific/Auckland');
    await machine.travelTo('Asia/Kolkata');
    expect(titles(machine)).toEqual(['Mail is due today']);
  });

  it('keeps quiet until its snooze is over, over a change of the clocks and of the zone', async () => {
    const { machine, key } = await running();
    await machine.setClock('2026-03-18 10:00');
    machine.key(key).snoozedUntil = '2026-04-06';
    await machine.pass(days(5));
    await machine.travelTo('America/New_York');
    await machine.pass(days(10));
    machine.closeApp();
    await machine.startApp();
    await machine.travelTo('Europe/Berlin');
    await machine.pass(days(10));
    expect(machine.shown.map(({ at, title }) => `${at.slice(0, 10)} ${title}`)).toEqual([
      '2026-03-18 Mail is due in 14 days',
      '2026-04-06 Mail is 5 days overdue',
    ]);
  });

  it('keeps its snooze while the clock is set back a week and forward again', async () => {
    const { machine, key } = await running();
    await machine.setClock('2026-04-01 10:00');
    machine.key(key).snoozedUntil = '2026-04-10';
    await machine.setClock('2026-03-25 10:00');
    await machine.pass(days(17));
    expect(titles(machine)).toEqual(['Mail is due today', 'Mail is 9 days overdue']);
  });

  it('is not announced twice for one due day when its period is edited there and back', async () => {
    const { machine, key } = await running();
    await machine.setClock('2026-03-29 10:00');
    machine.key(key).everyDays = 180;
    await machine.pass(2);
    machine.key(key).everyDays = 90;
    await machine.pass(2);
    machine.key(key).everyDays = 88;
    await machine.pass(2);
    machine.key(key).everyDays = 90;
    await machine.pass(2);
    expect(titles(machine)).toEqual([
      'Mail is due in 3 days',
      'Mail is due in 1 day'.replace('in 1 day', 'tomorrow'),
    ]);
  });

  it('is done with when it has been rotated', async () => {
    const { machine, key } = await running();
    await machine.setClock('2026-04-01 10:00');
    machine.keys.delete(key);
    machine.add('Mail');
    await machine.pass(days(30));
    expect(titles(machine)).toEqual(['Mail is due today']);
  });
});

describe('a key that is due on a day on which the clocks are changed', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
  ])('is announced in %s once per lead time, and on %s itself', async (zone, changeDay) => {
    const due = dayFromIso(changeDay) ?? 0;
    const machine = await machineAt(`${isoOf(due - 90)} 23:50`, zone);
    machine.add('Mail');
    await machine.startApp();
    await machine.pass(days(91));
    expect(machine.shown.map(({ at, title }) => `${at.slice(0, 10)} ${title}`)).toEqual([
      `${isoOf(due - 14)} Mail is due in 14 days`,
      `${isoOf(due - 3)} Mail is due in 3 days`,
      `${changeDay} Mail is due today`,
    ]);
  });
});

describe('a key that was issued on the last of February', () => {
  it('is due a leap day later in a year that has one', async () => {
    const machine = await machineAt('2027-12-01 09:00');
    machine.add('Leap', 90);
    await machine.startApp();
    await machine.pass(days(91));
    expect(machine.shown.at(-1)).toMatchObject({
      at: expect.stringMatching(/^2028-02-29/),
      title: 'Leap is due today',
    });
  });

  it('issued on 29 February is due 365 days later on 28 February', async () => {
    const machine = await machineAt('2028-02-29 23:30');
    machine.add('Leap', 365);
    await machine.startApp();
    await machine.setClock('2029-02-28 00:30');
    expect(titles(machine)).toEqual(['Leap is due today']);
  });
});

describe('what ends a key earlier than its period', () => {
  it('is its expiry: it is due on the last day on which it works', async () => {
    const machine = await machineAt('2026-01-01 09:00');
    const key = machine.add('Short', 90);
    machine.key(key).expiresAt = Date.UTC(2026, 0, 31, 12);
    await machine.startApp();
    await machine.setClock('2026-01-30 00:00');
    expect(titles(machine)).toEqual(['Short is due today']);
  });

  it('is a plan, when that is earlier', async () => {
    const machine = await machineAt('2026-01-01 09:00');
    machine.key(machine.add('Planned', null)).plannedDay = '2026-02-10';
    await machine.startApp();
    await machine.setClock('2026-02-07 08:00');
    expect(titles(machine)).toEqual(['Planned is due in 3 days']);
  });
});

describe('many keys at once', () => {
  it('are one notice', async () => {
    const machine = await machineAt('2026-01-01 09:00');
    for (let index = 0; index < 40; index += 1) machine.add(`Key ${index}`);
    await machine.startApp();
    await machine.setClock('2026-04-01 08:00');
    expect(machine.shown).toHaveLength(1);
    expect(machine.shown[0]?.title).toBe('40 keys are due today');
    expect(machine.notices()).toHaveLength(1);
    expect(machine.notices()[0]?.keys).toHaveLength(40);
  });

  it('wait for the end of the quiet hours, over a restart, and are then shown as one', async () => {
    const machine = await machineAt('2026-01-01 22:30');
    machine.quiet({ from: '22:00', to: '07:30' });
    machine.add('First');
    await machine.startApp();
    await machine.setClock('2026-04-01 00:10');
    machine.add('Second', 3);
    machine.closeApp();
    await machine.startApp();
    expect(machine.shown).toEqual([]);
    expect(machine.notices()).toHaveLength(2);
    await machine.setClock('2026-04-01 07:30');
    await machine.pass(3);
    expect(machine.shown).toMatchObject([
      { title: '1 key is due today, 1 is due within 14 days', keys: ['First', 'Second'] },
    ]);
  });

  it('stay in the list where no notice is wanted', async () => {
    const machine = await machineAt('2026-01-01 09:00');
    machine.notify(false);
    machine.add('Mail');
    await machine.startApp();
    await machine.setClock('2026-04-01 08:00');
    expect(machine.shown).toEqual([]);
    expect(machine.notices()).toMatchObject([{ seen: false, keys: [{ name: 'Mail', reason: 0 }] }]);
    await machine.see();
    expect(machine.notices()).toMatchObject([{ seen: true }]);
    machine.notify(true);
    await machine.pass(24);
    expect(machine.shown).toEqual([]);
  });
});

describe('a vault that is locked', () => {
  it('is no reason to say nothing: how many are due is known, and which is told after', async () => {
    const machine = await machineAt('2026-01-01 09:00');
    machine.add('Mail');
    await machine.startApp();
    machine.lock(true);
    machine.closeApp();
    await machine.startApp();
    await machine.setClock('2026-04-01 08:00');
    machine.lock(false);
    await machine.pass(3);
    expect(titles(machine)).toEqual(['A key is due today']);
  });
});

it('a memory that was damaged is begun anew, and beside it lies what it was', async () => {
  const machine = await machineAt('2026-01-01 09:00');
  machine.add('Mail');
  await machine.startApp();
  await machine.setClock('2026-04-01 08:00');
  machine.closeApp();
  await writeFile(machine.file, '{"version":1,"told":');
  await machine.startApp();
  expect(titles(machine)).toEqual(['Mail is due today', 'Mail is due today']);
});

/** What may happen to a laptop. */
const events = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 30 }) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('sleep' as const), hours: fc.integer({ min: 1, max: 900 }) }),
    },
    { weight: 3, arbitrary: fc.constant({ kind: 'restart' as const, hours: 0 }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('clock' as const),
        hours: fc.integer({ min: -400, max: 400 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { kind: 'clock' as const, hours: 8_766 },
        { kind: 'clock' as const, hours: -8_766 },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('zone' as const), hours: fc.integer({ min: 0, max: 3 }) }),
    },
  ),
  { minLength: 5, maxLength: 40 },
);
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'];

describe('for any history of ticks, restarts, clock jumps and flights', () => {
  it('every key is announced at least once per due day and lead time that it reached, and at most once', async () => {
    await fc.assert(
      fc.asyncProperty(
        events,
        fc.array(fc.integer({ min: 5, max: 120 }), { minLength: 1, maxLength: 4 }),
        async (steps, periods) => {
          const machine = await createMachine('2026-02-01 09:00', 'Europe/Berlin');
          try {
            for (const [index, period] of periods.entries()) machine.add(`Key ${index}`, period);
            await machine.startApp();
            const reached = new Set<string>();
            let zone = 'Europe/Berlin';
            const note = () => {
              const today = dayFromIso(machine.wall().slice(0, 10)) ?? 0;
              for (const key of machine.keys.values()) {
                const due = calendarIn(zone).dayOf(key.issuedAt) + (key.everyDays ?? 0);
                for (const lead of [14, 3, 0]) if (due - today <= lead) reached.add(`${key.name} ${lead}`);
              }
            };
            note();
            for (const { kind, hours } of steps) {
              if (kind === 'pass') await machine.pass(Math.min(hours, 6));
              if (kind === 'sleep') await machine.sleep(hours);
              if (kind === 'clock') await machine.sleep(hours);
              if (kind === 'zone') {
                zone = zones[hours] ?? zone;
                await machine.travelTo(zone);
              }
              if (kind === 'restart') {
                machine.closeApp();
                await machine.startApp();
              }
              note();
            }
            const made = machine.notices().flatMap((notice) => notice.keys);
            const leads = made.filter(({ reason }) => typeof reason === 'number');
            const named = leads.map(({ name, reason }) => `${name} ${reason}`);
            expect(new Set(named).size).toBe(named.length);
            for (const one of reached) {
              const [, name = '', lead = ''] = /^(.*) (\d+)$/.exec(one) ?? [];
              const isTold = leads.some((told) => told.name === name && Number(told.reason) <= Number(lead));
              expect(isTold, one).toBe(true);
            }
          } finally {
            await machine.remove();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
