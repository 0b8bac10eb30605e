import type { Failure, ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyRequest } from '../../shared/domain/key.ts';
import type { CheckOutcome, ListedKey } from '../../shared/domain/provider.ts';
import type { Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';

/** Answers to what is asked at a call, such as a one-time code. Used for that call and forgotten. */
export type Answers = SecretFields;

/** Something that may be chosen. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What is wrong with how a pasted key looks. */
export type FormFault = Failure<'field-missing' | 'key-form-unusual' | 'key-of-other-environment'>;

/** What is asked of a rotation: the new value's expiry, and how long the old one shall go on. */
export interface RotationWish {
  readonly expiresInDays: number | null;
  readonly graceSeconds: number;
}

/**
 * A key as its provider has just issued it. Where the id of a key is its value, `providerKeyId` is a fingerprint of it,
 * here and in lists.
 */
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
  /** `slug`: names are small letters, digits and hyphens only. */
  readonly nameStyle: 'text' | 'slug';
  /** How many living keys the account may have; null where the provider does not say. */
  readonly maxKeys: number | null;
  /** What can be asked by HTTP; what is not there is done by hand. */
  readonly offers: Readonly<Record<'create' | 'list' | 'revoke' | 'check' | 'rotate', boolean>>;
  /** How long an old value goes on when the provider rotates by itself, in seconds at most; 0: it ends at once. */
  readonly rotateGraceSeconds: number;
  /** Whether the provider lists keys under the name they were created with, so that a label is found again. */
  readonly listsNames: boolean;
  create(label: string, request: KeyRequest, answers: Answers): Promise<Result<IssuedKey, CreateFailure>>;
  /**
   * Has the provider replace a key's value, with at most one request. As with `create`, `unknown` means that it may have
   * happened; asking again may then revoke the new value too.
   */
  rotate(
    providerKeyId: string,
    wish: RotationWish,
    answers: Answers,
    key?: SecretFields,
  ): Promise<Result<IssuedKey, CreateFailure>>;
  list(answers: Answers): Promise<Result<readonly ListedKey[], ProviderFailure>>;
  /**
   * Makes sure that the key is not accepted any more; a key that the provider does not know is a success. `key` is the
   * key's value where it is at hand: it is only looked at where the provider's id of a key is its value, and then saves
   * looking for it in the list.
   */
  revoke(providerKeyId: string, answers: Answers, key?: SecretFields): Promise<Result<void, ProviderFailure>>;
  /** Asks the provider whether it accepts the key itself. A refusal is an outcome, not a failure. */
  check(fields: SecretFields): Promise<Result<CheckOutcome, ProviderFailure>>;
  /** Tries the management credential with one harmless call. */
  checkCredential(): Promise<Result<void, ProviderFailure>>;
  /** The id under which the list shows the management credential itself; null where the provider does not tell. */
  ownKeyId(): Promise<Result<string | null, ProviderFailure>>;
  /** What may be chosen for a setting, as the provider lists it; empty where it lists nothing. */
  options(setting: string): Promise<Result<readonly Option[], ProviderFailure>>;
  /** The scopes that a key may be given, as the provider lists them; empty where it lists none. */
  scopes(): Promise<Result<readonly Option[], ProviderFailure>>;
  /** Looks at the form of a pasted key: every field is there, of this environment, and looks as usual. Asks nobody. */
  checkForm(key: SecretFields): Result<void, FormFault>;
  /** A request signed with the key just now, as a curl command without the key that signed. */
  signedSample(key: SecretFields): Result<string, Failure<'operation-missing'>>;
}
