import { useState } from 'react';
import type { CalendarFile } from '../../../shared/ipc/reminders.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { createLive, useLive } from '../frame/live.ts';
import { useAppStatus } from '../frame/use-status.ts';

const calendar = createLive<CalendarFile>({
  read: () => api.call('calendar.get', {}),
  listen: (update) => api.on('calendar.changed', (next) => update(() => next)),
});

export type CalendarFileState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly calendar: CalendarFile;
      readonly acting: {
        readonly what: 'keeping' | 'leaving' | null;
        readonly failure: PageFailure | null;
      };
      readonly keep: (file: string) => void;
      readonly leave: () => void;
      /** Missing where the host has no dialog of its own. */
      readonly choose: (() => Promise<string | null>) | undefined;
    };

const idle = { what: null, failure: null } as const;

/** The calendar file that is kept up to date, and what can be done about it. */
export function useCalendarFile(): CalendarFileState {
  const live = useLive(calendar);
  const app = useAppStatus();
  const [acting, setActing] = useState<Extract<CalendarFileState, { state: 'ready' }>['acting']>(idle);
  if (live.state === 'failed') return { state: 'failed', failure: live.error };
  if (live.state === 'loading') return { state: 'loading' };

  const keep = async (file: string) => {
    setActing({ what: 'keeping', failure: null });
    const answer = await api.call('calendar.keep', { file });
    if (answer.ok) calendar.reload();
    setActing(answer.ok ? idle : { what: null, failure: answer.error });
  };
  const leave = async () => {
    setActing({ what: 'leaving', failure: null });
    const answer = await api.call('calendar.leave', {});
    if (answer.ok) calendar.reload();
    setActing(answer.ok ? idle : { what: null, failure: answer.error });
  };
  return {
    state: 'ready',
    calendar: live.value,
    acting,
    keep: (file) => void keep(file),
    leave: () => void leave(),
    choose: app.state === 'ready' && app.value.host === 'electron' ? chooseFile : undefined,
  };
}

/** Whether a calendar file is kept whose last write failed. */
export function useCalendarFailed(): boolean {
  const live = useLive(calendar);
  return live.state === 'ready' && live.value.failed !== null;
}

const fileName = 'keyturn.ics';

/** Asks for the folder, because the file need not be there yet; answers the file in it. */
async function chooseFile(): Promise<string | null> {
  const answer = await api.call('files.chooseFolder', { title: 'Choose a folder for the calendar file' });
  if (!answer.ok || answer.value.outcome !== 'chosen') return null;
  const { file: folder } = answer.value;
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${fileName}` : `${folder}${separator}${fileName}`;
}
