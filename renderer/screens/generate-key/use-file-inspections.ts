import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';

/** What is known of a path that was typed. */
export type Inspection =
  | { readonly state: 'looking' }
  | { readonly state: 'new' }
  | { readonly state: 'there'; readonly variables: readonly string[] }
  | { readonly state: 'refused'; readonly failure: PageFailure };

const typingPauseMs = 250;

/** Asks what each typed path leads to, a moment after the typing stops. Paths without an answer yet are missing. */
export function useFileInspections(files: readonly string[]): ReadonlyMap<string, Inspection> {
  const [known, setKnown] = useState<ReadonlyMap<string, Inspection>>(new Map());
  const wanted = [...new Set(files.map((file) => file.trim()).filter((file) => file !== ''))];
  const unknown = wanted.filter((file) => !known.has(file)).join('\n');

  useEffect(() => {
    if (unknown === '') return;
    let current = true;
    const learn = (file: string, inspection: Inspection) =>
      setKnown((before) => new Map(before).set(file, inspection));
    const pause = setTimeout(() => {
      for (const file of unknown.split('\n')) {
        api.call('files.inspect', { file }).then((answer) => {
          if (current) learn(file, toInspection(answer));
        });
      }
    }, typingPauseMs);
    return () => {
      current = false;
      clearTimeout(pause);
    };
  }, [unknown]);

  return known;
}

function toInspection(answer: Awaited<ReturnType<typeof inspect>>): Inspection {
  if (!answer.ok) return { state: 'refused', failure: answer.error };
  return answer.value.exists ? { state: 'there', variables: answer.value.variables } : { state: 'new' };
}

const inspect = (file: string) => api.call('files.inspect', { file });
