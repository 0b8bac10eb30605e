import type { Origin, WorkKind } from '../../shared/domain/work.ts';
import type { WorkView } from '../../shared/ipc/work.contract.ts';
import { span } from './dates.ts';

type Step = WorkView['steps'][number];

const making: Readonly<Record<Origin, (provider: string) => string>> = {
  created: (provider) => `Create the new key at ${provider}`,
  rotated: (provider) => `Have ${provider} replace the key`,
  'by-hand': () => 'Make the new key in the dashboard and paste it',
  'taken-in': () => 'Look at the pasted key',
};

/** What a step does, in words, for the step's list. */
export function stepWords(
  work: Pick<WorkView, 'kind' | 'origin' | 'provider' | 'undoing' | 'fromFile'>,
  name: Step['name'],
): string {
  if (work.undoing === true) {
    return name === 'deliver' ? 'Write the old key back to its files' : 'Revoke the new key';
  }
  switch (name) {
    case 'create':
      return work.fromFile === true ? 'Take the new value from its file' : making[work.origin](work.provider);
    case 'store':
      return 'Store it and read it back';
    case 'verify':
      return `Ask ${work.provider} to accept the new key`;
    case 'deliver':
      if (work.fromFile === true) return 'Write it to the key’s other files';
      return work.kind === 'rotate' ? 'Write the new key to its files' : 'Write it to its files';
    case 'grace':
      return work.origin === 'rotated'
        ? 'Wait until the old value has ended'
        : 'Leave the old key alive for its grace';
    case 'revoke':
      if (work.origin === 'rotated') return 'Note that the old value has ended';
      return work.kind === 'rotate' ? 'Revoke the old key' : `Revoke the key at ${work.provider}`;
  }
}

const stateWords: Readonly<Record<Step['state'], string>> = {
  done: 'done',
  running: 'running',
  waiting: 'waiting',
  stopped: 'stopped',
};

/** How a step stands, for those who hear rather than see it. */
export const stepStateWords = (state: Step['state']): string => stateWords[state];

/** A piece of work as a person tells them apart. `grace` is work whose only open step is to wait. */
export type WorkPhase = 'running' | 'grace' | 'stopped' | 'unknown' | 'done' | 'undone' | 'failed';

/** How the work stands as a whole. */
export function phaseOf(
  work: Pick<WorkView, 'finished' | 'outcomeUnknown' | 'blocked' | 'graceUntil'>,
): WorkPhase {
  if (work.finished !== null) return work.finished;
  if (work.outcomeUnknown) return 'unknown';
  if (work.blocked !== null) return 'stopped';
  return work.graceUntil === null ? 'running' : 'grace';
}

/** Whether the work goes on as soon as the user has done their part in the provider's dashboard. */
export const waitsForUser = ({ blocked }: Pick<WorkView, 'blocked'>): boolean =>
  blocked?.code === 'key-needed' || blocked?.code === 'revocation-needed';

const verbs: Readonly<
  Record<
    WorkKind | 'take-in' | 'leaked' | 'undo',
    { readonly doing: string; readonly done: string; readonly noun: string }
  >
> = {
  issue: { doing: 'Generating', done: 'Generated', noun: 'Generating' },
  'take-in': { doing: 'Taking in', done: 'Taken in:', noun: 'Taking in' },
  rotate: { doing: 'Rotating', done: 'Rotated', noun: 'Rotation of' },
  revoke: { doing: 'Revoking', done: 'Revoked', noun: 'Revoking' },
  leaked: { doing: 'Replacing', done: 'Replaced', noun: 'Replacement of' },
  undo: {
    doing: 'Undoing the rotation of',
    done: 'Undone: the rotation of',
    noun: 'Undoing the rotation of',
  },
};

function verbOf({ kind, origin, leaked, undoing }: WorkView) {
  if (undoing === true) return verbs.undo;
  if (origin === 'taken-in') return verbs['take-in'];
  return kind === 'rotate' && leaked ? verbs.leaked : verbs[kind];
}

/** The work's heading, such as "Rotating Payments API". Says "revoked" or "rotated" only when it is so. */
export function workTitle(work: WorkView): string {
  const verb = verbOf(work);
  switch (phaseOf(work)) {
    case 'done':
      return `${verb.done} ${work.name}`;
    case 'running':
    case 'grace':
      return `${verb.doing} ${work.name}`;
    case 'unknown':
      return `${verb.noun} ${work.name}: outcome unknown`;
    case 'stopped':
      return `${verb.noun} ${work.name} ${waitsForUser(work) ? 'waits for you' : 'has stopped'}`;
    case 'undone':
      return `${verb.noun} ${work.name} was undone`;
    case 'failed':
      return `${verb.noun} ${work.name} failed`;
  }
}

