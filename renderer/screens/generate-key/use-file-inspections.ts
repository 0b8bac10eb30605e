import { useEffect, useState } from 'react';
import type { FileInspection } from '../../../shared/domain/env-file.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { proposedVariables } from './draft.ts';

/** What is known of a path that was typed; `looking` only where that takes a while. */
export type Inspection =
  | { readonly state: 'looking' }
  | { readonly state: 'seen'; readonly file: FileInspection; readonly ignoring: Ignoring }
  | { readonly state: 'refused'; readonly failure: PageFailure };

/** Whether Git was made to ignore the file from here. */
export type Ignoring =
  | { readonly step: 'not-asked' | 'running' }
  | { readonly step: 'done'; readonly gitignore: string; readonly line: string }
  | { readonly step: 'failed'; readonly failure: PageFailure };

export interface FileInspections {
  /** What is known of a path; undefined before it is asked about. */
  readonly of: (file: string) => Inspection | undefined;
  /** Adds the line that makes Git ignore the file, and looks again. */
  readonly ignore: (file: string) => void;
  /** Looks at a file once more, since it is not what it was taken for. */
  readonly again: (file: string) => void;
}

const typingPauseMs = 250;
/** What is there sooner needs no word that it is under way. */
const patienceMs = 300;

/**
 * Asks what each typed path leads to and what it proposes for the fields, a moment after the typing stops. `keyId`: the key
 * that is to be written, where there is one already.
 */
export function useFileInspections(
  files: readonly string[],
  fields: ProviderSummary['fields'],
  keyId: KeyId | null = null,
): FileInspections {
  const [known, setKnown] = useState<ReadonlyMap<string, Inspection>>(new Map());
  const [lookingAt, setLookingAt] = useState<readonly string[]>([]);
  const proposed = JSON.stringify(proposedVariables(fields));
  const keyOf = (file: string): string => `${file.trim()}\n${proposed}`;
  const wanted = [...new Set(files.map((file) => file.trim()).filter((file) => file !== ''))];
  const unknown = wanted.filter((file) => !known.has(keyOf(file))).join('\n');

  const learn = (at: string, inspection: Inspection) =>
    setKnown((before) => new Map(before).set(at, inspection));

  // biome-ignore lint/correctness/useExhaustiveDependencies: `keyOf` and `learn` say the same for the same proposals
  useEffect(() => {
    if (unknown === '') return;
    let current = true;
    const files = unknown.split('\n');
    const pause = setTimeout(() => {
      for (const file of files) {
        inspect(file, JSON.parse(proposed), keyId).then((inspection) => {
          if (current) learn(keyOf(file), inspection);
        });
      }
    }, typingPauseMs);
    const patience = setTimeout(() => setLookingAt(files.map(keyOf)), typingPauseMs + patienceMs);
    return () => {
      current = false;
      clearTimeout(pause);
      clearTimeout(patience);
      setLookingAt([]);
    };
  }, [unknown, proposed, keyId]);

  const look = (file: string) => inspect(file.trim(), JSON.parse(proposed), keyId);
  const again = async (file: string) => learn(keyOf(file), await look(file));

  const ignore = async (file: string) => {
    const at = keyOf(file);
    const before = known.get(at);
    if (before?.state !== 'seen' || before.ignoring.step === 'running') return;
    learn(at, { ...before, ignoring: { step: 'running' } });
    const answer = await api.call('files.ignore', { file: file.trim() });
    if (!answer.ok) {
      learn(at, { ...before, ignoring: { step: 'failed', failure: answer.error } });
      return;
    }
    const after = await look(file);
    learn(at, after.state === 'seen' ? { ...after, ignoring: { step: 'done', ...answer.value } } : after);
  };

  const stateOf = (at: string): Inspection | undefined =>
    known.get(at) ?? (lookingAt.includes(at) ? { state: 'looking' } : undefined);
  return {
    of: (file) => stateOf(keyOf(file)),
    ignore: (file) => void ignore(file),
    again: (file) => void again(file),
  };
}

async function inspect(
  file: string,
  fields: Record<string, string>,
  keyId: KeyId | null,
): Promise<Inspection> {
  const answer = await api.call('files.inspect', { file, fields, keyId });
  return answer.ok
    ? { state: 'seen', file: answer.value, ignoring: { step: 'not-asked' } }
    : { state: 'refused', failure: answer.error };
}
