import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { RotationPolicy } from '../../../shared/domain/key.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import { count } from '../../text/dates.ts';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import { setWords } from '../../text/period.ts';
import { useConnections, useSettings } from '../frame/use-status.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import type { PolicyChange } from './changes.ts';
import { earlierPolicies } from './earlier.ts';
import { type PeriodSettings, periodSettingsOf } from './usual.ts';

export type Policy =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly rows: readonly KeyRow[];
      readonly connections: readonly ConnectionView[];
      readonly settings: PeriodSettings;
      /** What the one key that it is about says itself; null where it is about several. */
      readonly own: RotationPolicy | null;
      readonly isSetting: boolean;
      readonly failure: PageFailure | null;
      /** Sets one after the other, and stops at the first that fails. */
      readonly set: (changes: readonly PolicyChange[]) => void;
    };

type Own =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'ready'; readonly policy: RotationPolicy | null };

/** Follows what the period of keys depends on, and sets it for many at once. `onSet` is called when that is done. */
export function usePolicy(keyIds: readonly KeyId[] | null, onSet: () => void): Policy {
  const keys = useKeyEntries();
  const connections = useConnections();
  const settings = useSettings();
  const own = useOwnPolicy(keyIds?.length === 1 ? (keyIds[0] ?? null) : null);
  const [setting, setSetting] = useState<{ isRunning: boolean; failure: PageFailure | null }>({
    isRunning: false,
    failure: null,
  });
  const isSetting = useRef(false);
  const entries = keys.state === 'ready' ? keys.value : null;
  const rows = useMemo(() => entries?.map(({ row }) => row) ?? [], [entries]);

  const set = async (changes: readonly PolicyChange[]) => {
    // A second press arrives before the first has been drawn.
    if (isSetting.current) return;
    isSetting.current = true;
    setSetting({ isRunning: true, failure: null });
    const rows = changes.flatMap((change) => change.rows);
    const earlier = await earlierPolicies(rows);
    const failure = await setPolicies(changes);
    isSetting.current = false;
    setSetting({ isRunning: false, failure });
    if (failure !== null) return;
    const undo = earlier === null ? undefined : { label: 'Undo', onPress: () => void putBack(earlier) };
    notify('done', doneWords(changes), undo);
    onSet();
  };

  if (keys.state === 'failed') return { state: 'failed', failure: keys.error };
  if (connections.state === 'failed') return { state: 'failed', failure: connections.error };
  if (own.state === 'failed') return own;
  if (
    keys.state === 'loading' ||
    connections.state === 'loading' ||
    settings.state === 'loading' ||
    own.state === 'loading'
  ) {
    return { state: 'loading' };
  }
  return {
    state: 'ready',
    rows,
    connections: connections.value,
    settings: periodSettingsOf(settings),
    own: own.policy,
    isSetting: setting.isRunning,
    failure: setting.failure,
    set: (...asked) => void set(...asked),
  };
}

async function setPolicies(changes: readonly PolicyChange[]): Promise<PageFailure | null> {
  for (const { rows, policy } of changes) {
    const answer = await api.call('keys.setPolicy', { ids: rows.map(({ id }) => id), policy });
    if (!answer.ok) return answer.error;
  }
  return null;
}

/** Gives each key the period back that it had of its own, or none. */
async function putBack(earlier: readonly PolicyChange[]): Promise<void> {
  const failure = await setPolicies(earlier);
  if (failure !== null) notify('danger', oneLine(failure));
  else notify('done', `As before again for ${whomOf(earlier)}.`);
}

function doneWords(changes: readonly PolicyChange[]): string {
  const whom = whomOf(changes);
  const [first, ...others] = changes;
  return first !== undefined && others.length === 0
    ? setWords(first.policy, whom)
    : `As each provider recommends for ${whom}.`;
}

/** A key by its name, several by how many they are. */
function whomOf(changes: readonly PolicyChange[]): string {
  const [only, ...others] = changes.flatMap(({ rows }) => rows);
  return only !== undefined && others.length === 0 ? only.name : count(others.length + 1, 'key');
}

/** What a key says itself; rows tell only what applies to it. null: nobody asks. */
function useOwnPolicy(id: KeyId | null): Own {
  const [own, setOwn] = useState<Own>(id === null ? { state: 'ready', policy: null } : { state: 'loading' });
  useEffect(() => {
    if (id === null) return;
    let isCurrent = true;
    void api.call('keys.get', { id }).then((answer) => {
      if (!isCurrent) return;
      setOwn(
        answer.ok
          ? { state: 'ready', policy: answer.value.policy }
          : { state: 'failed', failure: answer.error },
      );
    });
    return () => {
      isCurrent = false;
    };
  }, [id]);
  return own;
}
