import type { Failure } from '../../shared/domain/failure.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { TargetRemark, WorkState } from '../../shared/domain/work.ts';
import type { Answers, Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';

/**
 * What one step of work came to. Records are brought up to date before the step answers, so that a step which is
 * cut short and done again ends the same.
 */
export type StepOutcome =
  | ({ readonly kind: 'moved'; readonly state: WorkState; readonly newKey?: KeyRecord } & Wrote)
  /** Something outside keeps it from going on; it can be tried again. */
  | ({ readonly kind: 'blocked'; readonly failure: Failure } & Wrote)
  /** Its time has not come, or it waits for the user's decision. */
  | { readonly kind: 'waiting' };

/** The targets that the step has written, each with what there is to tell of it. */
interface Wrote {
  readonly wrote?: readonly TargetRemark[];
}

/** What belongs to one run of a piece of work and is not journaled. */
export interface Run {
  readonly answers: Answers;
  /** The key that the user has pasted for work that waits for one; its form has been looked at. Taken once. */
  pasted: SecretFields | null;
  /** The user's word that they have revoked a key in the provider's dashboard: the one key that is waited for. */
  doneByHand: boolean;
  /**
   * Whether a key may be created: true only when it is certain that this work has made none.
   * See [Note: create is never repeated blindly].
   */
  mayCreate: boolean;
  /** Whether the user goes on although a file was changed by somebody else: the value there is replaced all the same. */
  readonly overwrites: boolean;
  /** Whether the user is there to decide, or the app is finishing what was cut short. */
  readonly attended: boolean;
  /** The provider once it was opened: a keychain that is locked in the middle does not stop a revocation. */
  provider: Provider | null;
}

type Moved = Extract<StepOutcome, { kind: 'moved' }>;
type Blocked = Extract<StepOutcome, { kind: 'blocked' }>;

export const moved = (state: WorkState, newKey?: KeyRecord): Moved =>
  newKey === undefined ? { kind: 'moved', state } : { kind: 'moved', state, newKey };
export const blocked = (failure: Failure): Blocked => ({ kind: 'blocked', failure });
export const waiting: StepOutcome = { kind: 'waiting' };

/** The work ends here and has changed nothing that lasts. */
export const failed = (reason: Failure | null): StepOutcome =>
  moved({ step: 'finished', outcome: 'failed', reason });
