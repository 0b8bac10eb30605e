import { useEffect, useState } from 'react';
import type { TargetId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** Why a new value could not be written to a target, by the target. */
export type Hurdles = ReadonlyMap<TargetId, PageFailure>;

/** Looks beforehand at the files that a new key will be written to. What main then says counts; this only says it earlier. */
export function useHurdles({ targets, environment }: Pick<KeyDetail, 'targets' | 'environment'>): Hurdles {
  const [hurdles, setHurdles] = useState<Hurdles>(new Map());
  useEffect(() => {
    let isCurrent = true;
    Promise.all(
      targets.map(async (target) => [target.id, await hurdleAt(target, environment)] as const),
    ).then((found) => {
      if (!isCurrent) return;
      setHurdles(new Map(found.flatMap(([id, hurdle]) => (hurdle === null ? [] : [[id, hurdle] as const]))));
    });
    return () => {
      isCurrent = false;
    };
  }, [targets, environment]);
  return hurdles;
}

async function hurdleAt(
  { file, mayBeTracked }: Target,
  environment: KeyDetail['environment'],
): Promise<PageFailure | null> {
  const answer = await api.call('files.inspect', { file, fields: {} });
  if (!answer.ok) return answer.error;
  const isGuarded = environment === 'live' && !mayBeTracked;
  return isGuarded && answer.value.git.state === 'tracked' ? { code: 'file-tracked', file } : null;
}
