import { useEffect, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyDetail, TargetState } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { type LoadedKey, loadKey } from '../key/load-key.ts';

/** Where the key still stands in files; `looking` until every file was read. */
export type Holders =
  | { readonly state: 'looking' }
  | { readonly state: 'unknown'; readonly failure: PageFailure }
  | { readonly state: 'known'; readonly targets: readonly TargetState[] };

/** When the key was last used; `asking` until the provider has answered. */
export type LastUsed =
  | { readonly state: 'asking' }
  | { readonly state: 'unknown' }
  | { readonly state: 'known'; readonly at: number };

export type Revoking =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' }
  | { readonly step: 'revoked' };

export type Revoke =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly detail: KeyDetail;
      /** The account that the key is of; null where it cannot be read. */
      readonly connection: ConnectionView | null;
      readonly holders: Holders;
      readonly lastUsed: LastUsed;
      readonly revoking: Revoking;
      /** Has the provider revoke it. */
      readonly revoke: (confirmName: string, answers: Record<string, string>) => void;
      /** Says that the user has revoked it in the dashboard. */
      readonly saidRevoked: () => void;
    };

/** What revoking would break, and the revoking itself. It is `revoked` only once the provider refuses the key. */
export function useRevoke(keyId: KeyId): Revoke {
  const [loaded, setLoaded] = useState<LoadedKey | { readonly state: 'loading' }>({ state: 'loading' });
  const [holders, setHolders] = useState<Holders>({ state: 'looking' });
  const [lastUsed, setLastUsed] = useState<LastUsed>({ state: 'asking' });
  const [revoking, setRevoking] = useState<Revoking>({ step: 'asking', failure: null });

  useEffect(() => {
    let current = true;
    loadKey(keyId).then((next) => current && setLoaded(next));
    api.call('keys.targetStates', { id: keyId }).then((answer) => {
      if (!current) return;
      setHolders(
        answer.ok
          ? { state: 'known', targets: answer.value.targets }
          : { state: 'unknown', failure: answer.error },
      );
    });
    api.call('keys.lastUsed', { id: keyId }).then((answer) => {
      const at = answer.ok ? answer.value.lastUsedAt : null;
      if (current) setLastUsed(at === null ? { state: 'unknown' } : { state: 'known', at });
    });
    return () => {
      current = false;
    };
  }, [keyId]);

  if (loaded.state !== 'ready') return loaded;
  const ask = async (confirmName: string, answers: Record<string, string>, doneByHand: boolean) => {
    setRevoking({ step: 'running' });
    const answer = await api.call('keys.revoke', { id: keyId, confirmName, answers, doneByHand });
    setRevoking(answer.ok ? { step: 'revoked' } : { step: 'asking', failure: answer.error });
  };
  return {
    ...loaded,
    holders,
    lastUsed,
    revoking,
    revoke: (confirmName, answers) => void ask(confirmName, answers, false),
    // What was decided and done in the dashboard needs no second confirmation.
    saidRevoked: () => void ask(loaded.detail.name, {}, true),
  };
}

/** Whether the provider leaves revoking to its dashboard. */
export const isRevokedByHand = (connection: ConnectionView | null): boolean =>
  connection !== null && !connection.provider.operations.includes('revoke');
