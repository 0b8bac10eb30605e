import { type ConnectionFacts, createCaller } from './caller.ts';
import { checkCredential } from './check-credential.ts';
import { checkKey } from './check-key.ts';
import { createKey } from './create-key.ts';
import { listKeys } from './list-keys.ts';
import type { Provider } from './provider.ts';
import { revokeKey } from './revoke-key.ts';

/**
 * One account at one provider, as its definition describes it. Promises what `Provider` promises; no failure
 * carries the credential, an answer asked at the call, or a value of a key.
 */
export function connectProvider(facts: ConnectionFacts): Provider {
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
  };
}
