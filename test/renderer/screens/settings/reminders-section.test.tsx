import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SettingsScreen } from '../../../../renderer/screens/settings/settings-screen.tsx';
import type { CalendarFile, LoginStart } from '../../../../shared/ipc/reminders.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, type FakeFacts, type FakeMain } from '../../support/fake-bridge.ts';
import { pageTalksTo } from '../../support/page-main.ts';

afterEach(cleanup);

async function open(facts: FakeFacts = {}): Promise<FakeMain> {
  const main = pageTalksTo(createFakeMain(facts));
  render(<SettingsScreen />);
  await screen.findByText('Data folder');
  return main;
}

const called = (main: FakeMain, method: string) =>
  main.calls.filter((each) => each.method === method).map(({ input }) => input);

describe('notices', () => {
  it('are tried when asked, and it is said who shows them', async () => {
    const main = await open({
      overrides: { 'reminders.try': () => ok({ way: 'desktop', detail: 'GNOME Shell shows them' }) },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Show a notice now' }));
    expect((await screen.findByRole('status')).textContent).toContain(
      'GNOME Shell shows them. If you saw none',
    );
    expect(called(main, 'reminders.try')).toHaveLength(1);
  });

  it('that no desktop shows are said to be none, why, and what is there instead', async () => {
    await open({
      overrides: { 'reminders.try': () => ok({ way: 'none', detail: 'No notification service runs.' }) },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Show a notice now' }));
    const status = await screen.findByRole('status');
    expect(status.textContent).toContain('This desktop shows no notices');
    expect(status.textContent).toContain('No notification service runs. The list under the bell');
  });

  it('can be switched off', async () => {
    const main = await open();
    fireEvent.click(screen.getByRole('switch', { name: /Show notices/ }));
    await waitFor(() => expect(called(main, 'settings.set')).toEqual([{ notifications: false }]));
  });
});

describe('quiet hours', () => {
  it('begin with a usual night, and say when they end', async () => {
    const main = await open();
    fireEvent.click(screen.getByRole('switch', { name: /Quiet hours/ }));
    await waitFor(() =>
      expect(called(main, 'settings.set')).toEqual([{ quietHours: { from: '22:00', to: '07:00' } }]),
    );
    expect(await screen.findByText(/From 22:00 to 07:00 the next day no notice is shown/)).toBeTruthy();
  });

  it.each([
    ['To', '22:00', /would end when they begin/],
    ['To', '', /Type a time of day/],
    ['From', '', /Type a time of day/],
  ])('are not set to what makes none: %s %s', async (field, value, problem) => {
    const main = await open({ settings: { quietHours: { from: '22:00', to: '07:00' } } });
    fireEvent.change(screen.getByLabelText(field), { target: { value } });
    await screen.findByText(problem);
    expect(called(main, 'settings.set')).toEqual([]);
    fireEvent.change(screen.getByLabelText(field), { target: { value: '06:30' } });
    await waitFor(() => expect(called(main, 'settings.set')).toHaveLength(1));
  });
});

describe('the usual period', () => {
  it('is any number of days, and takes none that is not one', async () => {
    const main = await open({ settings: { rotationDays: 45 } });
    const days = screen.getByLabelText('Days') as HTMLInputElement;
    expect(days.value).toBe('45');
    for (const wrong of ['', '0', '4000', '1.5', 'soon']) {
      fireEvent.change(days, { target: { value: wrong } });
      await screen.findByText('Type a whole number of days, from 1 to 3,650.');
    }
    expect(called(main, 'settings.set')).toEqual([]);
    fireEvent.change(days, { target: { value: '120' } });
    await waitFor(() => expect(called(main, 'settings.set')).toEqual([{ rotationDays: 120 }]));
  });
});

describe('the start at login', () => {
  const withLogin = (start: LoginStart): FakeFacts => ({ overrides: { 'login.get': () => ok(start) } });

  it('shows what the system says, and what it says after a change', async () => {
    const main = await open(withLogin({ state: 'off', detail: '' }));
    fireEvent.click(await screen.findByRole('switch', { name: /Start at login.*does not start it/ }));
    await screen.findByText(/The system starts Keyturn when you log in/);
    expect(called(main, 'login.set')).toEqual([{ on: true }]);
  });

  it('is no switch where it cannot be set, and says why', async () => {
    await open(withLogin({ state: 'unavailable', detail: 'This desktop starts nothing.' }));
    await screen.findByText('This desktop starts nothing.');
    expect(screen.queryByRole('switch', { name: /Start at login/ })).toBeNull();
  });

  it('is taken over from another Keyturn only when asked', async () => {
    const main = await open(
      withLogin({ state: 'elsewhere', detail: '/opt/old is started, not this Keyturn' }),
    );
    await screen.findByText('/opt/old is started, not this Keyturn');
    expect(called(main, 'login.set')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Start this one instead' }));
    await waitFor(() => expect(called(main, 'login.set')).toEqual([{ on: true }]));
  });
});

describe('the calendar file', () => {
  const section = async () => within(await screen.findByRole('region', { name: 'Calendar file' }));
  const kept = (facts: Partial<CalendarFile> = {}): CalendarFile => ({
    file: '/home/mira/keyturn.ics',
    events: 12,
    writtenAt: Date.now() - 180_000,
    failed: null,
    ...facts,
  });

  it('is kept at a path, in a folder that is chosen', async () => {
    let calendar: CalendarFile = kept({ file: null });
    const main = await open({
      overrides: {
        'calendar.get': () => ok(calendar),
        'calendar.keep': ({ file }) => {
          calendar = kept({ file });
          return ok(calendar);
        },
      },
    });
    const within = await section();
    fireEvent.click(within.getByRole('button', { name: 'Choose…' }));
    await waitFor(() =>
      expect((within.getByLabelText('File') as HTMLInputElement).value).toBe('/home/mira/code/keyturn.ics'),
    );
    fireEvent.click(within.getByRole('button', { name: 'Keep a calendar file' }));
    expect(await within.findByText(/12 events, written/)).toBeTruthy();
    expect(called(main, 'calendar.keep')).toEqual([{ file: '/home/mira/code/keyturn.ics' }]);
  });

  it('never takes the place of another file, and says so in its own words', async () => {
    await open({
      overrides: { 'calendar.keep': ({ file }) => fail({ code: 'file-exists', file }) },
    });
    const within = await section();
    fireEvent.change(within.getByLabelText('File'), { target: { value: '/home/mira/work.ics' } });
    fireEvent.click(within.getByRole('button', { name: 'Keep a calendar file' }));
    expect((await within.findByRole('alert')).textContent).toContain(
      '/home/mira/work.ics was not written by Keyturn and was left as it is.',
    );
  });

  it('says why it could not be written, and is written again when asked', async () => {
    const failed = { code: 'file-unwritable', file: '/home/mira/keyturn.ics', reason: 'read-only' } as const;
    const main = await open({
      overrides: {
        'calendar.get': () => ok(kept({ failed })),
        'calendar.keep': () => fail(failed),
      },
    });
    const within = await section();
    expect((await within.findByRole('alert')).textContent).toContain('does not take changes');
    fireEvent.click(within.getByRole('button', { name: 'Write it again' }));
    await waitFor(() => expect(called(main, 'calendar.keep')).toEqual([{ file: '/home/mira/keyturn.ics' }]));
  });

  it('is left when asked, and what the feed tells of it is shown', async () => {
    const main = await open({ overrides: { 'calendar.get': () => ok(kept()) } });
    const within = await section();
    main.tell({ feed: 'calendar.changed', state: kept({ events: 13 }) });
    expect(await within.findByText(/13 events, written/)).toBeTruthy();
    fireEvent.click(within.getByRole('button', { name: 'Stop keeping it' }));
    await waitFor(() => expect(called(main, 'calendar.leave')).toHaveLength(1));
  });
});

describe('the settings', () => {
  it('lead to the check for leaks', async () => {
    await open();
    expect(screen.getByRole('link', { name: 'Check for leaks' }).getAttribute('href')).toBe(
      '#/check-for-leaks',
    );
  });
});
