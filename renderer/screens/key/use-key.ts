import { useEffect, useState } from 'react';
import type { KeyId, TargetId } from '../../../shared/domain/ids.ts';
import type { CheckOutcome } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { AnswerOf } from '../../../shared/ipc/define.ts';
import type { KeyDetail, TargetState } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import type { Result } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import { notify, openDialog } from '../../app-state.ts';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import { writtenNotes } from '../../text/targets.ts';
import { waitsForUser } from '../../text/work.ts';
import { useConnections, useWorks } from '../frame/use-status.ts';
import { useTrackedFiles } from './use-tracked-files.ts';

/** A request with the key in one language; names variables, never a value. */
export type Snippet = Extract<
  AnswerOf<KeyturnContract['keys.snippets']>,
  { ok: true }
>['value']['snippets'][number];

/** What is done to the key at this moment; null when nothing is. */
export type KeyDoing =
  | { readonly what: 'checking' | 'continuing' | 'changing' }
  | { readonly what: 'writing'; readonly targetId: TargetId }
  | null;

/** What a check ended in. */
export type CheckResult =
  | { readonly state: 'checked'; readonly outcome: CheckOutcome }
  | { readonly state: 'failed'; readonly error: PageFailure };

export interface KeyActions {
  readonly check: () => void;
  /** Writes the key into a file that it has already; `confirmName` where Git tracks the file and the key is live. */
  readonly writeAgain: (
    targetId: TargetId,
    confirmName: string,
  ) => Promise<'written' | 'failed' | 'needs-name'>;
  /** The key is due when its period says so again. */
  readonly takePlanBack: () => void;
  /** The key is spoken of again at once. */
  readonly endSnooze: () => void;
  /** Goes on with the work that has stopped. */
  readonly continueWork: () => void;
  /** Forgets a file that cannot be written, and goes on with the work that it has stopped. */
  readonly keepWithout: (targetId: TargetId) => void;
  readonly lookAgain: () => void;
}

/** One key as the screen shows it. */
export type KeyView =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: PageFailure; readonly retry: () => void }
  | { readonly state: 'gone' }
  | {
      readonly state: 'ready';
      readonly detail: KeyDetail;
      /** How the targets stand, by their id; null while that is being read. */
      readonly targets: ReadonlyMap<TargetId, TargetState> | null;
      /** The files of the key that Git tracks. */
      readonly tracked: ReadonlySet<string>;
      readonly check: CheckResult | null;
      /** The account that the key is of; null while it is read, or where it is gone. */
      readonly connection: ConnectionView | null;
      /** How the key is used from code; null while that is being read. */
      readonly snippets: readonly Snippet[] | null;
      /** The latest work that this key is the old or the new key of, since the app started; null where there is none. */
      readonly work: WorkView | null;
      readonly doing: KeyDoing;
      readonly actions: KeyActions;
    };

type Loaded =
  | { readonly state: 'loading' | 'gone' }
  | { readonly state: 'failed'; readonly error: PageFailure }
  | {
      readonly state: 'ready';
      readonly detail: KeyDetail;
      readonly targets: ReadonlyMap<TargetId, TargetState> | null;
      readonly snippets: readonly Snippet[] | null;
    };

/** Moving along the list passes over keys; only where it rests is a key read. */
const restMs = 60;

