import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { remindersContract } from '../../shared/ipc/reminders.contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Desktop } from '../desktop/desktop.ts';
import type { ReminderKeeper } from './reminder-keeper.ts';

export interface RemindersHandlersOptions {
  readonly keeper: Pick<ReminderKeeper, 'notices' | 'see' | 'calendarFile'>;
  readonly desktop: Pick<Desktop, 'notify' | 'noticeWay' | 'loginStart'>;
  readonly snooze: (
    ids: readonly KeyId[],
    until: string | null,
  ) => Promise<Result<unknown, Failure<'vault-closed' | 'key-unknown' | 'storage-failed'>>>;
}

/** What the page may ask about reminders, and about where else than in the app they are told. */
export function remindersHandlers(options: RemindersHandlersOptions): Handlers<typeof remindersContract> {
  const { keeper, desktop, snooze } = options;
  const { calendarFile } = keeper;
  return {
    'reminders.list': async () => ok({ notices: [...(await keeper.notices())] }),
    'reminders.see': async () => answered(await keeper.see()),
    'reminders.snooze': async ({ ids, until }) => answered(await snooze(ids, until)),
    'reminders.way': async () => ok(await desktop.noticeWay()),
    'reminders.try': async () => {
      const tried = {
        title: 'This is how a reminder looks',
        body: 'Keyturn tells you 14 days, 3 days and on the day before a key is due.',
        actions: [],
      };
      desktop.notify(tried, () => undefined);
      return ok(await desktop.noticeWay());
    },
    'calendar.get': async () => ok(await calendarFile.get()),
    'calendar.keep': ({ file }) => calendarFile.keep(file),
    'calendar.leave': () => calendarFile.leave(),
    'login.get': async () => ok(await desktop.loginStart.get()),
    'login.set': ({ on }) => desktop.loginStart.set(on),
  };
}

function answered<E>(result: Result<unknown, E>): Result<Record<string, never>, E> {
  return result.ok ? ok({}) : result;
}
