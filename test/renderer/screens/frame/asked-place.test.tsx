import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeAll, openDialog, useAppDialog } from '../../../../renderer/app-state.ts';
import { navigate } from '../../../../renderer/screens/frame/router.ts';
import { useAskedPlace } from '../../../../renderer/screens/frame/use-asked-place.ts';
import { useTitle } from '../../../../renderer/screens/frame/use-title.ts';
import type { AskedPlace } from '../../../../shared/ipc/app.contract.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, keyId } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

beforeEach(() => navigate({ place: 'keys', keyId: null }));
afterEach(() => {
  cleanup();
  closeAll();
});

function Page({ isOpen }: { readonly isOpen: boolean }) {
  useAskedPlace(isOpen);
  return <output>{useAppDialog()?.kind ?? 'no dialog'}</output>;
}

const dialog = () => screen.getByRole('status').textContent;

/** Main, where the user asks for the rotation of a key by a notice; told once. */
function mainThatIsAsked() {
  let asked: AskedPlace | null = null;
  const main = pageTalksTo(
    createFakeMain({
      overrides: {
        'app.takeAsked': () => {
          const taken = asked;
          asked = null;
          return ok({ asked: taken });
        },
      },
    }),
  );
  const ask = () => {
    asked = { what: 'rotate', keyId: keyId(1) };
  };
  return { ask, tell: () => act(async () => main.tell({ feed: 'app.asked', state: {} })) };
}

test('a notice that was answered with Rotate leads to the rotation of its key', async () => {
  const { ask, tell } = mainThatIsAsked();
  render(<Page isOpen />);
  ask();
  await tell();
  expect([dialog(), location.hash]).toEqual(['rotate', '#/rotation']);
});

test('a notice whose answer opened this page is followed', async () => {
  const { ask } = mainThatIsAsked();
  ask();
  render(<Page isOpen />);
  await act(async () => {});
  expect([dialog(), location.hash]).toEqual(['rotate', '#/rotation']);
});

test('a notice that was answered while the vault is locked is followed as soon as it is open', async () => {
  const { ask, tell } = mainThatIsAsked();
  const { rerender } = render(<Page isOpen={false} />);
  ask();
  await tell();
  expect([dialog(), location.hash]).toEqual(['no dialog', '#/keys']);
  rerender(<Page isOpen />);
  expect([dialog(), location.hash]).toEqual(['rotate', '#/rotation']);
});

test('a notice that was answered takes no dialog away that is open', async () => {
  const { ask, tell } = mainThatIsAsked();
  render(<Page isOpen />);
  act(() => openDialog({ kind: 'copy-once', keyId: keyId(3) }));
  ask();
  await tell();
  expect([dialog(), location.hash]).toEqual(['copy-once', '#/keys']);
});

function Titled() {
  useTitle();
  return null;
}

test.each([
  ['browser', '(1) Keyturn'],
  ['electron', 'Keyturn'],
] as const)('the title counts what is new where the app has no icon of its own: %s', async (host, title) => {
  const notice = {
    id: '1',
    at: 0,
    keys: [{ id: keyId(1), name: 'A', due: 1, reason: 0 as const }],
    shown: true,
  };
  const status = {
    host,
    version: '1',
    platform: 'linux',
    dataFolder: '/',
    clipboard: { state: 'idle', clearsAt: null },
  } as const;
  pageTalksTo(
    createFakeMain({
      overrides: {
        'app.status': () => ok(status),
        'reminders.list': () =>
          ok({
            notices: [
              { ...notice, seen: false },
              { ...notice, id: '0', seen: true },
            ],
          }),
      },
    }),
  );
  render(<Titled />);
  await act(async () => {});
  expect(document.title === '' ? 'Keyturn' : document.title).toBe(title);
});
