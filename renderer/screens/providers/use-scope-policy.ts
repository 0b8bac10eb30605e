import { useRef, useState } from 'react';
import type { RotationPolicy } from '../../../shared/domain/key.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import type { PageFailure } from '../../text/errors.ts';
import { setWords } from '../../text/period.ts';

/** Whose period is set: that of one connection, or of everything at its provider. */
export type Scope = 'connection' | 'provider';

/** How far it has come. While it runs, the dialog cannot be left. */
export type Setting =
  | { readonly step: 'asking'; readonly failure: PageFailure | null }
  | { readonly step: 'running' };

/** Sets the period of a connection or of its provider. `onSet` is called when that is done. */
export function useScopePolicy(
  { id, name, provider, providerId }: ConnectionView,
  onSet: () => void,
): { readonly setting: Setting; readonly set: (scope: Scope, policy: RotationPolicy) => void } {
  const [setting, setSetting] = useState<Setting>({ step: 'asking', failure: null });
  const isRunning = useRef(false);
  const set = async (scope: Scope, policy: RotationPolicy) => {
    // A second press arrives before the first has been drawn.
    if (isRunning.current) return;
    isRunning.current = true;
    setSetting({ step: 'running' });
    const answer =
      scope === 'connection'
        ? await api.call('connections.setPolicy', { id, policy })
        : await setOfProvider(providerId, policy);
    isRunning.current = false;
    if (!answer.ok) {
      setSetting({ step: 'asking', failure: answer.error });
      return;
    }
    notify(
      'done',
      setWords(policy, scope === 'connection' ? `the keys of ${name}` : `all of ${provider.name}`),
    );
    onSet();
  };
  return { setting, set: (...asked) => void set(...asked) };
}

/** The settings hold the periods of all providers together, so they are read right before. */
async function setOfProvider(providerId: string, policy: RotationPolicy) {
  const settings = await api.call('settings.get', {});
  if (!settings.ok) return settings;
  const { [providerId]: _, ...others } = settings.value.providerPolicies;
  const providerPolicies = policy.everyDays === undefined ? others : { ...others, [providerId]: policy };
  return api.call('settings.set', { providerPolicies });
}
