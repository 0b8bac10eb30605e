import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { laterDialog, laterScreen, loadLaterParts } from '../../../../renderer/screens/frame/later.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const Here = ({ words }: { readonly words: string }) => <p>{words}</p>;
const atOnce = async () => {};

/** A script that arrives, or fails to, when it is told to. */
function script<P>(content: ComponentType<P>) {
  const asked: { arrive: () => void; fail: () => void }[] = [];
  return {
    fetch: () =>
      new Promise<ComponentType<P>>((resolve, reject) => {
        asked.push({ arrive: () => resolve(content), fail: () => reject(new TypeError('Failed to fetch')) });
      }),
    asked,
    arrive: () => act(async () => asked.at(-1)?.arrive()),
    fail: () => act(async () => asked.at(-1)?.fail()),
  };
}

test('a screen is drawn when its script has arrived, and until then nothing flashes', async () => {
  const { fetch, arrive } = script(Here);
  const Part = laterScreen('Rotation', fetch);
  const { container } = render(<Part words="All of it" />);
  expect([container.textContent, screen.queryByRole('img')]).toEqual(['', null]);
  await arrive();
  expect(container.textContent).toBe('All of it');
});

test('a script that takes its time is said to be on its way', async () => {
  const { fetch, arrive } = script(Here);
  const Part = laterScreen('Rotation', fetch);
  render(<Part words="All of it" />);
  expect(await screen.findByRole('img', { name: 'Opening' })).toBeTruthy();
  await arrive();
});

test('what was fetched while the page was idle is there in the press that asks for it', async () => {
  const Part = laterScreen('Rotation', async () => Here);
  await loadLaterParts(atOnce);
  const { container } = render(<Part words="All of it" />);
  expect(container.textContent).toBe('All of it');
});

test('parts are fetched one after the other, each when the page is idle, also after one that cannot be had', async () => {
  const first = script(Here);
  const second = script(Here);
  laterScreen('First', first.fetch);
  laterScreen('Second', second.fetch);
  let idled = 0;
  const loaded = loadLaterParts(async () => {
    idled += 1;
  });
  await act(async () => {});
  expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
  const before = idled;
  await first.fail();
  expect([first.asked.length, second.asked.length]).toEqual([1, 1]);
  expect(idled).toBe(before + 1);
  await second.arrive();
  await loaded;
});

test('a part is fetched once, however often it is asked for', async () => {
  const { fetch, asked, arrive } = script(Here);
  const Part = laterScreen('Rotation', fetch);
  render(
    <>
      <Part words="One" />
      <Part words="Two" />
    </>,
  );
  await arrive();
  expect(screen.getByText('Two')).toBeTruthy();
  expect(asked.length).toBe(1);
});

test('a screen whose script cannot be had says so under its own heading, and offers to reload the page', async () => {
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
  const { fetch, fail } = script(Here);
  const Part = laterScreen('Rotation', fetch);
  render(<Part words="All of it" />);
  await fail();
  expect(screen.getByRole('heading', { name: 'Rotation' })).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('This part of Keyturn could not be loaded');
  fireEvent.click(screen.getByRole('button', { name: 'Reload' }));
  expect(reload).toHaveBeenCalledOnce();
});

test('a script that could not be had is asked for again when its screen is', async () => {
  const { fetch, fail, arrive, asked } = script(Here);
  const Part = laterScreen('Rotation', fetch);
  const { unmount } = render(<Part words="All of it" />);
  await fail();
  unmount();
  render(<Part words="All of it" />);
  await arrive();
  expect(screen.getByText('All of it')).toBeTruthy();
  expect([asked.length, screen.queryByRole('alert')]).toEqual([2, null]);
});

test('a dialog whose script cannot be had says so, and can be closed', async () => {
  const { fetch, fail } = script((_: { readonly onClose: () => void }) => null);
  const Part = laterDialog(fetch);
  const onClose = vi.fn();
  render(<Part onClose={onClose} />);
  expect(screen.queryByRole('dialog')).toBeNull();
  await fail();
  expect(screen.getByRole('dialog').textContent).toContain('This part of Keyturn could not be loaded');
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(onClose).toHaveBeenCalledOnce();
});
