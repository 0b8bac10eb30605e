import { useEffect, useRef, useState } from 'react';
import type { HookStanding } from '../../../shared/ipc/search.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** The pre-commit hook of the repository that a folder is in. */
export type Hook =
  | { readonly state: 'unnamed' | 'asking' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'known';
      readonly standing: HookStanding;
      readonly isActing: boolean;
      readonly failure: PageFailure | null;
    };

const typingPauseMs = 400;

/** What stands there from the beginning is not being typed. */
const pauseMs = (asked: number): number => (asked === 1 ? 0 : typingPauseMs);

/** Follows the hook of the folder that is typed or chosen; asks about it when the typing pauses. */
export function useHook(folder: string): {
  readonly hook: Hook;
  readonly install: () => void;
  readonly remove: () => void;
} {
  const [hook, setHook] = useState<Hook>({ state: 'asking' });
  const asked = useRef(0);

  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    setHook({ state: looksWhole(folder) ? 'asking' : 'unnamed' });
    if (!looksWhole(folder)) return;
    const pause = setTimeout(async () => {
      const answer = await api.call('leaks.hook', { folder });
      if (mine !== asked.current) return;
      if (answer.ok) setHook({ state: 'known', standing: answer.value, isActing: false, failure: null });
      // A path that is still being typed leads nowhere, which is no failure.
      else if (answer.error.code === 'folder-gone') setHook({ state: 'unnamed' });
      else setHook({ state: 'failed', failure: answer.error });
    }, pauseMs(mine));
    return () => clearTimeout(pause);
  }, [folder]);

  const act = async (method: 'leaks.installHook' | 'leaks.removeHook') => {
    const mine = asked.current;
    setHook((now) => (now.state === 'known' ? { ...now, isActing: true, failure: null } : now));
    const answer = await api.call(method, { folder });
    if (mine !== asked.current) return;
    setHook((now) => {
      if (now.state !== 'known') return now;
      return answer.ok
        ? { ...now, standing: answer.value, isActing: false }
        : { ...now, isActing: false, failure: answer.error };
    });
  };

  return {
    hook,
    install: () => void act('leaks.installHook'),
    remove: () => void act('leaks.removeHook'),
  };
}

/** Whether a path says where its folder is, so that main need not be asked about every letter of it. */
const looksWhole = (folder: string): boolean => /^(\/|[a-z]:[\\/]|\\\\)/i.test(folder);
