import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { RevokeDialog } from '../../../../renderer/screens/revoke/revoke-dialog.tsx';
import type { Environment } from '../../../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import { createFakeMain, keyDetail, keyId, keyRow, targetState } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

import { assistedConnection, mainAt } from '../../support/scenarios-assisted.ts';

afterEach(cleanup);

type Answer = Result<Record<never, never>, never>;

async function open(environment: Environment, answer: Promise<Answer> | Answer = ok({})) {
  const happened = { closed: 0 };
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'keys.get': () =>
          ok(keyDetail(keyRow(2, { name: 'Shop checkout', environment, targets: 2, unsealed: false }))),
        'keys.targetStates': () =>
          ok({
            targets: [targetState(0, 'in-step'), targetState(1, 'missing')],
          }),
        'keys.revoke': () => answer,
      },
    }),
  );
  render(<RevokeDialog keyId={keyId(2)} onClose={() => happened.closed++} />);
  await screen.findByText(/still holds this key/);
  const asked = () => main.calls.filter(({ method }) => method === 'keys.revoke');
  return { happened, asked };
}

const submit = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);
const type = (text: string) =>
  fireEvent.change(screen.getByLabelText('Type “Shop checkout” to confirm'), { target: { value: text } });

describe('revoking a key', () => {
  it('names the files that still hold it, and only those', async () => {
    await open('test');
    const dialog = screen.getByRole('dialog').textContent;
    expect(dialog).toContain('1 file still holds this key');
    expect(dialog).toContain('/home/mira/code/shop/.env');
    expect(dialog).not.toContain('.env.production');
  });

  it('says when the provider last saw it used', async () => {
    await open('test');
    await screen.findByText('2 days ago');
  });

  it.each(['', 'shop checkout', 'Shop checkout ', 'Shop'])(
    'of a live key asks nothing of the provider for the name “%s”',
    async (name) => {
      const { asked } = await open('live');
      type(name);
      submit();
      await screen.findByText(/That is not the name of the key/);
      expect(asked()).toEqual([]);
    },
  );

  it('of a live key goes on with its exact name', async () => {
    const { asked } = await open('live');
    type('Shop checkout');
    submit();
    await screen.findByText('The key is revoked');
    expect(asked()).toMatchObject([{ input: { id: keyId(2), confirmName: 'Shop checkout' } }]);
  });

  it('of a test key needs no name', async () => {
    const { asked } = await open('test');
    expect(screen.queryByLabelText(/to confirm/)).toBeNull();
    submit();
    await screen.findByText('The key is revoked');
    expect(asked()).toHaveLength(1);
  });

  it('says "revoked" only after the provider refuses the key, and cannot be left before', async () => {
    const gate = Promise.withResolvers<Answer>();
    const { happened } = await open('test', gate.promise);
    submit();
    await screen.findByText(/counts as alive until it is refused/);
    expect(screen.queryByText(/is revoked/)).toBeNull();
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(happened.closed).toBe(0);
    gate.resolve(ok({}));
    await screen.findByText('The key is revoked');
  });

  it('says why it did not work, and not that it did', async () => {
    await open(
      'test',
      fail({ code: 'provider-unreachable', host: 'api.example.com', reason: 'timed-out' } as never),
    );
    submit();
    expect((await screen.findByRole('alert')).textContent).toContain('api.example.com cannot be reached');
    await waitFor(() => expect(screen.queryByText(/is revoked/)).toBeNull());
  });
});

describe('revoking a key that the provider revokes in its dashboard only', () => {
  async function openByHand(answer: Answer = ok({}), connection = assistedConnection) {
    const main = pageTalksTo(mainAt(connection, { 'keys.revoke': () => answer }));
    render(<RevokeDialog keyId={keyId(2)} onClose={() => {}} />);
    await screen.findByRole('button', { name: 'I have revoked it' });
    return () => main.calls.filter(({ method }) => method === 'keys.revoke');
  }

  it('shows the steps, and asks for no name: what is confirmed is done', async () => {
    const asked = await openByHand(ok({}), { ...assistedConnection, environment: 'live' });
    expect(screen.getByText('Press Delete beside the key.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open dashboard' })).toBeTruthy();
    expect(screen.queryByLabelText(/to confirm/)).toBeNull();
    submit();
    await screen.findByText('The key is revoked');
    expect(asked().map(({ input }) => input)).toEqual([
      { id: keyId(2), confirmName: 'Shop labels', answers: {}, doneByHand: true },
    ]);
  });

  it('does not say "revoked" while the provider still accepts the key', async () => {
    await openByHand(fail({ code: 'key-still-alive' } as never));
    submit();
    await screen.findByRole('alert');
    expect(screen.queryByText('The key is revoked')).toBeNull();
    expect(screen.getByRole('button', { name: 'I have revoked it' })).toBeTruthy();
  });

  it('says whose word it takes where the provider cannot be asked', async () => {
    const { provider } = assistedConnection;
    await openByHand(ok({}), { ...assistedConnection, provider: { ...provider, operations: [] } });
    submit();
    await screen.findByText('Noted as revoked');
    expect(screen.getByRole('dialog').textContent).toContain('takes your word');
  });
});
