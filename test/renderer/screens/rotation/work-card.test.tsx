import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { WorkCard } from '../../../../renderer/screens/rotation/work-card.tsx';
import type { PageFailure } from '../../../../renderer/text/errors.ts';
import type { WorkId } from '../../../../shared/domain/ids.ts';
import type { WorkView } from '../../../../shared/ipc/work.contract.ts';
import { targetId, work } from '../../support/fake-bridge.ts';
import { assistedConnection, waitsForKey, waitsForRevocation } from '../../support/scenarios-assisted.ts';
import { fullConnection, inGrace } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

function show(view: WorkView, connection = fullConnection, refused: PageFailure[] = []) {
  const asked: { action: string; brought: unknown }[] = [];
  const note = (action: string) => async (_: WorkId, brought?: unknown) => {
    asked.push({ action, brought });
    return refused.shift() ?? null;
  };
  const copied = { times: 0 };
  const undone = { times: 0 };
  render(
    <WorkCard
      work={view}
      actions={{
        continueWork: note('continue'),
        revokeStrays: note('revoke'),
        giveUp: note('give-up'),
      }}
      connection={connection}
      onCopyOnce={() => copied.times++}
      onUndo={() => undone.times++}
    />,
  );
  return { asked, copied, undone };
}

const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent);
const unknown = (strays: string[] | null) => work({ kind: 'issue', outcomeUnknown: true, strays });

