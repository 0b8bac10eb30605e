import type { KeyId } from '../../shared/domain/ids.ts';
import type { BatchView } from '../../shared/ipc/work.contract.ts';
import type { BadgeTone } from '../components/badge.tsx';
import { count } from './dates.ts';
import { momentWords } from './grace.ts';

type State = BatchView['keys'][number]['state'];

/** How a key of a batch stands, in a word or two. */
export const batchStates: Readonly<Record<State, { readonly words: string; readonly tone: BadgeTone }>> = {
  waiting: { words: 'Waiting', tone: 'neutral' },
  running: { words: 'Running', tone: 'accent' },
  'in-grace': { words: 'In place, in grace', tone: 'done' },
  done: { words: 'Done', tone: 'done' },
  attention: { words: 'Needs attention', tone: 'attention' },
  skipped: { words: 'Not begun', tone: 'neutral' },
};

const countOf = ({ keys }: BatchView, ...states: readonly State[]): number =>
  keys.filter(({ state }) => states.includes(state)).length;

/** How many keys of a batch have nothing left to happen in it. */
export const overOf = (batch: BatchView): number =>
  countOf(batch, 'in-grace', 'done', 'attention', 'skipped');

/** How far a batch has come, in words: "7 of 12 keys, 2 running, 1 needs attention". */
export function batchProgressWords(batch: BatchView): string {
  const running = countOf(batch, 'running');
  const attention = countOf(batch, 'attention');
  return [
    `${overOf(batch)} of ${count(batch.keys.length, 'key')}`,
    running > 0 ? `${running} running` : '',
    attention > 0 ? `${attention} ${attention === 1 ? 'needs' : 'need'} attention` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** What is chosen to be rotated: "12 of 16 keys, 3 of them live". */
export function chosenWords(chosen: number, all: number, live: number): string {
  const words = `${chosen.toLocaleString('en-GB')} of ${count(all, 'key')}`;
  return live === 0 ? words : `${words}, ${live.toLocaleString('en-GB')} of them live`;
}

/** New keys that are in no file: "4 new keys are in no file: copy them before 28 Nov". `until`: when the first old key ends. */
export function unplacedWords(keys: number, until: number | null, now: number): string {
  const what = `${count(keys, 'new key')} ${keys === 1 ? 'is' : 'are'} in no file`;
  const them = keys === 1 ? 'it' : 'them';
  return until === null
    ? `${what}: copy ${them} now, the old ${keys === 1 ? 'key has' : 'keys have'} ended`
    : `${what}: copy ${them} before ${momentWords(until, now)}`;
}

/** What a batch came to. `fileless` are the keys of it that are in no file. */
export function batchSummary(
  batch: BatchView,
  fileless: ReadonlySet<KeyId>,
): {
  readonly tone: 'done' | 'attention' | 'info';
  readonly title: string;
  readonly text: string;
} {
  const rotated = countOf(batch, 'in-grace', 'done');
  const attention = countOf(batch, 'attention');
  const skipped = countOf(batch, 'skipped');
  const inGrace = countOf(batch, 'in-grace');
  const hasFiles = batch.keys.some(
    ({ keyId, state }) => (state === 'in-grace' || state === 'done') && !fileless.has(keyId),
  );
  const title = [
    `${count(rotated, 'key')} rotated`,
    attention > 0 ? `${attention} ${attention === 1 ? 'needs' : 'need'} attention` : '',
    skipped > 0 ? `${skipped} not begun` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  return {
    tone: toneOf(attention, skipped),
    title,
    text: [
      hasFiles ? 'What reads the files of the rotated keys has to be restarted.' : '',
      inGrace > 0
        ? `${count(inGrace, 'old key')} ${inGrace === 1 ? 'works' : 'work'} until the grace ends.`
        : '',
      skipped > 0 ? 'Those that were not begun are as they were.' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  };
}

function toneOf(attention: number, skipped: number): 'done' | 'attention' | 'info' {
  if (attention > 0) return 'attention';
  return skipped > 0 ? 'info' : 'done';
}
