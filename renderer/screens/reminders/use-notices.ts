import { ok } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import { createLive, useLive } from '../frame/live.ts';

const notices = createLive({
  read: async () => {
    const answer = await api.call('reminders.list', {});
    return answer.ok ? ok(answer.value.notices) : answer;
  },
  listen: (update) => api.on('reminders.changed', (next) => update(() => next.notices)),
});

/** What was announced, the newest first. */
export const useNotices = () => useLive(notices);
