import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { monthsOf, pastOf } from '../../../../renderer/screens/rotation/history.ts';
import { historyWords, monthsWords } from '../../../../renderer/screens/rotation/history-words.ts';
import { RotationHistory } from '../../../../renderer/screens/rotation/rotation-history.tsx';
import { keyId, keyRow } from '../../support/fake-bridge.ts';

const dayMs = 86_400_000;
const now = new Date(2026, 10, 21, 12).getTime();
const ago = (days: number) => now - days * dayMs;

/** A key of that age; those that it replaced are older. */
const aged = (index: number, days: number, facts = {}) =>
  keyRow(index, { issuedAt: ago(days), everyDays: 90, status: 'revoked', replaces: null, ...facts });

const line = [
  aged(1, 30, { status: 'active', replaces: keyId(2) }),
  aged(2, 132, { replaces: keyId(3) }),
  aged(3, 220, { replaces: keyId(4) }),
  aged(4, 310),
];

afterEach(cleanup);

describe('how regular a key was rotated', () => {
  it('follows the keys that it replaced, and says what was late by how much', () => {
    const past = pastOf(line).of(keyId(1));
    expect(past?.rotations.map(({ afterDays, lateDays }) => [afterDays, lateDays])).toEqual([
      [90, 0],
      [88, 0],
      [102, 12],
    ]);
    expect(historyWords(past?.rotations ?? [])).toBe(
      'Rotated 3 times, every 93 days on average, once 12 days late.',
    );
  });

  it('does not count a rotation that was undone', () => {
    const undone = [aged(1, 40, { status: 'active' }), aged(2, 5, { replaces: keyId(1) })];
    expect(pastOf(undone).all).toEqual([]);
    expect(historyWords([])).toBe('Not rotated yet.');
  });

  it('knows of a rotation also when the key before was forgotten, and says nothing that it cannot know', () => {
    const past = pastOf([aged(1, 30, { status: 'active', replaces: keyId(9) })]).of(keyId(1));
    expect(historyWords(past?.rotations ?? [])).toBe('Rotated once.');
  });

  it('ends although records name each other in a circle', () => {
    const circle = [aged(1, 1, { replaces: keyId(2) }), aged(2, 2, { replaces: keyId(1) })];
    expect(pastOf(circle).of(keyId(1))?.rotations.length).toBeLessThan(3);
  });

  it('tells each rotation in words to those who do not see the picture', () => {
    const history = pastOf(line).of(keyId(1));
    if (history === null) throw new Error('There is no history');
    render(<RotationHistory history={history} now={now} />);
    const dots = screen.getAllByRole('listitem');
    expect(dots).toHaveLength(3);
    expect(dots[2]?.textContent).toContain('after 102 days, 12 days late');
  });

  it('counts by month, with no month left out', () => {
    const months = monthsOf(pastOf(line).all, now, 12);
    expect(months).toHaveLength(12);
    expect(monthsWords(months)).toBe('3 rotations in 12 months, 1 of them late.');
  });
});
