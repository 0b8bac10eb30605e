import type { DefinitionData } from '../../../../main/providers/definition.ts';
import { originsOf } from '../../../../main/providers/hosts.ts';
import { loadDefinition } from '../../../../main/providers/load-definition.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { connectProvider } from '../../../../main/providers/provider-client.ts';
import type { Fetch } from '../../../../main/providers/transport.ts';
import { Secret, type SecretFields } from '../../../../main/secrets/secret.ts';
import type { Environment, KeyRequest } from '../../../../shared/domain/key.ts';

/** A clock that provider and client share; the client's pauses move it, and nothing else does. */
export interface SharedClock {
  now(): number;
  pass(ms: number): void;
}

/** It is noon on 1 March 2026. */
export function sharedClock(): SharedClock {
  let now = Date.parse('2026-03-01T12:00:00Z');
  return {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
  };
}

export interface Account {
  readonly settings?: Readonly<Record<string, string>>;
  readonly credential: Readonly<Record<string, string>>;
  readonly environment?: Environment;
  readonly clock?: SharedClock;
  readonly fetch?: Fetch;
}

/** The client for an account at an invented provider, with a definition that has been JSON and has passed the checks. */
export function connectInvented(data: DefinitionData, account: Account): Provider {
  const definition = loadDefinition(JSON.parse(JSON.stringify(data)));
  if (!definition.ok) throw new Error(JSON.stringify(definition.error, null, 2));
  const { settings = {}, environment = 'live', clock = sharedClock() } = account;
  const facts = { settings, environment, credential: secretFields(account.credential) };
  const origins = originsOf(definition.value, facts);
  if (!origins.ok) throw new Error(JSON.stringify(origins.error));
  return connectProvider({
    ...facts,
    definition: definition.value,
    ...origins.value,
    fetch: account.fetch ?? fetch,
    clock: () => clock.now(),
    sleep: async (ms) => clock.pass(ms),
    timeLimitMs: 5000,
  });
}

/** The fields of a key or a credential, from plain text. */
export function secretFields(fields: Readonly<Record<string, string>>): SecretFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Secret(value)]));
}

/** A request for a key with nothing special about it, but for what is said. */
export function asking(wanted: Partial<KeyRequest> = {}): KeyRequest {
  return {
    scopes: null,
    expiresInDays: null,
    restrictions: { ips: [], referrers: [], endpoints: [] },
    ...wanted,
  };
}
