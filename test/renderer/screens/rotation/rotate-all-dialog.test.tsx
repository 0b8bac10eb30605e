import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RotateAllDialog } from '../../../../renderer/screens/rotation/rotate-all-dialog.tsx';
import { agendaOf } from '../../../../renderer/screens/rotation/timeline.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, keyId, keyRow, workId } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

const now = Date.now();
const rows = [1, 2, 3].map((index) =>
  keyRow(index, { name: `key ${index}`, status: 'active', dueAt: now - index }),
);

describe('rotating everything that is due', () => {
  it('starts each once with the chosen grace, and one that cannot start does not stop the others', async () => {
    const main = pageTalksTo(
      createFakeMain({
        overrides: {
          'keys.rotate': ({ id }) =>
            id === keyId(2)
              ? fail({ code: 'answer-needed', questions: ['One-time code'] })
              : ok({ workId: workId(1), newKeyId: keyId(9) }),
        },
      }),
    );
    render(<RotateAllDialog items={agendaOf(rows, now).overdue} onClose={() => undefined} />);
    fireEvent.click(screen.getByRole('radio', { name: '7 days' }));
    fireEvent.click(screen.getByRole('button', { name: 'Rotate' }));
    await screen.findByText('2 rotations started, 1 could not start');
    const asked = main.calls.filter(({ method }) => method === 'keys.rotate').map(({ input }) => input);
    expect(asked).toEqual([3, 2, 1].map((index) => ({ id: keyId(index), grace: '7-days', answers: {} })));
    const refused = screen
      .getByText('key 2', { exact: false, selector: 'li > span' })
      .closest('li') as HTMLElement;
    expect(within(refused).getByText(/The provider asks for something more/)).toBeTruthy();
    expect(screen.getAllByText('Started')).toHaveLength(2);
  });
});
