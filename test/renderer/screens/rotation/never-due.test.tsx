import { cleanup, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useKeys } from '../../../../renderer/screens/keys/use-keys.ts';
import { NeverDue } from '../../../../renderer/screens/rotation/never-due.tsx';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

describe('keys that are never due', () => {
  it('are counted, and found in the list of keys from there, whatever was looked for before', async () => {
    const alive = { status: 'active', attention: null } as const;
    const rows = [
      keyRow(1, { ...alive, dueAt: null, dueBecause: null }),
      keyRow(2, { ...alive, dueAt: Date.now() }),
      keyRow(4, { ...alive, dueAt: null, dueBecause: null }),
    ];
    pageTalksTo(createFakeMain({ overrides: { 'keys.list': () => ok({ keys: rows }) } }));
    render(<NeverDue keys={2} />);
    const link = screen.getByRole('link', { name: '2 keys are never due.' });
    expect(link.getAttribute('href')).toBe('#/keys');
    fireEvent.click(link);
    const { result } = renderHook(useKeys);
    await waitFor(() => expect(result.current.state).toBe('ready'));
    if (result.current.state !== 'ready') return;
    expect(result.current.total).toBe(3);
    const found = result.current.lines.flatMap((line) => (line.kind === 'key' ? [line.key] : []));
    expect(found.sort()).toEqual([rows[0]?.id, rows[2]?.id]);
  });

  it('are not spoken of where there are none', () => {
    const { container } = render(<NeverDue keys={0} />);
    expect(container.textContent).toBe('');
  });
});
