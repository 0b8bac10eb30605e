import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SettingsScreen } from '../../../../renderer/screens/settings/settings-screen.tsx';
import type { Settings } from '../../../../shared/domain/settings.ts';
import type { KeyRow } from '../../../../shared/ipc/keys.contract.ts';
import type { CalendarFile, LoginStart } from '../../../../shared/ipc/reminders.contract.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { createFakeMain, type FakeFacts, type FakeMain, keyRow } from '../../support/fake-bridge.ts';
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

  it('that cannot be shown here are said to be none as soon as the settings are open, and none is tried', async () => {
    const main = await open({
      overrides: {
        'reminders.way': () => ok({ way: 'none', detail: 'No notification service runs in this session' }),
      },
    });
    await screen.findByText(
      'No notification service runs in this session. The list in the app has everything.',
    );
    expect(called(main, 'reminders.try')).toEqual([]);
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
  const submit = (field: Element) => fireEvent.submit(field.closest('form') as HTMLFormElement);
  const dayMs = 86_400_000;
  const followed = (index: number, ageDays: number, facts: Partial<KeyRow> = {}) =>
    keyRow(index, {
      status: 'active',
      everyDays: 90,
      periodFrom: 'default',
      dueBecause: 'period',
      issuedAt: Date.now() - ageDays * dayMs,
      dueAt: Date.now() + (90 - ageDays) * dayMs,
      ...facts,
    });
  const rows = [followed(1, 45), followed(2, 20), followed(3, 60, { periodFrom: 'key' })];
  const withKeys: FakeFacts = { overrides: { 'keys.list': () => ok({ keys: rows }) } };

  it('is any number of days, and takes none that is not one', async () => {
    const main = await open({ settings: { rotationDays: 45 } });
    const days = screen.getByLabelText('Days') as HTMLInputElement;
    expect(days.value).toBe('45');
    for (const wrong of ['', '0', '4000', '1.5', 'soon']) {
      fireEvent.change(days, { target: { value: wrong } });
      expect(screen.queryByText('Type a whole number of days, from 1 to 3,650.')).toBeNull();
      submit(days);
      await screen.findByText('Type a whole number of days, from 1 to 3,650.');
    }
    expect(called(main, 'settings.set')).toEqual([]);
    fireEvent.change(days, { target: { value: '120' } });
    submit(days);
    await waitFor(() => expect(called(main, 'settings.set')).toEqual([{ rotationDays: 120 }]));
  });

  it('is never set by typing, only when it is applied, and what that does is said before', async () => {
    const main = await open(withKeys);
    fireEvent.click(screen.getByRole('button', { name: /Rotate keys/ }));
    fireEvent.click(await screen.findByRole('option', { name: 'Another number of days' }));
    const days = screen.getByLabelText('Days');
    for (const value of ['1', '18', '180']) fireEvent.change(days, { target: { value } });
    fireEvent.change(days, { target: { value: '1' } });
    await screen.findByText('2 keys become due at once');
    expect(screen.getByText(/The period of 2 keys changes. Nothing is rotated without you./)).toBeTruthy();
    fireEvent.blur(days);
    expect(called(main, 'settings.set')).toEqual([]);
    fireEvent.change(days, { target: { value: '180' } });
    await waitFor(() => expect(screen.queryByText('2 keys become due at once')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: 'Rotate every 180 days' }));
    await waitFor(() => expect(called(main, 'settings.set')).toEqual([{ rotationDays: 180 }]));
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Rotate every/ })).toBeNull());
  });

  it('that is chosen from the list is applied by a press as well, or left as it was', async () => {
    const main = await open(withKeys);
    const choose = async (option: string) => {
      fireEvent.click(screen.getByRole('button', { name: /Rotate keys/ }));
      fireEvent.click(await screen.findByRole('option', { name: option }));
    };
    await choose('Every 30 days');
    await screen.findByText('1 key becomes due at once, 1 more within 14 days');
    fireEvent.click(screen.getByRole('button', { name: 'Keep 90 days' }));
    expect(screen.getByRole('button', { name: /Rotate keys/ }).textContent).toContain('Every 90 days');
    expect(called(main, 'settings.set')).toEqual([]);
    await choose('Every 60 days');
    fireEvent.click(screen.getByRole('button', { name: 'Rotate every 60 days' }));
    await waitFor(() => expect(called(main, 'settings.set')).toEqual([{ rotationDays: 60 }]));
  });

  it('that is set elsewhere is shown, and what was typed is not', async () => {
    const main = await open({ settings: { rotationDays: 45 } });
    fireEvent.change(screen.getByLabelText('Days'), { target: { value: '7' } });
    const answer = await main.call('settings.get', {});
    main.tell({
      feed: 'settings.changed',
      state: { ...(answer as { value: Settings }).value, rotationDays: 30 },
    });
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /Rotate keys/ }).textContent).toContain('Every 30 days'),
    );
    expect(screen.queryByRole('button', { name: /^Rotate every/ })).toBeNull();
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
    neverDue: 1,
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
    expect(await within.findByText('12 events; 1 key is never due')).toBeTruthy();
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

  it('tells when it was written last also while it cannot be written', async () => {
    const failed = { code: 'folder-gone', file: '/home/mira/keyturn.ics' } as const;
    await open({ overrides: { 'calendar.get': () => ok(kept({ failed })) } });
    const within = await section();
    expect(within.getByText('3 minutes ago')).toBeTruthy();
  });

  it('is taken in no other name than one that calendars read', async () => {
    const main = await open();
    const within = await section();
    const type = (value: string) => fireEvent.change(within.getByLabelText('File'), { target: { value } });
    for (const wrong of ['/home/mira/projects', '/home/mira/keyturn.txt']) {
      type(wrong);
      fireEvent.click(within.getByRole('button', { name: 'Keep a calendar file' }));
      await within.findByText('The name has to end in .ics, such as keyturn.ics.');
    }
    expect(called(main, 'calendar.keep')).toEqual([]);
    type('/home/mira/Keys.ICS');
    fireEvent.click(within.getByRole('button', { name: 'Keep a calendar file' }));
    await waitFor(() => expect(called(main, 'calendar.keep')).toEqual([{ file: '/home/mira/Keys.ICS' }]));
  });

  it('can be kept in another place, or stay where it is', async () => {
    let calendar: CalendarFile = kept();
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
    const change = () => fireEvent.click(within.getByRole('button', { name: 'Change…' }));
    change();
    const field = within.getByLabelText('File') as HTMLInputElement;
    expect(field.value).toBe('/home/mira/keyturn.ics');
    fireEvent.click(within.getByRole('button', { name: 'Cancel' }));
    expect(within.queryByLabelText('File')).toBeNull();
    change();
    fireEvent.change(within.getByLabelText('File'), { target: { value: '/home/mira/other.ics' } });
    fireEvent.click(within.getByRole('button', { name: 'Keep it there' }));
    await within.findByText('/home/mira/other.ics');
    expect(called(main, 'calendar.keep')).toEqual([{ file: '/home/mira/other.ics' }]);
    await waitFor(() => expect(within.queryByRole('button', { name: 'Keep it there' })).toBeNull());
  });

  it('is left when asked, and what the feed tells of it is shown', async () => {
    const main = await open({ overrides: { 'calendar.get': () => ok(kept()) } });
    const within = await section();
    main.tell({ feed: 'calendar.changed', state: kept({ events: 13, neverDue: 0 }) });
    expect(await within.findByText('13 events')).toBeTruthy();
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
