import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { UndoDialog } from '../../../../renderer/screens/rotation/undo-dialog.tsx';
import type { WorkView } from '../../../../shared/ipc/work.contract.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { createFakeMain, keyId, keyRow } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection, inGrace } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

const written = [{ file: '/srv/shop/.env', variables: ['SHOP_KEY'] }];
const undoable: WorkView = { ...inGrace, canUndo: true, written };
const undone: WorkView = { ...undoable, canUndo: false, graceUntil: null, finished: 'undone' };

function open(undo: () => Result<WorkView, { code: 'undo-too-late' }>) {
  const row = keyRow(2, { connectionId: fullConnection.id });
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'work.list': () => ok({ works: [undoable] }),
        'keys.list': () => ok({ keys: [row] }),
        'connections.list': () => ok({ connections: [fullConnection] }),
        'work.undo': undo,
      },
    }),
  );
  render(<UndoDialog workId={undoable.id} onClose={() => {}} onOpenKey={() => {}} />);
  return main;
}

describe('undoing a rotation', () => {
  it('says once what it does and to which files, and asks what the provider wants for revoking', async () => {
    const main = open(() => ok(undone));
    await screen.findByText('Puts the old value back into these files, then revokes the new key.');
    expect(screen.getByRole('list', { name: 'Files' }).textContent).toContain('/srv/shop/.env');
    expect(main.calls.some(({ method }) => method === 'work.undo')).toBe(false);
    fireEvent.input(screen.getByLabelText('Account password'), { target: { value: 'pw' } });
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(main.calls.findLast(({ method }) => method === 'work.undo')?.input).toEqual({
        id: undoable.id,
        answers: { password: 'pw' },
      }),
    );
  });

  it('ends with what is true: the old key is in place, and what reads its files has to be restarted', async () => {
    const main = open(() => ok(undone));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    act(() => main.tell({ feed: 'work.changed', state: undone }));
    expect(await screen.findByText(/The old key is in place and works as before/)).toBeTruthy();
    expect(screen.getByText(/These files have the old key again/)).toBeTruthy();
    expect(screen.queryByText('Revoke the old key')).toBeNull();
  });

  it('says that it is too late once the old key is dead, and changes nothing', async () => {
    open(() => fail({ code: 'undo-too-late' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is too late to undo this');
  });

  it('tells how far it is in the words of undoing, not of rotating', async () => {
    const main = open(() => ok(undoable));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    act(() =>
      main.tell({
        feed: 'work.changed',
        state: {
          ...undoable,
          canUndo: false,
          undoing: true,
          graceUntil: null,
          newKeyId: keyId(3),
          blocked: { code: 'provider-unreachable', host: 'registry.example.com', reason: 'offline' },
          steps: [
            { name: 'deliver', state: 'done' },
            { name: 'revoke', state: 'stopped' },
          ],
        },
      }),
    );
    expect(await screen.findByText('Undoing the rotation of transactional mail has stopped')).toBeTruthy();
    expect(screen.getByText('Write the old key back to its files')).toBeTruthy();
    expect(screen.getByText('Revoke the new key')).toBeTruthy();
    expect(screen.getByText(/The new one counts as alive until it is revoked/)).toBeTruthy();
  });
});
