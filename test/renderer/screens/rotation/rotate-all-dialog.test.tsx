import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { StatusLine } from '../../../../renderer/screens/frame/status-line.tsx';
import { useFrame } from '../../../../renderer/screens/frame/use-frame.ts';
import { RotateAllDialog } from '../../../../renderer/screens/rotation/rotate-all-dialog.tsx';
import { RotationScreen } from '../../../../renderer/screens/rotation/rotation-screen.tsx';
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
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

const now = Date.now();
const rows = [1, 2, 3, 4].map((index) =>
  keyRow(index, { name: `key ${index}`, status: 'active', attention: null, dueAt: now - index * 60_000 }),
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

function main(last: BatchView | null): FakeMain {
  return pageTalksTo(
    createFakeMain({
      overrides: {
        'keys.list': () => ok({ keys: rows }),
        'work.batch': () => ok(last),
        'work.list': () => ok({ works: last === null ? [] : [work({ keyId: keyId(1), name: 'key 1' })] }),
        'work.rotateAll': () => ok(begun),
        'work.cancelAll': () => ok({ ...begun, cancelled: true }),
      },
    }),
  );
}

function open(last: BatchView | null = null) {
  const opened: { works: string[]; rotated: string[] } = { works: [], rotated: [] };
  const fake = main(last);
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
