import { useEffect, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyDetail, NewTarget } from '../../../shared/ipc/keys.contract.ts';
import { ok } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import type { PageFailure } from '../../text/errors.ts';
import { writtenNotes } from '../../text/targets.ts';
import type { Wrote } from './target-form.tsx';

export type WriteToEnv =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | {
      readonly state: 'ready';
      readonly detail: KeyDetail;
      readonly isWriting: boolean;
      /** Something was written since the dialog was opened. */
      readonly hasWritten: boolean;
      readonly write: (target: NewTarget) => Promise<Wrote>;
    };

/** Reads a key and writes it to files. */
export function useWriteToEnv(id: KeyId): WriteToEnv {
  const [loaded, setLoaded] = useState<KeyDetail | PageFailure | null>(null);
  const [isWriting, setWriting] = useState(false);
  const [hasWritten, setHasWritten] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    api.call('keys.get', { id }).then((answer) => {
      if (isCurrent) setLoaded(answer.ok ? answer.value : answer.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [id]);

  if (loaded === null) return { state: 'loading' };
  if ('code' in loaded) return { state: 'failed', failure: loaded };

  const write = async (target: NewTarget): Promise<Wrote> => {
    setWriting(true);
    const wrote = await writeTo(id, target);
    setWriting(false);
    if (wrote.ok) setHasWritten(true);
    if (wrote.ok && wrote.value.notes.length === 0) {
      notify('done', `Written to ${wrote.value.file} and read back.`);
    }
    return wrote;
  };
  return { state: 'ready', detail: loaded, isWriting, hasWritten, write };
}

/** Writes a key to a file, and tells what there is to know of it. */
export async function writeTo(id: KeyId, target: NewTarget): Promise<Wrote> {
  const answer = await api.call('keys.write', { id, target });
  return answer.ok ? ok({ file: target.file, notes: writtenNotes(answer.value) }) : answer;
}
