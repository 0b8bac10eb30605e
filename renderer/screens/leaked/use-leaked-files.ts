import { useEffect, useState } from 'react';
import type { TargetId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** How a file stands that the new key is about to be written to. */
export interface LeakedFile {
  readonly isTracked: boolean;
  /** Why it cannot be written to as it is now; null where it can. */
  readonly hurdle: PageFailure | null;
}

/** Looks beforehand at the files of a leaked key, by their targets. What main then says counts; this only says it earlier. */
export function useLeakedFiles(targets: readonly Target[]): ReadonlyMap<TargetId, LeakedFile> {
  const [files, setFiles] = useState<ReadonlyMap<TargetId, LeakedFile>>(new Map());
  useEffect(() => {
    let isCurrent = true;
    Promise.all(targets.map(async (target) => [target.id, await lookAt(target)] as const)).then((found) => {
      if (isCurrent) setFiles(new Map(found));
    });
    return () => {
      isCurrent = false;
    };
  }, [targets]);
  return files;
}

async function lookAt({ file }: Target): Promise<LeakedFile> {
  const answer = await api.call('files.inspect', { file, fields: {} });
  if (!answer.ok) return { isTracked: false, hurdle: answer.error };
  return { isTracked: answer.value.git.state === 'tracked', hurdle: null };
}
