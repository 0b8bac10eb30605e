import { useEffect, useState } from 'react';
import type { NoticeWay } from '../../../shared/ipc/reminders.contract.ts';
import { api } from '../../api/client.ts';

/** Whether this desktop shows notices, as far as that is known when it is asked; null before, and where it cannot be. */
export function useNoticeWay(): NoticeWay | null {
  const [way, setWay] = useState<NoticeWay | null>(null);
  useEffect(() => {
    let isLeft = false;
    void api.call('reminders.way', {}).then((answer) => {
      if (!isLeft && answer.ok) setWay(answer.value);
    });
    return () => {
      isLeft = true;
    };
  }, []);
  return way;
}
