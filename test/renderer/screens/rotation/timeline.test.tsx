import { describe, expect, it } from 'vitest';
import { agendaOf } from '../../../../renderer/screens/rotation/timeline.ts';
import { keyRow } from '../../support/fake-bridge.ts';

const now = new Date(2026, 5, 1, 11).getTime();
const startOf = (days: number) => new Date(2026, 5, 1 + days).getTime();
const due = (index: number, days: number | null, facts = {}) =>
  keyRow(index, {
    status: 'active',
    attention: null,
    dueAt: days === null ? null : startOf(days),
    name: `key ${index}`,
    ...facts,
  });
const names = (items: readonly { key: { name: string } }[]) => items.map(({ key }) => key.name);

describe('what is due', () => {
  it('puts the longest overdue first, then what is due soon, then the rest, each by its day', () => {
    const agenda = agendaOf([due(1, 60), due(2, -1), due(3, 14), due(4, -9), due(5, 3), due(6, 15)], now);
    expect(names(agenda.overdue)).toEqual(['key 4', 'key 2']);
    expect(names(agenda.dueSoon)).toEqual(['key 5', 'key 3']);
    expect(names(agenda.later)).toEqual(['key 6', 'key 1']);
    expect(names(agenda.all)).toEqual(['key 4', 'key 2', 'key 5', 'key 3', 'key 6', 'key 1']);
  });

  it('is overdue from the day after its day on, not on the day itself', () => {
    expect(names(agendaOf([due(1, 0)], now).dueSoon)).toEqual(['key 1']);
    expect(names(agendaOf([due(1, -1)], now).overdue)).toEqual(['key 1']);
  });

  it('tells what lies after the 90 days, and counts what is never due', () => {
    const agenda = agendaOf([due(1, 90), due(2, 91), due(3, null)], now);
    expect(names(agenda.later)).toEqual(['key 1']);
    expect(names(agenda.beyond)).toEqual(['key 2']);
    expect(agenda.never).toBe(1);
  });

  it('has what was put off in a group of its own, until the day has come', () => {
    const rows = [
      due(1, -4, { snoozedUntil: '2026-06-05' }),
      due(2, -3, { snoozedUntil: '2026-06-01' }),
      due(3, 5, { snoozedUntil: '2026-06-20' }),
      due(4, 40, { snoozedUntil: '2026-06-20' }),
    ];
    const agenda = agendaOf(rows, now);
    expect(names(agenda.snoozed)).toEqual(['key 1', 'key 3']);
    expect(names(agenda.overdue)).toEqual(['key 2']);
    expect(names(agenda.later)).toEqual(['key 4']);
    expect(names(agenda.all)).toEqual(['key 1', 'key 2', 'key 3', 'key 4']);
  });

  it('leaves out keys that are revoked or being replaced', () => {
    const gone = (['revoked', 'retiring', 'rotating'] as const).map((status, index) =>
      due(index, -1, { status }),
    );
    expect(agendaOf(gone, now)).toEqual({
      all: [],
      overdue: [],
      dueSoon: [],
      snoozed: [],
      later: [],
      beyond: [],
      never: 0,
    });
  });
});
