import { expect, it } from 'vitest';
import { appHandlers } from '../../../main/settings/app.handlers.ts';
import { confStores } from '../../../main/storage/conf-store.ts';
import { openSettings } from '../../../main/storage/settings.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { type Settings, settingsSchema } from '../../../shared/domain/settings.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createKeyWorld, start } from '../../support/key-world.ts';
import { newFolder } from '../storage/support.ts';

const status = {
  host: 'browser',
  version: '1.0.0',
  platform: 'linux',
  dataFolder: '/data',
  clipboard: { state: 'idle', clearsAt: null },
} as const;

async function aWorld() {
  const keys = createKeyWorld();
  const settings = openSettings({ store: confStores(await newFolder())('settings') });
  const told: Settings[] = [];
  const { secretStore: secrets, records, activity, ports, works } = keys;
  const options = {
    vault: () => ({ secrets, records, activity, ports, works }),
    status: () => status,
    settings,
    takeAsked: () => null,
    settingsChanged: (changed: Settings) => told.push(changed),
  };
  return { keys, told, options, handlers: appHandlers(options) };
}

it('changes the settings that are named, keeps the others, and tells every page', async () => {
  const { handlers, told } = await aWorld();
  await handlers['settings.set']({ appearance: 'dark' });
  const set = await handlers['settings.set']({ clipboardSeconds: 10, appearance: undefined });
  const now = settingsSchema.parse({ appearance: 'dark', clipboardSeconds: 10 });
  expect(set).toEqual(ok(now));
  expect(await handlers['settings.get']({})).toEqual(ok(now));
  expect(told).toHaveLength(2);
  expect(told.at(-1)).toEqual(now);
});

it('takes a change from the page for that change only, and no word on when a backup was made', () => {
  const { input } = contract['settings.set'];
  expect(input.parse({ appearance: 'dark' })).toEqual({ appearance: 'dark' });
  expect(input.parse({ backupReminder: false, lastBackupAt: 5 })).toEqual({ backupReminder: false });
});

it('takes quiet hours and providers’ periods, and no calendar file, which is chosen elsewhere', async () => {
  const { input } = contract['settings.set'];
  const changes = {
    notifications: false,
    quietHours: { from: '22:30', to: '07:00' },
    providerPolicies: { payments: { everyDays: 30 }, maps: { everyDays: null, because: 'Public' } },
  };
  expect(input.parse({ ...changes, calendarFile: '/etc/passwd' })).toEqual(changes);
  expect(input.safeParse({ quietHours: { from: '24:00', to: '07:00' } }).success).toBe(false);
  expect(input.safeParse({ providerPolicies: { payments: { everyDays: 0 } } }).success).toBe(false);
  const { handlers } = await aWorld();
  await handlers['settings.set'](input.parse(changes));
  await handlers['settings.set'](input.parse({ quietHours: null }));
  expect(await handlers['settings.get']({})).toMatchObject({ value: { ...changes, quietHours: null } });
});

it('tells no page of a setting that could not be saved', async () => {
  const { options, told } = await aWorld();
  const full = failure('storage-failed', { file: 'settings.json', reason: 'ENOSPC' });
  const { settings } = options;
  const handlers = appHandlers({
    ...options,
    settings: { get: settings.get, set: async () => fail(full), damaged: false, setAside: [] },
  });
  expect(await handlers['settings.set']({ appearance: 'dark' })).toEqual(fail(full));
  expect(told).toEqual([]);
});

it('tells the status, and the activity page by page', async () => {
  const { handlers, keys } = await aWorld();
  expect(await handlers['app.status']({})).toEqual(ok(status));
  await keys.aKey();
  expect(await handlers['activity.page']({ before: null, limit: 10 })).toMatchObject({
    ok: true,
    value: { entries: [{ event: 'key-issued', at: start }], more: false },
  });
});
