import { useEffect, useState } from 'react';
import type { LoginStart } from '../../../shared/ipc/reminders.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** Whether the app starts when the user logs in, as the system has it. */
export type LoginStartState =
  | { readonly state: 'loading' }
  | {
      readonly state: 'ready';
      readonly start: LoginStart;
      readonly isChanging: boolean;
      readonly failure: PageFailure | null;
      readonly set: (on: boolean) => void;
    }
  | { readonly state: 'failed'; readonly failure: PageFailure };

/** Reads the state from the system when it is shown, since others can change it too. */
export function useLoginStart(): LoginStartState {
  const [start, setStart] = useState<LoginStart | null>(null);
  const [failure, setFailure] = useState<PageFailure | null>(null);
  const [isChanging, setChanging] = useState(false);

  useEffect(() => {
    let isLeft = false;
    void api.call('login.get', {}).then((answer) => {
      if (isLeft) return;
      if (answer.ok) setStart(answer.value);
      else setFailure(answer.error);
    });
    return () => {
      isLeft = true;
    };
  }, []);

  const set = async (on: boolean) => {
    setChanging(true);
    const answer = await api.call('login.set', { on });
    setChanging(false);
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setStart(answer.value);
  };

  if (start !== null) return { state: 'ready', start, isChanging, failure, set: (on) => void set(on) };
  return failure === null ? { state: 'loading' } : { state: 'failed', failure };
}
