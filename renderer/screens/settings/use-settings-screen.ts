import { useState } from 'react';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { VaultStatus } from '../../../shared/domain/vault.ts';
import type { AppStatus } from '../../../shared/ipc/app.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useAppStatus, useSettings, useVaultStatus } from '../frame/use-status.ts';

export type SettingsScreenState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly settings: Settings;
      readonly vault: VaultStatus;
      readonly app: AppStatus;
      /** What is going on, and why the last action did not do what was asked. */
      readonly acting: Acting;
      readonly change: (settings: Partial<Settings>) => void;
      readonly lock: () => void;
      readonly retry: () => void;
    };

export type Acting =
  | { readonly step: 'idle'; readonly failure: PageFailure | null }
  | { readonly step: 'locking' }
  | { readonly step: 'retrying' };

/** The settings, the vault and the app, each by its feed, and what can be changed here. */
export function useSettingsScreen(): SettingsScreenState {
  const settings = useSettings();
  const vault = useVaultStatus();
  const app = useAppStatus();
  const [acting, setActing] = useState<Acting>({ step: 'idle', failure: null });

  if (settings.state === 'failed') return { state: 'failed', failure: settings.error };
  if (vault.state === 'failed') return { state: 'failed', failure: vault.error };
  if (app.state === 'failed') return { state: 'failed', failure: app.error };
  if (settings.state === 'loading' || vault.state === 'loading' || app.state === 'loading') {
    return { state: 'loading' };
  }

  const ended = (answer: { readonly ok: true } | { readonly ok: false; readonly error: PageFailure }) =>
    setActing({ step: 'idle', failure: answer.ok ? null : answer.error });

  return {
    state: 'ready',
    settings: settings.value,
    vault: vault.value,
    app: app.value,
    acting,
    change: async (part) => ended(await api.call('settings.set', part)),
    lock: async () => {
      setActing({ step: 'locking' });
      ended(await api.call('vault.lock', {}));
    },
    retry: async () => {
      setActing({ step: 'retrying' });
      ended(await api.call('vault.retry', {}));
    },
  };
}
