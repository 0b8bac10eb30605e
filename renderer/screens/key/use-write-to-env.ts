import { useEffect, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import { notify } from '../../app-state.ts';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import { useAppStatus } from '../frame/use-status.ts';

/** What is known of the file that was named. */
export type Inspection =
  | { readonly state: 'none' | 'looking' }
  | { readonly state: 'known'; readonly exists: boolean; readonly variables: ReadonlySet<string> }
  | { readonly state: 'failed'; readonly error: PageFailure };

export type WriteToEnv =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: PageFailure }
  | {
      readonly state: 'ready';
      readonly detail: KeyDetail;
      readonly file: string;
      readonly setFile: (file: string) => void;
      readonly inspection: Inspection;
      /** The variable for each field, by the field's name; empty: the field is not written. */
      readonly variables: Readonly<Record<string, string>>;
      readonly setVariable: (field: string, variable: string) => void;
      readonly choose: (() => Promise<string | null>) | undefined;
      readonly isWriting: boolean;
      readonly failure: PageFailure | null;
      readonly write: () => void;
    };

const typingMs = 200;

/** Gathers where a key is to be written, looks at the file while the path is typed, and writes. */
export function useWriteToEnv(id: KeyId, onDone: () => void): WriteToEnv {
  const [loaded, setLoaded] = useState<KeyDetail | PageFailure | null>(null);
  const [file, setFile] = useState('');
  const [variables, setVariables] = useState<Readonly<Record<string, string>>>({});
  const [inspection, setInspection] = useState<Inspection>({ state: 'none' });
  const [writing, setWriting] = useState<'no' | 'yes' | PageFailure>('no');
  const status = useAppStatus();

  useEffect(() => {
    let isCurrent = true;
    api.call('keys.get', { id }).then((answer) => {
      if (!isCurrent) return;
      setLoaded(answer.ok ? answer.value : answer.error);
      if (answer.ok) {
        setVariables(Object.fromEntries(answer.value.fields.map((field) => [field.name, field.variable])));
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [id]);

  useEffect(() => {
    const path = file.trim();
    if (path === '') {
      setInspection({ state: 'none' });
      return;
    }
    let isCurrent = true;
    setInspection({ state: 'looking' });
    const timer = setTimeout(async () => {
      const answer = await api.call('files.inspect', { file: path });
      if (!isCurrent) return;
      setInspection(
        answer.ok
          ? { state: 'known', exists: answer.value.exists, variables: new Set(answer.value.variables) }
          : { state: 'failed', error: answer.error },
      );
    }, typingMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [file]);

  if (loaded === null) return { state: 'loading' };
  if ('code' in loaded) return { state: 'failed', error: loaded };

  const write = async () => {
    setWriting('yes');
    const wanted = Object.entries(variables)
      .map(([field, variable]) => [field, variable.trim()] as const)
      .filter(([, variable]) => variable !== '');
    const target = { file: file.trim(), variables: Object.fromEntries(wanted) };
    const answer = await api.call('keys.write', { id, target });
    if (!answer.ok) {
      setWriting(answer.error);
      return;
    }
    const { readDifferentlyBy } = answer.value;
    if (readDifferentlyBy.length === 0) notify('done', `Written to ${target.file} and read back.`);
    else notify('attention', `Written. ${readDifferentlyBy.join(', ')} would read the value differently.`);
    onDone();
  };

  const canChoose = status.state === 'ready' && status.value.host === 'electron';
  return {
    state: 'ready',
    detail: loaded,
    file,
    setFile,
    inspection,
    variables,
    setVariable: (field, variable) => setVariables({ ...variables, [field]: variable }),
    choose: canChoose ? chooseFile : undefined,
    isWriting: writing === 'yes',
    failure: typeof writing === 'string' ? null : writing,
    write: () => void write(),
  };
}

async function chooseFile(): Promise<string | null> {
  const answer = await api.call('files.choose', { title: 'Choose a .env file' });
  if (!answer.ok) {
    notify('danger', oneLine(answer.error));
    return null;
  }
  return answer.value.outcome === 'chosen' ? answer.value.file : null;
}
