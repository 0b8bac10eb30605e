import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StatusLine } from '../../../../renderer/screens/frame/status-line.tsx';
import { useFrame } from '../../../../renderer/screens/frame/use-frame.ts';
import { RotateAllDialog } from '../../../../renderer/screens/rotation/rotate-all-dialog.tsx';
import { RotationScreen } from '../../../../renderer/screens/rotation/rotation-screen.tsx';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import type { BatchView } from '../../../../shared/ipc/work.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import {
  createFakeMain,
  type FakeMain,
  keyId,
  keyRow,
  targetId,
  work,
  workId,
} from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';
import { pageTalksTo } from '../../support/page-main.ts';

// The list of what is due has only the rows that are in view.
beforeAll(() => giveSize(500, 330));
afterEach(cleanup);

const now = Date.now();
const rows = [1, 2, 3, 4].map((index) =>
  keyRow(index, {
    name: `key ${index}`,
    status: 'active',
    attention: null,
    environment: index === 1 ? 'live' : 'test',
    targets: 1,
    dueAt: now - index * 60_000,
  }),
);

type BatchKey = BatchView['keys'][number];

function batch(states: readonly BatchKey['state'][], facts: Partial<BatchView> = {}): BatchView {
  return {
    startedAt: now,
    cancelled: false,
    finishedAt: null,
    keys: states.map((state, index) => ({
      keyId: keyId(index + 1),
      name: `key ${index + 1}`,
      provider: 'Postmark',
      state,
      workId: state === 'attention' && index === 1 ? workId(index + 1) : null,
      failure: state === 'attention' ? { code: 'keychain-locked' } : null,
    })),
    ...facts,
  };
}

const begun = batch(['running', 'running', 'waiting', 'waiting']);

function main(last: BatchView | null, keys: readonly KeyRow[] = rows): FakeMain {
  return pageTalksTo(
    createFakeMain({
      overrides: {
        'keys.list': () => ok({ keys: [...keys] }),
        'work.batch': () => ok(last),
        'work.list': () => ok({ works: last === null ? [] : [work({ keyId: keyId(1), name: 'key 1' })] }),
        'work.rotateAll': () => ok(begun),
        'work.cancelAll': () => ok({ ...begun, cancelled: true }),
      },
    }),
  );
}

function open(last: BatchView | null = null, keys: readonly KeyRow[] = rows) {
  const opened: { works: string[]; rotated: string[] } = { works: [], rotated: [] };
  const fake = main(last, keys);
  render(
    <RotateAllDialog
      onClose={() => {}}
      onOpenWork={(id) => opened.works.push(id)}
      onRotate={(id) => opened.rotated.push(id)}
    />,
  );
  const tell = (state: BatchView) => act(() => fake.tell({ feed: 'work.batchChanged', state }));
  return { fake, opened, tell };
}

const line = (name: string) =>
  within(screen.getByRole('list', { name: 'Keys of this rotation' }))
    .getByRole('link', { name })
    .closest('li') as HTMLElement;

