import { type ConnectionFacts, createCaller } from './caller.ts';
import { checkCredential } from './check-credential.ts';
import { checkKey } from './check-key.ts';
import { createKey } from './create-key.ts';
import { checkForm } from './key-form.ts';
import { listKeys } from './list-keys.ts';
import { ownKeyId } from './own-key-id.ts';
import type { Provider } from './provider.ts';
import { revokeKey } from './revoke-key.ts';
import { longestGraceSeconds, rotateKey } from './rotate-key.ts';
import { signedSample } from './signed-sample.ts';
import { suggestOptions, suggestScopes } from './suggest-options.ts';

/**
 * One account at one provider, as its definition describes it. Promises what `Provider` promises; no failure
 * carries the credential, an answer asked at the call, or a value of a key.
 */
export function connectProvider(facts: ConnectionFacts): Provider {
  const { definition } = facts;
  const { creation, operations } = definition;
  const client = { facts, definition, call: createCaller(facts) };
  return {
    name: definition.name,
    nameMaxLength: creation.nameMaxLength,
    maxKeys: definition.creation.maxKeys ?? null,
    nameStyle: creation.nameStyle,
    offers: {
      create: operations.create !== undefined,
      list: operations.list !== undefined,
      revoke: operations.revoke !== undefined,
      check: operations.check !== undefined,
      rotate: operations.rotate !== undefined,
    },
    rotateGraceSeconds: longestGraceSeconds(operations.rotate),
    listsNames: operations.list?.response.name?.always ?? false,
    create: (label, request, answers) => createKey(client, label, request, answers),
    rotate: (providerKeyId, wish, answers, key) => rotateKey(client, providerKeyId, wish, answers, key),
    list: (answers) => listKeys(client, answers),
    revoke: (providerKeyId, answers, key) => revokeKey(client, providerKeyId, answers, key),
    check: (fields) => checkKey(client, fields),
    checkCredential: () => checkCredential(client),
    ownKeyId: () => ownKeyId(client),
    options: (setting) => suggestOptions(client, setting),
    scopes: () => suggestScopes(client),
    checkForm: (key) => checkForm(definition.fields, facts.environment, key),
    signedSample: (key) => signedSample(client, key),
  };
}
