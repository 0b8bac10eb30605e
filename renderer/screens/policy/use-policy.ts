import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { RotationPolicy } from '../../../shared/domain/key.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import { count } from '../../text/dates.ts';
import type { PageFailure } from '../../text/errors.ts';
import { setWords } from '../../text/period.ts';
import { useConnections, useSettings } from '../frame/use-status.ts';
import { useKeyEntries } from '../keys/use-key-entries.ts';
import type { PolicyChange } from './changes.ts';
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
    const failure = await setPolicies(changes);
    isSetting.current = false;
    setSetting({ isRunning: false, failure });
    if (failure !== null) return;
    notify('done', doneWords(changes));
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

function doneWords(changes: readonly PolicyChange[]): string {
  const rows = changes.flatMap((change) => change.rows);
  const [only] = rows;
  const whom = only !== undefined && rows.length === 1 ? only.name : count(rows.length, 'key');
  const [first, ...others] = changes;
  return first !== undefined && others.length === 0
    ? setWords(first.policy, whom)
    : `As each provider recommends for ${whom}.`;
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
