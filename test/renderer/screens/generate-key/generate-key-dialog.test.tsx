import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { GenerateKeyDialog } from '../../../../renderer/screens/generate-key/generate-key-dialog.tsx';
import type { Failure } from '../../../../shared/domain/failure.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, keyId, workId } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';
import { fullConnection } from '../../support/scenarios-dialogs.ts';

afterEach(cleanup);

type Issued = Extract<
  Failure,
  { code: 'name-taken' | 'file-unwritable' | 'answer-needed' | 'provider-throttled' | 'outcome-unknown' }
>;

/** The dialog on a main that answers `keys.issue` so; and what became of it. */
async function open(failure: Issued | null, connections = [fullConnection]) {
  const happened = {
    issued: [] as string[],
    takenIn: [] as string[],
    closed: 0,
    rotation: 0,
    addProvider: 0,
  };
  const gate = Promise.withResolvers<void>();
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'connections.list': () => ok({ connections }),
        'keys.issue': async () => {
          await gate.promise;
          return failure === null ? ok({ keyId: keyId(3), workId: workId(1) }) : fail(failure);
        },
      },
    }),
  );
  render(
    <GenerateKeyDialog
      onClose={() => happened.closed++}
      onIssued={(id) => happened.issued.push(id)}
      onTakenIn={(id) => happened.takenIn.push(id)}
      onAddProvider={() => happened.addProvider++}
      onOpenRotation={() => happened.rotation++}
    />,
  );
  await screen.findByRole('dialog');
  return { main, happened, answer: () => gate.resolve() };
}

const type = (label: string | RegExp, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const send = () => fireEvent.submit(document.querySelector('form') as HTMLFormElement);
const described = (label: string) => {
  const field = screen.getByLabelText(label);
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
};

describe('generating a key', () => {
  it('says at the name that it is taken, and keeps everything that was typed', async () => {
    const { answer } = await open({ code: 'name-taken', name: 'Shop checkout' });
    await screen.findByLabelText('Name');
    type('Name', 'Shop checkout');
    type('File', '/home/mira/code/shop/.env');
    send();
    answer();
    await waitFor(() => expect(described('Name')).toContain('The name “Shop checkout” is taken'));
    expect((screen.getByLabelText('File') as HTMLInputElement).value).toBe('/home/mira/code/shop/.env');
  });

  it('says at the file that it cannot be written', async () => {
    const { answer } = await open({ code: 'file-unwritable', file: '/srv/.env', reason: 'read-only' });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    type('File', '/srv/.env');
    send();
    answer();
    await waitFor(() => expect(described('File')).toContain('The file cannot be written'));
  });

  it('says at the questions that an answer is needed', async () => {
    const { answer } = await open({ code: 'answer-needed', questions: ['otp'] });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    send();
    answer();
    await waitFor(() => expect(described('One-time code')).toContain('The provider wants this answered'));
  });

  it('says what belongs to no field above the form', async () => {
    const { answer } = await open({
      code: 'provider-throttled',
      host: 'registry.example.com',
      retryAfterSeconds: 30,
    });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    send();
    answer();
    expect((await screen.findByRole('alert')).textContent).toContain(
      'registry.example.com asks to wait 30 seconds',
    );
  });

  it('asks nothing of the provider while something is missing', async () => {
    const { main } = await open(null);
    await screen.findByLabelText('Name');
    send();
    expect(described('Name')).toContain('A key needs a name.');
    expect(main.calls.some(({ method }) => method === 'keys.issue')).toBe(false);
  });

  it('cannot be left while it runs, asks once, and goes on to the one time of the new key', async () => {
    const { main, happened, answer } = await open(null);
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    type('Account password', 'correct horse');
    act(() => {
      const form = document.querySelector('form') as HTMLFormElement;
      for (const _ of ['once', 'twice'])
        form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    });
    await screen.findByText(/Asking the provider, once/);
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
    expect(happened.closed).toBe(0);
    answer();
    await waitFor(() => expect(happened.issued).toEqual([keyId(3)]));
    const asked = main.calls.filter(({ method }) => method === 'keys.issue');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.input).toMatchObject({ name: 'Shop', answers: { password: 'correct horse' } });
  });

  it('explains a lost answer and leads to where the stray can be revoked', async () => {
    const { happened, answer } = await open({ code: 'outcome-unknown', workId: workId(1), strays: 1 });
    await screen.findByLabelText('Name');
    type('Name', 'Shop');
    send();
    answer();
    const dialog = await screen.findByRole('dialog', { name: 'Outcome unknown' });
    expect(dialog.textContent).toContain('does not ask a second time');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Open Rotation' }));
    expect(happened.rotation).toBe(1);
  });

  it('says what leaving each limit out means', async () => {
    await open(null);
    await screen.findByLabelText('Name');
    const { textContent } = screen.getByRole('dialog');
    expect(textContent).toContain('Left out: the token may do everything that you may.');
    expect(textContent).toContain('Left out: it never expires.');
    expect(textContent).toContain('Left out: the key works from any address.');
  });

  it('leads to adding a provider where there is none', async () => {
    const { happened } = await open(null, []);
    fireEvent.click(await screen.findByRole('button', { name: 'Add provider' }));
    expect(happened.addProvider).toBe(1);
  });
});
