import { useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What came of starting one rotation; `failure` is null when it has started. */
export interface Started {
  readonly keyId: KeyId;
  readonly failure: PageFailure | null;
}

export type RotateAll =
  | { readonly step: 'asking' }
  | { readonly step: 'starting'; readonly started: readonly Started[] }
  | { readonly step: 'started'; readonly started: readonly Started[] };

/** Starts rotations one after the other; one that cannot start does not keep the others from it. */
export function useRotateAll(): {
  state: RotateAll;
  start: (keyIds: readonly KeyId[], grace: Grace) => void;
} {
  const [state, setState] = useState<RotateAll>({ step: 'asking' });
  const isStarting = useRef(false);

  const start = async (keyIds: readonly KeyId[], grace: Grace) => {
    if (isStarting.current) return;
    isStarting.current = true;
    const started: Started[] = [];
    setState({ step: 'starting', started });
    for (const keyId of keyIds) {
      const answer = await api.call('keys.rotate', { id: keyId, grace, answers: {} });
      started.push({ keyId, failure: answer.ok ? null : answer.error });
      setState({ step: 'starting', started: [...started] });
    }
    setState({ step: 'started', started });
  };

  return { state, start };
}
