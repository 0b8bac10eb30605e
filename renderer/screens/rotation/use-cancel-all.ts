import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** Stops beginning more rotations; those that have begun finish. The batch's own feed tells the rest. */
export function useCancelAll(): {
  readonly isCancelling: boolean;
  readonly failure: PageFailure | null;
  readonly cancel: () => void;
} {
  const [state, setState] = useState<{ isCancelling: boolean; failure: PageFailure | null }>({
    isCancelling: false,
    failure: null,
  });
  const cancel = async () => {
    setState({ isCancelling: true, failure: null });
    const answer = await api.call('work.cancelAll', {});
    setState({ isCancelling: false, failure: answer.ok ? null : answer.error });
  };
  return { ...state, cancel: () => void cancel() };
}