/** Reads a key and its targets, follows its changes, and acts on it. Must be keyed by the id. */
export function useKey(id: KeyId): KeyView {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [check, setCheck] = useState<CheckResult | null>(null);
  const [doing, setDoing] = useState<KeyDoing>(null);
  const [asked, setAsked] = useState(0);
  const connections = useConnections();
  const works = useWorks();
  const tracked = useTrackedFiles(loaded.state === 'ready' ? loaded.detail.targets : []);

  useEffect(() => {
    let isCurrent = true;
    const load = async () => {
      const answer = await api.call('keys.get', { id });
      if (!isCurrent) return;
      if (!answer.ok) {
        setLoaded(
          answer.error.code === 'key-unknown' ? { state: 'gone' } : { state: 'failed', error: answer.error },
        );
        return;
      }
      setLoaded((before) => ({
        state: 'ready',
        detail: answer.value,
        targets: before.state === 'ready' ? before.targets : null,
        snippets: before.state === 'ready' ? before.snippets : null,
      }));
      const [states, used] = await Promise.all([
        api.call('keys.targetStates', { id }),
        api.call('keys.snippets', { id }),
      ]);
      if (!isCurrent) return;
      // Without its definition a key has no snippets, and everything else as before.
      const snippets = used.ok ? used.value.snippets : [];
      setLoaded((before) => (before.state === 'ready' ? { ...before, snippets } : before));
      if (!states.ok) return;
      const targets = withStates(null, states.value.targets);
      setLoaded((before) => (before.state === 'ready' ? { ...before, targets } : before));
    };
    // A second look, after the first, has nothing to wait for.
    const timer = setTimeout(load, asked === 0 ? restMs : 0);
    const offKeys = api.on('keys.changed', ({ changed, removed }) => {
      if (removed.includes(id)) setLoaded({ state: 'gone' });
      else if (changed.some((row) => row.id === id)) void load();
    });
    const offTargets = api.on('keys.targetsChanged', ({ keys }) => {
      const told = keys.find((key) => key.id === id);
      if (told === undefined) return;
      setLoaded((before) =>
        before.state === 'ready' ? { ...before, targets: withStates(before.targets, told.targets) } : before,
      );
    });
    const onFocus = () => void load();
    window.addEventListener('focus', onFocus);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      offKeys();
      offTargets();
      window.removeEventListener('focus', onFocus);
    };
  }, [id, asked]);

  const lookAgain = () => setAsked((before) => before + 1);

  /** Does one thing at a time; a failure is said, and what is shown is read again either way. */
  const act = async <T>(what: KeyDoing, call: () => Promise<Result<T, PageFailure>>) => {
    setDoing(what);
    const answer = await call();
    setDoing(null);
    if (!answer.ok) notify('danger', oneLine(answer.error));
    return answer;
  };

  const continueWork = async () => {
    const workId = loaded.state === 'ready' ? loaded.detail.workId : null;
    if (workId === null) return;
    const answer = await act({ what: 'continuing' }, () => api.call('work.continue', { id: workId }));
    // What it waits for is asked where the rotation is followed.
    if (answer.ok && waitsForUser(answer.value)) openDialog({ kind: 'work', workId });
    lookAgain();
  };

  const actions: KeyActions = {
    check: async () => {
      setDoing({ what: 'checking' });
      const answer = await api.call('keys.check', { id });
      setDoing(null);
      setCheck(
        answer.ok ? { state: 'checked', outcome: answer.value } : { state: 'failed', error: answer.error },
      );
    },
    writeAgain: async (targetId, confirmName) => {
      setDoing({ what: 'writing', targetId });
      const answer = await api.call('keys.writeAgain', { id, targetId, confirmName });
      setDoing(null);
      if (!answer.ok && answer.error.code === 'file-tracked') return 'needs-name';
      if (answer.ok) {
        const notes = writtenNotes(answer.value);
        notify(notes.length === 0 ? 'done' : 'attention', ['Written and read back.', ...notes].join(' '));
      } else notify('danger', oneLine(answer.error));
      lookAgain();
      return answer.ok ? 'written' : 'failed';
    },
    takePlanBack: async () => {
      await act({ what: 'changing' }, () => api.call('keys.plan', { plans: [{ id, day: null }] }));
      lookAgain();
    },
    endSnooze: async () => {
      await act({ what: 'changing' }, () => api.call('reminders.snooze', { ids: [id], until: null }));
      lookAgain();
    },
    continueWork: () => void continueWork(),
    keepWithout: async (targetId) => {
      const forget = () => api.call('keys.unlink', { id, targetId, removeLines: false });
      const forgotten = await act({ what: 'continuing' }, forget);
      if (forgotten.ok) await continueWork();
      else lookAgain();
    },
    lookAgain,
  };

  switch (loaded.state) {
    case 'loading':
    case 'gone':
      return { state: loaded.state };
    case 'failed':
      return { state: 'failed', error: loaded.error, retry: lookAgain };
    case 'ready':
      return {
        ...loaded,
        connection: connectionOf(connections, loaded.detail),
        work: works.state === 'ready' ? workOf(works.value, id) : null,
        tracked,
        check,
        doing,
        actions,
      };
  }
}

/** What is known of the targets, with what is told now. */
const withStates = (
  before: ReadonlyMap<TargetId, TargetState> | null,
  told: readonly TargetState[],
): ReadonlyMap<TargetId, TargetState> =>
  new Map([...(before ?? []), ...told.map((state) => [state.targetId, state] as const)]);

/** What is unfinished goes before what has finished, and what began later before the rest. */
function workOf(works: readonly WorkView[], id: KeyId): WorkView | null {
  const own = works.filter(({ keyId, newKeyId }) => keyId === id || newKeyId === id);
  return own.find(({ finished }) => finished === null) ?? own[0] ?? null;
}

function connectionOf(
  connections: ReturnType<typeof useConnections>,
  { connectionId }: KeyDetail,
): ConnectionView | null {
  if (connections.state !== 'ready') return null;
  return connections.value.find(({ id }) => id === connectionId) ?? null;
}
