import type { ProviderFailure } from '../../shared/domain/failure.ts';
import type { Result } from '../../shared/result.ts';
import { type ConnectionFacts, createCaller } from './caller.ts';
import { checkCredential } from './check-credential.ts';
import { checkKey } from './check-key.ts';
import { createKey } from './create-key.ts';
import { listKeys } from './list-keys.ts';
import type { Answers, CreateFailure, IssuedKey, Provider } from './provider.ts';
import { revokeKey } from './revoke-key.ts';
import { rotateKey } from './rotate-key.ts';
import { type Option, suggestOptions } from './suggest-options.ts';

/** A provider with what only some of them have. */
export interface ProviderClient extends Provider {
  /**
   * Has the provider replace a key's value, with at most one request. The old value ends at once. As with `create`,
   * `unknown` means that it may have happened; asking again may then revoke the new value too.
   */
  rotate(
    providerKeyId: string,
    expiresInDays: number | null,
    answers: Answers,
  ): Promise<Result<IssuedKey, CreateFailure>>;
  /** What may be chosen for a setting, as the provider lists it; empty where it lists nothing. */
  options(setting: string): Promise<Result<readonly Option[], ProviderFailure>>;
}

/**
 * One account at one provider, as its definition describes it. Promises what `Provider` promises; no failure
 * carries the credential, an answer asked at the call, or a value of a key.
 */
export function connectProvider(facts: ConnectionFacts): ProviderClient {
  const { definition } = facts;
  const client = { facts, definition, call: createCaller(facts) };
  return {
    name: definition.name,
    nameMaxLength: definition.creation.nameMaxLength,
    listsNames: definition.operations.list?.response.name?.always ?? false,
    create: (label, request, answers) => createKey(client, label, request, answers),
    list: (answers) => listKeys(client, answers),
    revoke: (providerKeyId, answers) => revokeKey(client, providerKeyId, answers),
    check: (fields) => checkKey(client, fields),
    checkCredential: () => checkCredential(client),
    rotate: (providerKeyId, expiresInDays, answers) =>
      rotateKey(client, providerKeyId, expiresInDays, answers),
    options: (setting) => suggestOptions(client, setting),
  };
}