describe('a piece of work', () => {
  it('says that the new value was taken from its file, where it was', () => {
    show(work({ origin: 'by-hand', fromFile: true }));
    expect(screen.getByText('Take the new value from its file')).toBeTruthy();
  });

  it('does not say that files were written where there are none', () => {
    const steps: WorkView['steps'] = [
      { name: 'deliver', state: 'done' },
      { name: 'revoke', state: 'running' },
    ];
    show(work({ steps }));
    expect(screen.getByText('No files to write')).toBeTruthy();
    cleanup();
    show(work({ steps, written: [{ file: '/srv/.env', variables: ['API_KEY'] }] }));
    expect(screen.getByText('Write the new key to its files')).toBeTruthy();
    expect(screen.queryByText('No files to write')).toBeNull();
  });

  it('offers nothing while it runs', () => {
    show(work());
    expect(buttons()).toEqual([]);
  });

  it('says why it stopped, what is true, and goes on when asked', async () => {
    const { asked } = show(
      work({ blocked: { code: 'keychain-locked' } as never, steps: [{ name: 'store', state: 'stopped' }] }),
    );
    expect(screen.getByRole('alert').textContent).toContain('The keychain is locked');
    expect(screen.getByText(/The old key works as before/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(asked).toEqual([{ action: 'continue', brought: { answers: {} } }]));
  });

  it('asks for what the provider wants answered, and for nothing else', async () => {
    const { asked } = show(work({ blocked: { code: 'answer-needed', questions: ['otp'] } }));
    expect(screen.queryByLabelText('Account password')).toBeNull();
    fireEvent.change(screen.getByLabelText('One-time code'), { target: { value: '123456' } });
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() =>
      expect(asked).toEqual([{ action: 'continue', brought: { answers: { otp: '123456' } } }]),
    );
  });

  it('looks again or gives up while no stray is known, and revokes it once it is', async () => {
    show(unknown(null));
    expect(buttons()).toEqual(['Give up', 'Look again']);
    cleanup();
    const { asked } = show(unknown(['CI token kt-1']));
    expect(buttons()).toEqual(['Look again', 'Revoke the stray']);
    fireEvent.click(screen.getByRole('button', { name: 'Revoke the stray' }));
    await waitFor(() => expect(asked).toEqual([{ action: 'revoke', brought: {} }]));
  });

  it('can be given up where the old key is dead and the new one is refused, and only there', () => {
    const refused = { blocked: { code: 'key-not-verified', message: 'No' } as const };
    show(work({ ...refused, origin: 'rotated' }));
    expect(buttons()).toEqual(['Give up', 'Continue']);
    cleanup();
    show(work({ ...refused, origin: 'created' }));
    expect(buttons()).toEqual(['Continue']);
  });

  it('offers the one time of the new key as soon as it is in place', () => {
    const { copied } = show(inGrace);
    fireEvent.click(screen.getByRole('button', { name: 'Copy once' }));
    expect(copied.times).toBe(1);
    expect(screen.getByText(/The old key still works until its grace ends/)).toBeTruthy();
  });

  it('can be undone for as long as the old key can be put back, and not longer', () => {
    const { undone } = show({ ...inGrace, canUndo: true });
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(undone.times).toBe(1);
    cleanup();
    show({ ...inGrace, canUndo: false });
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('says which files and variables have the new key, and that what reads them has to be restarted', () => {
    show({ ...inGrace, written: [{ file: '/srv/shop/.env', variables: ['SHOP_KEY', 'SHOP_ID'] }] });
    expect(screen.getByText(/What reads them has to be restarted/)).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Files' }).textContent).toBe('/srv/shop/.env SHOP_KEY, SHOP_ID');
  });

  it('says at each file who reads the new value differently, and of a file that is there twice only once', () => {
    const remark = (index: number, file: string, readers: string[]) => ({
      targetId: targetId(index),
      file,
      readDifferentlyBy: readers,
      exampleFailed: false,
    });
    show({
      ...inGrace,
      written: [
        { file: '/srv/shop/.env', variables: ['SHOP_KEY'] },
        { file: '/srv/worker/.env', variables: ['KEY'] },
        { file: '/srv/worker/.env', variables: ['KEY_FALLBACK'] },
      ],
      remarks: [remark(1, '/srv/worker/.env', ['systemd']), remark(2, '/srv/worker/.env', ['systemd'])],
    });
    const [shop, worker, ...others] = within(screen.getByRole('list', { name: 'Files' })).getAllByRole(
      'listitem',
    );
    expect(others).toEqual([]);
    expect(shop?.textContent).toBe('/srv/shop/.env SHOP_KEY');
    expect(worker?.textContent).toBe(
      '/srv/worker/.env KEY, KEY_FALLBACKsystemd reads this value differently: choose your reader at Write to .env, under More.',
    );
  });

  it('says by how much the old key outlived its grace, and why', () => {
    show({ ...inGrace, graceUntil: null, finished: 'done', revokedLateMs: 2 * 3_600_000 });
    expect(
      screen.getByText(
        /Revoked 2 hours after its grace ended, because Keyturn was not running or the provider did not answer\./,
      ),
    ).toBeTruthy();
    cleanup();
    show({ ...inGrace, graceUntil: null, finished: 'done', revokedLateMs: 800 });
    expect(screen.queryByText(/after its grace ended/)).toBeNull();
  });
});

describe('work that waits for the user’s part', () => {
  const type = (label: string, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } });

  it('leads to the new key, takes it, and forgets it', async () => {
    const { asked } = show(waitsForKey, assistedConnection);
    expect(screen.getByRole('article').textContent).toContain('Rotation of Shop labels waits for you');
    expect(screen.getByText('Make the new key in the dashboard and paste it')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    type('Key id', 'kid_2');
    type('Key secret', 'pw_canary');
    fireEvent.click(screen.getByRole('button', { name: 'Take in key' }));
    await waitFor(() =>
      expect(asked).toEqual([
        { action: 'continue', brought: { key: { id: 'kid_2', secret: 'pw_canary' }, anyForm: false } },
      ]),
    );
    await waitFor(() => expect((screen.getByLabelText('Key secret') as HTMLInputElement).value).toBe(''));
  });

  it('asks nobody while a part of the key is missing', () => {
    const { asked } = show(waitsForKey, assistedConnection);
    fireEvent.submit(screen.getByRole('form', { name: 'The new key' }));
    expect(screen.getByText('Paste the key secret here.')).toBeTruthy();
    expect(asked).toEqual([]);
  });

  it('takes a value of an unusual form when the user insists', async () => {
    const { asked } = show(waitsForKey, assistedConnection, [{ code: 'key-form-unusual', field: 'secret' }]);
    type('Key id', 'kid_2');
    type('Key secret', 'odd');
    fireEvent.click(screen.getByRole('button', { name: 'Take in key' }));
    fireEvent.click(await screen.findByLabelText(/Take it in as it is/));
    fireEvent.click(screen.getByRole('button', { name: 'Take in key' }));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ brought: { anyForm: true } }));
  });

  it('can be given up', async () => {
    const { asked } = show(waitsForKey, assistedConnection);
    fireEvent.click(screen.getByRole('button', { name: 'Give up' }));
    await waitFor(() => expect(asked).toMatchObject([{ action: 'give-up' }]));
  });

  it('leads to where the old key is revoked, and takes the user’s word', async () => {
    const { asked } = show(waitsForRevocation, assistedConnection);
    expect(screen.getByText('Press Delete beside the key.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'I have revoked it' }));
    await waitFor(() => expect(asked).toEqual([{ action: 'continue', brought: { doneByHand: true } }]));
  });

  it('says that the provider still accepts the key, and can be told again', () => {
    show({ ...waitsForRevocation, blocked: { code: 'key-still-alive' } }, assistedConnection);
    expect(screen.getByRole('alert')).toBeTruthy();
    expect(buttons()).toContain('I have revoked it');
  });
});
