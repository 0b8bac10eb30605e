import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RotateKeyDialog } from '../../../../renderer/screens/rotation/rotate-key-dialog.tsx';
import type { ConnectionView } from '../../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../../shared/ipc/define.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { connectionId, inspection, keyId, providerSummary } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import {
  assistedConnection,
  atOnceConnection,
  mainAt,
  waitsForKey,
} from '../../support/scenarios-assisted.ts';

afterEach(cleanup);

async function open(connection: ConnectionView, overrides: Partial<Handlers<KeyturnContract>> = {}) {
  const started = () => ok({ workId: waitsForKey.id, newKeyId: keyId(3) });
  const main = pageTalksTo(
    mainAt(connection, {
      'work.list': () => ok({ works: [waitsForKey] }),
      'keys.rotate': started,
      ...overrides,
    }),
  );
  const opened: string[] = [];
  render(
    <RotateKeyDialog
      keyId={keyId(2)}
      onClose={() => {}}
      onOpenKey={(id) => opened.push(id)}
      onCopyOnce={() => {}}
      onUndo={() => {}}
      onLeaked={() => {}}
    />,
  );
  await screen.findByRole('button', { name: 'Rotate' });
  const asked = () => main.calls.filter(({ method }) => method === 'keys.rotate').map(({ input }) => input);
  return Object.assign(asked, { opened });
}

const submit = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);

describe('rotating a key that the provider replaces at once', () => {
  it('changes nothing until the user confirms that the old key dies now', async () => {
    const asked = await open(atOnceConnection);
    expect(screen.queryByRole('radiogroup', { name: 'Grace for the old key' })).toBeNull();
    submit();
    await screen.findByText('Confirm this first. Nothing was changed.');
    expect(asked()).toEqual([]);
    fireEvent.change(screen.getByLabelText('One-time code'), { target: { value: '123456' } });
    fireEvent.click(screen.getByLabelText(/The old key dies now/));
    submit();
    await waitFor(() =>
      expect(asked()).toEqual([{ id: keyId(2), grace: 'now', oldDiesNow: true, answers: { otp: '123456' } }]),
    );
  });
});

describe('rotating a key beside which the provider allows no second', () => {
  it('asks for the same confirmation as soon as main says so', async () => {
    const plain = providerSummary({ id: 'narrow', name: 'Narrow' });
    const answers = [fail({ code: 'overlap-impossible', provider: 'Narrow', why: 'limit' } as const)];
    const asked = await open(
      { ...assistedConnection, id: connectionId(80), providerId: 'narrow', provider: plain },
      { 'keys.rotate': () => answers.pop() ?? ok({ workId: waitsForKey.id, newKeyId: keyId(3) }) },
    );
    expect(screen.queryByLabelText(/The old key dies now/)).toBeNull();
    submit();
    fireEvent.click(await screen.findByLabelText(/The old key dies now/));
    expect(screen.getByRole('dialog').textContent).toContain('allows no second key beside this one');
    submit();
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ grace: 'now', oldDiesNow: true }));
  });
});

describe('rotating a key by hand', () => {
  it('shows the steps, starts the work, and goes on to where the new key is pasted', async () => {
    const asked = await open(assistedConnection);
    expect(screen.getByText('Press Create key and name it.')).toBeTruthy();
    expect(screen.getByText(/Then Keyturn asks you to revoke the old one/)).toBeTruthy();
    submit();
    await screen.findByLabelText('Key secret');
    expect(asked()).toEqual([{ id: keyId(2), grace: '24-hours', oldDiesNow: false, answers: {} }]);
    expect(screen.getByRole('button', { name: 'Give up' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Copy once' })).toBeNull();
  });
});

describe('the files that will get the new key', () => {
  const live = { ...assistedConnection, environment: 'live' as const };
  const tracked = { state: 'tracked' as const, root: '/home/mira', ignoreLine: null, detail: '' };

  it('say beforehand that Git tracks one of them, and lead to where that is confirmed', async () => {
    const { opened } = await open(live, { 'files.inspect': () => ok(inspection({ git: tracked })) });
    await screen.findByText(/A live key goes there only once you have confirmed it by name/);
    fireEvent.click(screen.getByRole('button', { name: 'Show the key’s files' }));
    expect(opened).toEqual([keyId(2)]);
  });

  it('say beforehand that one of them cannot be read', async () => {
    await open(live, {
      'files.inspect': ({ file }) => fail({ code: 'file-unreadable', file, reason: 'permission denied' }),
    });
    await screen.findByText('The file cannot be read. Nothing is begun until it can be written.');
  });

  it.each(['test', 'live'] as const)(
    'are no hurdle where nothing stands in the way of a %s key',
    async (environment) => {
      const git = environment === 'test' ? tracked : { ...tracked, state: 'ignored' as const };
      await open({ ...live, environment }, { 'files.inspect': () => ok(inspection({ git })) });
      await screen.findByRole('list', { name: 'Files' });
      await waitFor(() => expect(screen.queryByRole('button', { name: 'Show the key’s files' })).toBeNull());
    },
  );

  it('are led to by a refusal that is about one of them', async () => {
    const { opened } = await open(live, {
      'keys.rotate': () => fail({ code: 'file-unwritable', file: '/srv/.env', reason: 'read only' }),
    });
    submit();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('/srv/.env does not take changes');
    fireEvent.click(within(alert).getByRole('button', { name: 'Show the key’s files' }));
    expect(opened).toEqual([keyId(2)]);
  });

  it('are not spoken of by a refusal that is about something else', async () => {
    await open(live, { 'keys.rotate': () => fail({ code: 'keychain-locked' }) });
    submit();
    const alert = await screen.findByRole('alert');
    expect(within(alert).queryByRole('button')).toBeNull();
  });
});
