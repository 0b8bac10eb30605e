import type { ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyRequest } from '../../shared/domain/key.ts';
import type { CheckOutcome, ListedKey } from '../../shared/domain/provider.ts';
import type { Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';

/** Answers to what is asked at a call, such as a one-time code. Used for that call and forgotten. */
export type Answers = SecretFields;

/** A key as its provider has just issued it. */
export interface IssuedKey {
  readonly providerKeyId: string;
  readonly fields: SecretFields;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
}

/**
 * How a create failed. `rejected`: no key was made. `unknown`: one may have been made (the answer was lost, late,
 * broken, or a server error), and only the provider's list can tell.
 */
export interface CreateFailure {
  readonly outcome: 'rejected' | 'unknown';
  readonly failure: ProviderFailure;
}

/**
 * One account at one provider, ready to be called. Sends at most one request for `create`, whatever happens;
 * reads may be repeated. Talks only to the connection's own hosts.
 */
export interface Provider {
  readonly name: string;
  /** The longest name that the provider takes for a key. */
  readonly nameMaxLength: number;
  /** Whether the provider lists keys under the name they were created with, so that a label is found again. */
  readonly listsNames: boolean;
  create(label: string, request: KeyRequest, answers: Answers): Promise<Result<IssuedKey, CreateFailure>>;
  list(answers: Answers): Promise<Result<readonly ListedKey[], ProviderFailure>>;
  /** Makes sure that the key is not accepted any more; a key that the provider does not know is a success. */
  revoke(providerKeyId: string, answers: Answers): Promise<Result<void, ProviderFailure>>;
  /** Asks the provider whether it accepts the key itself. A refusal is an outcome, not a failure. */
  check(fields: SecretFields): Promise<Result<CheckOutcome, ProviderFailure>>;
  /** Tries the management credential with one harmless call. */
  checkCredential(): Promise<Result<void, ProviderFailure>>;
}