describe('rotating everything that is due', () => {
  it('asks once for all of it with the chosen grace, and then tells how each key stands', async () => {
    const { fake, tell } = open();
    await screen.findByText('key 1');
    fireEvent.click(screen.getByRole('radio', { name: '7 days' }));
    fireEvent.click(screen.getByRole('button', { name: 'Rotate' }));
    expect(await screen.findByText('0 of 4 keys, 2 running')).toBeTruthy();
    const asked = fake.calls.filter(({ method }) => method === 'work.rotateAll').map(({ input }) => input);
    expect(asked).toEqual([{ ids: [4, 3, 2, 1].map(keyId), grace: '7-days' }]);
    tell(batch(['in-grace', 'attention', 'running', 'waiting']));
    expect(screen.getByText('2 of 4 keys, 1 running, 1 needs attention')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('2');
    expect(line('key 1').textContent).toContain('In place, in grace');
    expect(line('key 4').textContent).toContain('Waiting');
  });

  it('leaves out keys that are in no file or were put off, unless they are chosen, and counts the live ones', async () => {
    const { fake } = open(null, [
      ...rows,
      { ...(rows[0] as KeyRow), id: keyId(11), name: 'nowhere', targets: 0 },
      { ...(rows[1] as KeyRow), id: keyId(12), name: 'put off', snoozedUntil: '2999-01-01' },
    ]);
    await screen.findByText('key 1');
    expect(screen.getByText('4 of 6 keys, 1 of them live')).toBeTruthy();
    const box = (name: RegExp) => screen.getByRole('checkbox', { name }) as HTMLInputElement;
    expect(box(/^4 keys overdue or due soon/).checked).toBe(true);
    expect(box(/^1 key in no file/).checked).toBe(false);
    expect(box(/^1 snoozed key/).checked).toBe(false);
    fireEvent.click(screen.getByRole('radio', { name: '30 days' }));
    expect(
      screen.getByText(/^After the rotation copy each new key before \d+ \w+.*, when the old one ends\.$/),
    ).toBeTruthy();
    fireEvent.click(box(/^1 key in no file/));
    expect(screen.getByText('5 of 6 keys, 2 of them live')).toBeTruthy();
    fireEvent.click(screen.getByText('key 1'));
    expect(screen.getByText('4 of 6 keys, 1 of them live')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Rotate' }));
    await screen.findByRole('progressbar');
    const asked = fake.calls.find(({ method }) => method === 'work.rotateAll')?.input;
    expect(asked).toEqual({ ids: [4, 3, 2, 11].map(keyId), grace: '30-days' });
  });

  it('says afterwards which new keys nobody has, until when to copy them, and asks to restart nothing for them', async () => {
    const renewed = rows.map((row, index) => ({
      ...row,
      status: 'retiring' as const,
      retiresAt: now + 10 * 86_400_000,
      targets: 0,
      id: keyId(index + 1),
    }));
    const fresh = rows.map((row, index) => ({
      ...row,
      id: keyId(index + 31),
      replaces: keyId(index + 1),
      targets: 0,
      unsealed: index < 2,
    }));
    const { tell } = open(begun, [...renewed, ...fresh]);
    await screen.findByRole('progressbar');
    tell(batch(['in-grace', 'in-grace', 'in-grace', 'in-grace'], { finishedAt: now }));
    expect(screen.getByText(/^2 new keys are in no file: copy them before \d+ \w+/)).toBeTruthy();
    const links = within(screen.getByRole('list', { name: 'New keys that are in no file' })).getAllByRole(
      'link',
    );
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      `#/keys/${keyId(31)}`,
      `#/keys/${keyId(32)}`,
    ]);
    expect(screen.queryByText(/has to be restarted/)).toBeNull();
  });

  it('says of each key what is done with it at this moment', async () => {
    const running = begun.keys.map((key, index) => (index === 0 ? { ...key, workId: workId(1) } : key));
    const { fake } = open({ ...begun, keys: running });
    await screen.findByRole('progressbar');
    const at = (name: 'verify' | 'deliver') =>
      act(() =>
        fake.tell({
          feed: 'work.changed',
          state: work({ id: workId(1), keyId: keyId(1), steps: [{ name, state: 'running' }] }),
        }),
      );
    at('verify');
    expect(line('key 1').textContent).toMatch(/Ask .* to accept the new key/);
    at('deliver');
    expect(line('key 1').textContent).toContain('Write the new key to its files');
  });

  it('can be cancelled, and says that what has begun finishes', async () => {
    const { fake, tell } = open(begun);
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(fake.calls.some(({ method }) => method === 'work.cancelAll')).toBe(true));
    tell({ ...begun, cancelled: true });
    expect(screen.getByText(/Those that have begun finish/)).toBeTruthy();
    expect((screen.getByRole('button', { name: 'Cancel' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('ends by saying what needs attention, each with the reason and the way there', async () => {
    const { opened, tell } = open(begun);
    await screen.findByRole('progressbar');
    tell(batch(['in-grace', 'attention', 'attention', 'skipped'], { finishedAt: now, cancelled: true }));
    expect(screen.getByText('1 key rotated, 2 need attention, 1 not begun')).toBeTruthy();
    expect(line('key 2').textContent).toContain('The keychain is locked');
    expect(line('key 2').compareDocumentPosition(line('key 1'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    fireEvent.click(within(line('key 2')).getByRole('button'));
    fireEvent.click(within(line('key 3')).getByRole('button'));
    expect(opened).toEqual({ works: [workId(2)], rotated: [keyId(3)] });
    expect(line('key 2').querySelector('a')?.getAttribute('href')).toBe(`#/keys/${keyId(2)}`);
  });

  it('says which of its files a reader takes another value from, before the keys of which there is nothing to say', async () => {
    const { tell } = open(begun);
    await screen.findByRole('progressbar');
    const ended = batch(['done', 'in-grace', 'done', 'attention'], { finishedAt: now });
    const remarks = [
      { targetId: targetId(0), file: '/srv/shop/.env', readDifferentlyBy: ['make'], exampleFailed: false },
    ];
    tell({
      ...ended,
      keys: ended.keys.map((key, index) => (index === 2 ? { ...key, remarks } : key)),
    });
    expect(line('key 3').textContent).toContain('/srv/shop/.env: make reads this value differently');
    const links = within(screen.getByRole('list', { name: 'Keys of this rotation' })).getAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual(['key 4', 'key 3', 'key 2', 'key 1']);
  });

  it('says why it did not begin, and changes nothing', async () => {
    pageTalksTo(
      createFakeMain({
        overrides: {
          'keys.list': () => ok({ keys: rows }),
          'work.rotateAll': () => fail({ code: 'batch-running' }),
        },
      }),
    );
    render(<RotateAllDialog onClose={() => {}} onOpenWork={() => {}} onRotate={() => {}} />);
    await screen.findByText('key 1');
    fireEvent.click(screen.getByRole('button', { name: 'Rotate' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Rotate all due is under way already');
  });
});

function Status() {
  const { work } = useFrame();
  return (
    <StatusLine
      vault={{ store: 'keychain', lockedBy: null, backend: '', vault: { state: 'open' } }}
      clipboard={null}
      work={work}
    />
  );
}

describe('a rotation of many keys that goes on while one is elsewhere', () => {
  it('is found again on the Rotation screen and in the status line', async () => {
    const fake = main(begun);
    render(
      <>
        <RotationScreen />
        <Status />
      </>,
    );
    expect(await screen.findByText('Rotating many keys: 0 of 4')).toBeTruthy();
    expect(await screen.findByRole('progressbar')).toBeTruthy();
    // Its line in the batch says enough of each rotation.
    expect(screen.queryByText('Rotating key 1')).toBeNull();
    expect(screen.queryByText(/of work running/)).toBeNull();
    act(() =>
      fake.tell({
        feed: 'work.batchChanged',
        state: batch(['done', 'done', 'done', 'done'], { finishedAt: now }),
      }),
    );
    expect(await screen.findByText('4 keys rotated')).toBeTruthy();
    expect(screen.queryByText(/Rotating many keys/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Put away' }));
    expect(screen.queryByText('4 keys rotated')).toBeNull();
  });
});
