import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What the first screen can do. The vault's own state arrives from outside, by the feed. */
export interface VaultGate {
  readonly doing: GateAction | null;
  /** Why the last action did not open the vault; null when nothing failed. */
  readonly failure: { readonly of: GateAction; readonly failure: PageFailure } | null;
  readonly retry: () => void;
  readonly useKeychain: () => void;
  readonly usePassphrase: (passphrase: string) => void;
  readonly unlock: (passphrase: string) => void;
}

export type GateAction = 'retry' | 'keychain' | 'passphrase' | 'unlock';

type Acting = Pick<VaultGate, 'doing' | 'failure'>;

/** The four ways through the gate, one at a time. */
export function useVaultGate(): VaultGate {
  const [acting, setActing] = useState<Acting>({ doing: null, failure: null });

  const run = async (
    action: GateAction,
    call: () => Promise<{ ok: true } | { ok: false; error: PageFailure }>,
  ) => {
    setActing({ doing: action, failure: null });
    const answer = await call();
    setActing({ doing: null, failure: answer.ok ? null : { of: action, failure: answer.error } });
  };

  return {
    ...acting,
    retry: () => void run('retry', () => api.call('vault.retry', {})),
    useKeychain: () => void run('keychain', () => api.call('vault.useKeychain', {})),
    usePassphrase: (passphrase) =>
      void run('passphrase', () => api.call('vault.usePassphrase', { passphrase })),
    unlock: (passphrase) => void run('unlock', () => api.call('vault.unlock', { passphrase })),
  };
}
