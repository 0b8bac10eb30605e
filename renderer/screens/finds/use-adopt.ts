import { useEffect, useRef, useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { Find } from '../../../shared/ipc/search.contract.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { newConnectionName } from '../take-in/draft.ts';
import type { FindDraft, FindsWorld } from './draft.ts';
import type { AdoptOutcome } from './outcome.ts';

/** Many finds that are being adopted, one after the other. */
export interface AdoptRun {
  readonly done: number;
  readonly total: number;
  readonly isCancelling: boolean;
}

/** A find with what was decided about it. */
export interface Decided {
  readonly find: Find;
  readonly draft: FindDraft;
}

export interface AdoptOptions {
  readonly world: FindsWorld;
}

type Outcomes = ReadonlyMap<string, AdoptOutcome>;

/**
 * Adopts finds one after the other; each has an outcome of its own, and one that fails does not keep the next from being
 * adopted. Cancelling lets the one that is under way finish. Leaving the page cancels.
 */
export function useAdopt(options: AdoptOptions): {
  readonly outcomes: Outcomes;
  readonly run: AdoptRun | null;
  /** How many of the last run were not begun because it was cancelled. */
  readonly left: number;
  readonly adopt: (decided: readonly Decided[], anyForm: boolean) => void;
  readonly cancel: () => void;
  /** Forgets the outcomes, before other finds are shown. */
  readonly clear: () => void;
} {
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const [run, setRun] = useState<AdoptRun | null>(null);
  const [left, setLeft] = useState(0);
  const latest = useRef(options);
  latest.current = options;
  const going = useRef({ isRunning: false, isCancelled: false });
  const made = useRef(new Map<string, ConnectionId>());
  useEffect(
    () => () => {
      going.current.isCancelled = true;
    },
    [],
  );

  const become = (id: string, outcome: AdoptOutcome | null) =>
    setOutcomes((before) => {
      const next = new Map(before);
      if (outcome === null) next.delete(id);
      else next.set(id, outcome);
      return next;
    });

  const adopt = async (decided: readonly Decided[], anyForm: boolean) => {
    if (going.current.isRunning) return;
    going.current = { isRunning: true, isCancelled: false };
    const { current } = going;
    setOutcomes((before) => {
      const waiting = decided.map(({ find }) => [find.id, { state: 'waiting' }] as const);
      return new Map([...before, ...waiting]);
    });
    let done = 0;
    setLeft(0);
    for (const each of decided) {
      const { id } = each.find;
      if (current.isCancelled) {
        become(id, null);
        continue;
      }
      setRun({ done, total: decided.length, isCancelling: false });
      become(id, { state: 'running' });
      const answer = await adoptOne(each, anyForm, latest.current, made.current);
      become(
        id,
        answer.ok
          ? { state: 'adopted', keyId: answer.value.keyId }
          : { state: 'failed', failure: answer.error },
      );
      done += 1;
    }
    current.isRunning = false;
    setLeft(decided.length - done);
    setRun(null);
  };

  return {
    outcomes,
    run,
    left,
    adopt: (decided, anyForm) => void adopt(decided, anyForm),
    cancel: () => {
      going.current.isCancelled = true;
      setRun((now) => now && { ...now, isCancelling: true });
    },
    clear: () => {
      setOutcomes(new Map());
      setLeft(0);
    },
  };
}

async function adoptOne(
  { find, draft }: Decided,
  anyForm: boolean,
  options: AdoptOptions,
  made: Map<string, ConnectionId>,
) {
  const place = await placeOf(find, draft, options.world, made);
  if (!place.ok) return place;
  return api.call('finds.adopt', {
    ...place.value,
    findId: find.id,
    name: draft.name.trim(),
    follow: [...draft.follow],
    anyForm,
    policy: {},
  });
}

type Place = { readonly connectionId: ConnectionId; readonly providerId: string };

/** The connection that a find is of: its key's where the vault knows it, otherwise the chosen one or one that is made now. */
async function placeOf(
  { known }: Find,
  { providerId, account, environment }: FindDraft,
  { catalog, connections }: FindsWorld,
  made: Map<string, ConnectionId>,
): Promise<Result<Place, PageFailure>> {
  if (known !== null) {
    const answer = await api.call('keys.get', { id: known.id });
    if (!answer.ok) return answer;
    return ok({ connectionId: answer.value.connectionId, providerId: answer.value.providerId });
  }
  const provider = catalog.find(({ id }) => id === providerId);
  if (provider === undefined || account === null) return fail({ code: 'connection-unknown' });
  if (account !== 'new') return ok({ connectionId: account, providerId: provider.id });
  // Several finds of one provider share the connection that the first of them makes.
  const share = `${provider.id} ${environment}`;
  const before = made.get(share);
  if (before !== undefined) return ok({ connectionId: before, providerId: provider.id });
  const answer = await api.call('connections.add', {
    providerId: provider.id,
    name: newConnectionName(provider, environment, connections),
    environment,
    settings: {},
    credential: {},
  });
  if (!answer.ok) return answer;
  made.set(share, answer.value.id);
  return ok({ connectionId: answer.value.id, providerId: provider.id });
}
