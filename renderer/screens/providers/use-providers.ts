import { useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { ConnectionView, Standing } from '../../../shared/ipc/connections.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useConnections, useSettings } from '../frame/use-status.ts';
import { type PeriodSettings, periodSettingsOf } from '../policy/usual.ts';
import { asksAt } from './asked-at.ts';
import { openPage } from './open-page.ts';

/** What is going on with one connection, beside what it is. */
export type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'busy'; readonly with: 'check' | 'compare' | 'remove' }
  | { readonly kind: 'failed'; readonly failure: PageFailure }
  | { readonly kind: 'checked' }
  | { readonly kind: 'compared'; readonly keys: readonly Standing[] };

export type Providers =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly connections: readonly ConnectionView[];
      /** How often keys are rotated where neither they nor their connection say so. */
      readonly periods: PeriodSettings;
      readonly doing: (id: ConnectionId) => Doing;
      readonly actions: ProvidersActions;
    };

type Answers = Record<string, string>;

export interface ProvidersActions {
  readonly check: (id: ConnectionId) => void;
  /** Puts what the provider lists beside what the vault holds. Answers why that failed; null when it is shown. */
  readonly compare: (id: ConnectionId, answers: Answers) => Promise<PageFailure | null>;
  /** Takes away what a check or a comparison found. */
  readonly hide: (id: ConnectionId) => void;
  readonly remove: (id: ConnectionId) => Promise<PageFailure | null>;
  /** Opens a page of the provider in the browser, such as its dashboard. */
  readonly openPage: (connection: ConnectionView, url: string) => void;
  /** Answers why it could not be revoked; null when the provider refuses the stray now. */
  readonly revokeStray: (
    connection: ConnectionView,
    providerKeyId: string,
    confirmName: string,
    answers: Answers,
  ) => Promise<PageFailure | null>;
}

const nothing: Doing = { kind: 'nothing' };

/** The connections and what can be done with them. */
export function useProviders(): Providers {
  const connections = useConnections();
  const settings = useSettings();
  const [doings, setDoings] = useState<ReadonlyMap<ConnectionId, Doing>>(new Map());
  const change = (id: ConnectionId, next: (before: Doing) => Doing) =>
    setDoings((before) => new Map(before).set(id, next(before.get(id) ?? nothing)));
  const set = (id: ConnectionId, doing: Doing) => change(id, () => doing);

  if (connections.state === 'failed') return { state: 'failed', failure: connections.error };
  if (connections.state === 'loading' || settings.state === 'loading') return { state: 'loading' };

  /** `isShown`: what was found before stays on screen while the provider is asked anew. */
  const compare = async (id: ConnectionId, answers: Answers, isShown: boolean) => {
    if (!isShown) set(id, { kind: 'busy', with: 'compare' });
    const answer = await api.call('connections.compare', { id, answers });
    set(
      id,
      answer.ok ? { kind: 'compared', keys: answer.value.keys } : { kind: 'failed', failure: answer.error },
    );
    return answer.ok ? null : answer.error;
  };

  return {
    state: 'ready',
    connections: connections.value,
    periods: periodSettingsOf(settings),
    doing: (id) => doings.get(id) ?? nothing,
    actions: {
      compare: (id, answers) => compare(id, answers, false),
      hide: (id) => set(id, nothing),
      check: async (id) => {
        set(id, { kind: 'busy', with: 'check' });
        const answer = await api.call('connections.check', { id });
        set(id, answer.ok ? { kind: 'checked' } : { kind: 'failed', failure: answer.error });
      },
      remove: async (id) => {
        set(id, { kind: 'busy', with: 'remove' });
        const answer = await api.call('connections.remove', { id });
        set(id, nothing);
        return answer.ok ? null : answer.error;
      },
      openPage: async ({ id, providerId }, url) => {
        const failure = await openPage(providerId, url);
        if (failure !== null) set(id, { kind: 'failed', failure });
      },
      revokeStray: async ({ id, provider }, providerKeyId, confirmName, answers) => {
        const answer = await api.call('connections.revokeStray', { id, providerKeyId, confirmName, answers });
        if (!answer.ok) return answer.error;
        // An answer is good for one call: where the list asks for one too, what is known is told without asking again.
        if (asksAt(provider, 'list').length === 0) await compare(id, {}, true);
        else change(id, (before) => asEnded(before, providerKeyId));
        return null;
      },
    },
  };
}

/** What was found, with one stray known to be ended. */
function asEnded(doing: Doing, providerKeyId: string): Doing {
  if (doing.kind !== 'compared') return doing;
  const keys = doing.keys.map((key) =>
    key.listed?.providerKeyId === providerKeyId
      ? { ...key, standing: 'ended' as const, listed: { ...key.listed, active: false } }
      : key,
  );
  return { kind: 'compared', keys };
}