/** What is true now: which key works, and what changed. One or two plain sentences. */
export function whatIsTrue(work: WorkView): string {
  switch (phaseOf(work)) {
    case 'running':
      return whatRuns(work);
    case 'grace':
      return graceWords[work.origin];
    case 'unknown':
      return unknownWords(work);
    case 'stopped':
      return stoppedWords(work);
    case 'done':
      return doneWords[work.kind];
    case 'undone':
      if (work.origin === 'taken-in') return 'The key was not taken in. It is as alive as it was before.';
      return work.kind === 'rotate'
        ? 'The old key is in place and works as before. No new key was left behind.'
        : 'No key was left behind. Everything is as it was.';
    case 'failed':
      if (work.origin === 'rotated') return work.reason === null ? notReplaced : mayBeDead;
      if (work.origin === 'taken-in') return 'The key was not taken in. Paste it again to try once more.';
      return work.kind === 'rotate'
        ? 'The old key is in place and works as before.'
        : 'Look at the provider’s list before trying again.';
  }
}

/** Whether the old key of a rotation is revoked already: it ends first where it had leaked and the user said so. */
export const oldKeyIsDead = ({ kind, steps }: Pick<WorkView, 'kind' | 'steps'>): boolean =>
  kind === 'rotate' && steps.some(({ name, state }) => name === 'revoke' && state === 'done');

/** By how much the old key outlived its grace, and why; null when it did not. */
export function latenessWords({ revokedLateMs }: Pick<WorkView, 'revokedLateMs'>): string | null {
  if (revokedLateMs === null || revokedLateMs < 60_000) return null;
  return `Revoked ${span(revokedLateMs)} after its grace ended, because Keyturn was not running or the provider did not answer.`;
}

function whatRuns(work: WorkView): string {
  if (work.undoing === true)
    return 'The old key is put back into its files first. Then the new one is revoked.';
  if (work.origin === 'rotated') return atOnceWords;
  if (work.kind !== 'rotate' || !work.leaked) return runningWords[work.kind];
  return oldKeyIsDead(work)
    ? 'The old key is revoked. What uses it fails until it has read the new one.'
    : 'The old key is revoked as soon as the new one is in place. Leaving does not stop it.';
}

const itIsRevoked = 'The old key still works until its grace ends. Then Keyturn revokes it.';

const graceWords: Readonly<Record<Origin, string>> = {
  created: itIsRevoked,
  'taken-in': itIsRevoked,
  rotated: 'The provider ends the old value by itself.',
  // Who makes keys by hand may have to revoke them by hand.
  'by-hand': 'The old key still works until its grace ends. Then it is to be revoked.',
};

const atOnceWords =
  'The provider replaces the key by itself: the old value ends when the new one is made. The files get the new one right after.';

const mayBeDead =
  'The old value may have ended already, and nobody has a new one. Check the key; if it is refused, generate a replacement.';

const notReplaced = 'The provider has not replaced the key. The old one works as before.';

const runningWords: Readonly<Record<WorkKind, string>> = {
  issue: 'Every step is recorded before it is taken, so no interruption loses the key.',
  rotate: 'The old key works until the new one is in place. Leaving does not stop it.',
  revoke: 'The key counts as alive until the provider refuses it.',
};

const doneWords: Readonly<Record<WorkKind, string>> = {
  issue: 'The key is stored.',
  rotate: 'The new key is in place. The old one is revoked.',
  revoke: 'The provider refuses the key.',
};

function unknownWords(work: WorkView): string {
  if (work.origin === 'rotated') return `The provider’s answer got lost. ${mayBeDead}`;
  const old = work.kind === 'rotate' ? ' The old key works as before.' : '';
  if (work.strays === null) {
    return `The provider’s answer got lost, and its list could not be looked at yet.${old}`;
  }
  if (work.strays.length === 0) {
    return `The provider’s answer got lost. Its list shows no new key so far.${old}`;
  }
  return `The provider made a key, but its answer got lost, so nobody has the value.${old}`;
}

function stoppedWords(work: WorkView): string {
  if (work.kind === 'revoke') return 'The key counts as alive until the provider refuses it.';
  const at = work.steps.find((step) => step.state === 'stopped')?.name;
  if (work.origin === 'taken-in') {
    return at === 'create' ? 'The key is not in the vault yet.' : 'The key is kept track of.';
  }
  if (work.kind === 'issue') {
    return at === 'create' ? 'No key is in use yet.' : 'The new key exists and is kept track of.';
  }
  if (work.origin === 'rotated' && at !== 'create') return endedWords(at);
  if (work.undoing === true) {
    return at === 'deliver'
      ? 'Both keys work. Not every file has the old one again yet.'
      : 'The old key is back in its files and works. The new one counts as alive until it is revoked.';
  }
  if (oldKeyIsDead(work)) return deadWords(at);
  switch (at) {
    case 'create':
      return 'The old key works as before.';
    case 'store':
    case 'verify':
      return 'The old key works as before. The new one is not in use yet.';
    case 'deliver':
      return 'Both keys work. Not every file has the new one yet.';
    default:
      return 'Both keys work. Every file has the new one.';
  }
}

function deadWords(at: Step['name'] | undefined): string {
  return at === 'create'
    ? 'The old key is revoked, and there is no new one yet.'
    : 'The old key is revoked, and not every file has the new one yet.';
}

function endedWords(at: Step['name'] | undefined): string {
  switch (at) {
    case 'store':
    case 'verify':
      return 'The old value has ended, and the new one is not in use yet.';
    case 'deliver':
      return 'The old value has ended. Not every file has the new one yet.';
    default:
      return 'Every file has the new key.';
  }
}
