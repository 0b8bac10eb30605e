import { useEffect, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { TargetRemark } from '../../../shared/domain/work.ts';
import type { KeyDetail, NewTarget } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { api } from '../../api/client.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useWorks } from '../frame/use-status.ts';
import type { Wrote } from '../key/target-form.tsx';
import { writeTo } from '../key/use-write-to-env.ts';
import { copyFromPage, type PageCopy, pageClipboard } from './page-clipboard.ts';

/** What the last action came to, to be said beside the buttons. `clearsAfterSeconds` is null where nothing clears the clipboard. */
export type Said =
  | {
      readonly kind: 'copied';
      readonly label: string;
      readonly by: 'main' | 'page';
      readonly clearsAfterSeconds: number | null;
      readonly concealed: boolean;
    }
  | { readonly kind: 'written'; readonly file: string }
  | { readonly kind: 'failed'; readonly failure: PageFailure }
  | null;

/** The values of the one showing. They go straight into the page's text and are kept nowhere else. */
export type ShowValues = (fields: readonly { readonly name: string; readonly value: string }[]) => void;

export type Doing = 'copy' | 'show' | 'write' | 'seal';

export type CopyOnceState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'sealed'; readonly detail: KeyDetail }
  | {
      readonly state: 'open';
      readonly detail: KeyDetail;
      /** What is going on; one thing at a time. */
      readonly doing: Doing | null;
      readonly said: Said;
      /** What there is to tell of the files that the key was written to when it was made. */
      readonly remarks: readonly TargetRemark[];
      readonly copy: (field: string) => void;
      readonly show: (values: ShowValues) => void;
      /** What it came to is for the form to say, where there is more to say than that it is written. */
      readonly write: (target: NewTarget) => Promise<Wrote>;
      readonly seal: () => void;
    };

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: PageFailure }
  | { readonly state: 'loaded'; readonly detail: KeyDetail };

/**
 * The one time of a new key. What is spent is told by main and read again after every action, so that a reload or
 * a second window finds the same. `onSealed` is called after **Done** has been recorded.
 */
export function useCopyOnce(keyId: KeyId, onSealed: () => void): CopyOnceState {
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  const [said, setSaid] = useState<Said>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const running = useRef(false);
  const works = useWorks();

  useEffect(() => {
    let current = true;
    const read = () => load(keyId).then((next) => current && setLoaded(next));
    read();
    const off = api.on('keys.changed', ({ changed }) => {
      if (changed.some((row) => row.id === keyId)) read();
    });
    return () => {
      current = false;
      off();
    };
  }, [keyId]);

  if (loaded.state !== 'loaded') return loaded;
  const { detail } = loaded;
  if (detail.copyOnce.sealed) return { state: 'sealed', detail };

  /** One action at a time; afterwards what is spent is read again. */
  const act = async (kind: Doing, action: () => Promise<Said>): Promise<Said> => {
    if (running.current) return null;
    running.current = true;
    setDoing(kind);
    const outcome = await action();
    setSaid(outcome);
    setLoaded(await load(keyId));
    running.current = false;
    setDoing(null);
    return outcome;
  };

  return {
    state: 'open',
    detail,
    doing,
    said,
    remarks: works.state === 'ready' ? (works.value.find(madeIt(keyId))?.remarks ?? []) : [],
    copy: (field) => void act('copy', () => copyField(detail, field)),
    show: (values) => void act('show', () => showFields(keyId, values)),
    write: async (target) => {
      let wrote: Wrote = fail({ code: 'work-running' as const });
      await act('write', async () => {
        wrote = await writeTo(keyId, target);
        return wrote.ok && wrote.value.notes.length === 0
          ? { kind: 'written', file: wrote.value.file }
          : null;
      });
      return wrote;
    },
    seal: () =>
      void act('seal', async () => {
        const answer = await api.call('keys.seal', { id: keyId });
        if (!answer.ok) return { kind: 'failed', failure: answer.error };
        onSealed();
        return null;
      }),
  };
}

const madeIt =
  (keyId: KeyId) =>
  ({ newKeyId }: WorkView): boolean =>
    newKeyId === keyId;

async function load(keyId: KeyId): Promise<Loaded> {
  const answer = await api.call('keys.get', { id: keyId });
  return answer.ok ? { state: 'loaded', detail: answer.value } : { state: 'failed', failure: answer.error };
}

async function copyField(detail: KeyDetail, field: string): Promise<Said> {
  const label = detail.fields.find(({ name }) => name === field)?.label ?? field;
  const answer = await api.call('keys.copy', { id: detail.id, field });
  if (!answer.ok) return { kind: 'failed', failure: answer.error };
  const { by, clearsAfterSeconds, concealed } = answer.value;
  if (by === 'main') return { kind: 'copied', by, label, clearsAfterSeconds, concealed };
  const copied = await copyHere(detail.id, field, clearsAfterSeconds);
  if (!copied.ok) return { kind: 'failed', failure: copied.error };
  return {
    kind: 'copied',
    by,
    label,
    clearsAfterSeconds: copied.value.clears ? clearsAfterSeconds : null,
    concealed,
  };
}

/** Puts the value from main's one answer on the clipboard and lets go of it; it is never kept in between. */
async function copyHere(
  id: KeyId,
  field: string,
  clearsAfterSeconds: number,
): Promise<Result<PageCopy, PageFailure>> {
  const answer = await api.call('keys.reveal', { id, purpose: 'copy', field });
  if (!answer.ok) return answer;
  const value = answer.value.fields.find(({ name }) => name === field)?.value;
  if (value === undefined)
    return fail({ code: 'clipboard-failed', reason: 'the field came without a value' });
  try {
    return ok(await copyFromPage(pageClipboard(), value, clearsAfterSeconds));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the page was refused';
    return fail({ code: 'clipboard-failed', reason });
  }
}

async function showFields(id: KeyId, values: ShowValues): Promise<Said> {
  const answer = await api.call('keys.reveal', { id, purpose: 'show', field: null });
  if (!answer.ok) return { kind: 'failed', failure: answer.error };
  values(answer.value.fields);
  return null;
}
