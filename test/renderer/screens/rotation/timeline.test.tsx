import { describe, expect, it } from 'vitest';
import { agendaOf, levels } from '../../../../renderer/screens/rotation/timeline.ts';
import { keyRow } from '../../support/fake-bridge.ts';

const now = Date.UTC(2026, 5, 1);
const dayMs = 86_400_000;
const due = (index: number, days: number | null, facts = {}) =>
  keyRow(index, {
    status: 'active',
    attention: null,
    dueAt: days === null ? null : now + days * dayMs,
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
  });

  it('is overdue from the very instant on', () => {
    expect(names(agendaOf([due(1, 0)], now).overdue)).toEqual(['key 1']);
  });

  it('counts what lies after the 90 days and what is never due', () => {
    expect(agendaOf([due(1, 90), due(2, 91), due(3, null)], now)).toMatchObject({
      later: [{ days: 90, share: 1 }],
      beyond: 1,
      never: 1,
    });
  });

  it('leaves out keys that are revoked or being replaced', () => {
    const gone = (['revoked', 'retiring', 'rotating'] as const).map((status, index) =>
      due(index, -1, { status }),
    );
    expect(agendaOf(gone, now)).toEqual({ overdue: [], dueSoon: [], later: [], beyond: 0, never: 0 });
  });

  it('puts a mark of the same day above the one before, and no higher than the line has room for', () => {
    const agenda = agendaOf([due(1, 3), due(2, 3), due(3, 3), due(4, 4)], now);
    expect(levels(agenda.dueSoon, 7)).toEqual([0, 1, 2, 0]);
    expect(levels(agenda.dueSoon, 1)).toEqual([0, 1, 1, 0]);
  });
});
