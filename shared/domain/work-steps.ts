import type { Work, WorkKind } from './work.ts';

/** What a person sees of a piece of work, in order. */
export type StepName = 'create' | 'store' | 'verify' | 'deliver' | 'grace' | 'revoke';
export type StepState = 'done' | 'running' | 'waiting' | 'stopped';
export interface StepView {
  readonly name: StepName;
  readonly state: StepState;
}

const stepNames: Record<WorkKind, readonly StepName[]> = {
  issue: ['create', 'store', 'deliver'],
  rotate: ['create', 'store', 'verify', 'deliver', 'grace', 'revoke'],
  revoke: ['revoke'],
};
const revokingFirst: readonly StepName[] = ['revoke', 'create', 'store', 'verify', 'deliver'];
const undoing: readonly StepName[] = ['deliver', 'revoke'];

type Stepping = Pick<Work, 'kind' | 'state' | 'revokesFirst' | 'grace' | 'origin'>;

/** The steps that a piece of work goes through, in order. */
export function stepNamesOf(work: Stepping): readonly StepName[] {
  if (isBeingUndone(work)) return undoing;
  if (work.revokesFirst) return revokingFirst;
  const names = stepNames[work.kind];
  return hasGrace(work) ? names : names.filter((name) => name !== 'grace');
}

/** Whether an old key is left alive for a while. What a provider replaces by itself ends when the provider lets it end. */
const hasGrace = ({ grace, origin }: Pick<Work, 'grace' | 'origin'>): boolean =>
  grace !== 'now' || origin === 'rotated';

/** The step that a piece of work is at, in a person's terms; null when it has finished. */
function currentStep(work: Stepping): StepName | null {
  const afterStore: StepName = work.kind === 'issue' ? 'deliver' : 'verify';
  switch (work.state.step) {
    case 'creating':
    case 'outcome-unknown':
    case 'undoing':
      return 'create';
    case 'created':
      return 'store';
    case 'stored':
      return afterStore;
    case 'verified':
    case 'restoring':
      return 'deliver';
    case 'delivered':
      if (work.revokesFirst) return 'deliver';
      return hasGrace(work) ? 'grace' : 'revoke';
    case 'retiring':
      return hasGrace(work) ? 'grace' : 'revoke';
    case 'revoking':
    case 'revoking-first':
    case 'withdrawing':
      return 'revoke';
    case 'finished':
      return null;
  }
}

/** The steps of a piece of work, each with how it stands. */
export function stepsOf(work: Stepping & Pick<Work, 'blocked'>): StepView[] {
  const names = stepNamesOf(work);
  const current = currentStep(work);
  const at = current === null ? names.length : names.indexOf(current);
  const stopped = work.blocked !== null || work.state.step === 'outcome-unknown';
  return names.map((name, index) => {
    if (index < at) return { name, state: 'done' };
    if (index > at) return { name, state: 'waiting' };
    return { name, state: stopped ? 'stopped' : 'running' };
  });
}

/** Whether the user has asked for the old key back, and that is under way. */
export function isBeingUndone({ state }: Pick<Work, 'state'>): boolean {
  return state.step === 'restoring' || state.step === 'withdrawing';
}
