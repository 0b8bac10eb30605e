import { useEffect, useState } from 'react';
import type { Target } from '../../../shared/domain/key.ts';
import { api } from '../../api/client.ts';

const none: ReadonlySet<string> = new Set();

/** Which of a key's files Git tracks. A file that can't be looked at is not among them: how it stands is told anyway. */
export function useTrackedFiles(targets: readonly Target[]): ReadonlySet<string> {
  const [tracked, setTracked] = useState(none);
  const files = targets.map(({ file }) => file).join('\n');
  useEffect(() => {
    if (files === '') return;
    let isCurrent = true;
    Promise.all(files.split('\n').map(standingOf)).then((found) => {
      if (isCurrent) setTracked(new Set(found.filter((file) => file !== null)));
    });
    return () => {
      isCurrent = false;
    };
  }, [files]);
  return tracked;
}

async function standingOf(file: string): Promise<string | null> {
  const answer = await api.call('files.inspect', { file, fields: {} });
  return answer.ok && answer.value.git.state === 'tracked' ? file : null;
}
