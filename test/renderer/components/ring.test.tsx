import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Ring } from '../../../renderer/components/ring.tsx';

afterEach(cleanup);

/** The shapes of a ring: what is left of it without colour. */
function shapes(share: number | null, state: Parameters<typeof Ring>[0]['state']): string {
  const { container, unmount } = render(<Ring share={share} state={state} />);
  const drawn = [...container.querySelectorAll('circle, path')].map((shape) =>
    [
      shape.tagName,
      shape.getAttribute('r'),
      shape.getAttribute('stroke-dasharray'),
      shape.getAttribute('d'),
    ].join(' '),
  );
  unmount();
  return drawn.join('\n');
}

test('is told apart by shape alone in every state', () => {
  const pictures = [
    shapes(0.95, 'fine'),
    shapes(0.95, 'due-soon'),
    shapes(0.95, 'snoozed'),
    shapes(1.4, 'overdue'),
    shapes(1, 'gone'),
  ];
  expect(new Set(pictures).size).toBe(pictures.length);
});

test('draws the share that is used, and never more than a full ring', () => {
  expect(shapes(0.5, 'fine')).toContain('50 100');
  expect(shapes(7, 'overdue')).toContain('100 100');
});

test.each([
  [0.42, 'fine', '42 % of its time used'],
  [0.93, 'due-soon', 'Due soon, 93 % of its time used'],
  [1.2, 'overdue', 'Overdue'],
  [null, 'never', 'Never due'],
  [1, 'gone', 'Revoked'],
] as const)('says in words what it shows: %s %s', (share, state, words) => {
  render(<Ring share={share} state={state} />);
  expect(screen.getByRole('img', { name: words })).toBeTruthy();
});
