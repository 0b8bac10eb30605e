import { expect } from 'vitest';
import type { Definition } from '../../../../main/providers/definition.ts';
import { originOf } from '../../../../main/providers/hosts.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { connectProvider } from '../../../../main/providers/provider-client.ts';
import { Secret, type SecretFields } from '../../../../main/secrets/secret.ts';
import { failureSchema } from '../../../../shared/domain/failure.ts';
import { checkOutcomeSchema, listedKeySchema } from '../../../../shared/domain/provider.ts';
import { type RandomAnswer, recordingFetch, type Sent } from './random-answers.ts';

/** What a user types, and the answers that the provider gives in turn. */
export interface Circumstances {
  readonly settings: Readonly<Record<string, string>>;
  readonly credential: Readonly<Record<string, string>>;
  readonly key: Readonly<Record<string, string>>;
  readonly id: string;
  readonly label: string;
  readonly answers: readonly RandomAnswer[];
}

/** What every secret in these tests contains. */
export const canary = 'canary-7Q2vX9';

const secrets = (fields: Readonly<Record<string, string>>): SecretFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Secret(value)]));

/**
 * Asks a provider everything it can be asked. Fails when a method throws, does not answer though each request may take 30 ms
 * only, answers what the contract does not know, or tells a secret in a failure. Answers what was sent.
 */
export async function askEverything(
  definition: Definition,
  circumstances: Circumstances,
): Promise<readonly Sent[]> {
  const { settings, id, label } = circumstances;
  const credential = secrets(circumstances.credential);
  const key = secrets(circumstances.key);
  const environment = definition.environments[0] ?? 'live';
  const origin = originOf(definition, { settings, environment, credential });
  const { fetch, sent } = recordingFetch(circumstances.answers, circumstances.credential.token ?? '');
  const provider = connectProvider({
    definition,
    settings,
    environment,
    credential,
    // A connection that could not be made has no origin; one that was made keeps its own.
    origin: origin.ok ? origin.value : 'https://pinned.example',
    fetch,
    clock: () => Date.parse('2026-03-01T12:00:00Z'),
    sleep: async () => undefined,
    timeLimitMs: 30,
  });
  for (const [name, ask] of Object.entries(questionsTo(provider, { key, id, label }))) {
    const outcome = await inTime(name, ask);
    if (!isRecord(outcome) || typeof outcome.ok !== 'boolean') throw new Error(`${name} answers no result`);
    if (outcome.ok) continue;
    const error =
      isRecord(outcome.error) && 'outcome' in outcome.error ? outcome.error.failure : outcome.error;
    failureSchema.parse(error);
    expect(JSON.stringify(outcome), name).not.toContain(canary);
  }
  return sent;
}

function questionsTo(
  provider: Provider,
  { key, id, label }: { key: SecretFields; id: string; label: string },
): Readonly<Record<string, () => unknown>> {
  const answers = secrets({ otp: `${canary}-otp` });
  const plain = {
    scopes: null,
    expiresInDays: null,
    restrictions: { ips: [], referrers: [], endpoints: [] },
  };
  const full = {
    scopes: [label, 'read'],
    expiresInDays: 30,
    restrictions: { ips: ['10.0.0.1'], referrers: [label], endpoints: [label] },
  };
  const wish = { expiresInDays: 30, graceSeconds: 600 };
  return {
    checkCredential: () => provider.checkCredential(),
    ownKeyId: () => provider.ownKeyId(),
    options: () => provider.options('org'),
    optionsOfNothing: () => provider.options('constructor'),
    scopes: () => provider.scopes(),
    create: () => provider.create(label, plain, {}),
    createFully: () => provider.create(label, full, answers),
    list: async () => {
      const listed = await provider.list(answers);
      if (listed.ok) listedKeySchema.array().parse(listed.value);
      return listed;
    },
    check: async () => {
      const checked = await provider.check(key);
      if (checked.ok) checkOutcomeSchema.parse(checked.value);
      return checked;
    },
    rotate: () => provider.rotate(id, wish, answers, key),
    revoke: () => provider.revoke(id, answers, key),
    revokeWithoutKey: () => provider.revoke(id, {}),
    checkForm: () => provider.checkForm(key),
    signedSample: () => provider.signedSample(key),
  };
}

/** A dozen answers at 30 ms each are far from it, on a busy machine too. */
const hangsAfterMs = 30_000;

async function inTime(name: string, ask: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} hangs`)), hangsAfterMs);
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Says of each request that it went to a host that the definition names, safely, and without a secret in its address. */
export function expectSafe(
  definition: Definition,
  settings: Readonly<Record<string, string>>,
  sent: readonly Sent[],
): void {
  const named = Object.values(definition.hosts).map((host) => namedBy(host, settings));
  for (const { url, init } of sent) {
    expect(
      named.some((isNamed) => isNamed(url.origin)),
      `${url.origin} is not named`,
    ).toBe(true);
    expect(init).toMatchObject({ redirect: 'manual', credentials: 'omit', cache: 'no-store' });
    expect(url.username + url.password + url.hash).toBe('');
    // Where a key is known by its value alone, its revocation may have to name it.
    expect(url.href).not.toContain(`${canary}-token`);
    expect(url.href).not.toContain(`${canary}-otp`);
  }
}

/** Whether an origin is one that the host's definition can mean, worked out apart from the client. */
function namedBy(host: Definition['hosts'][string], settings: Readonly<Record<string, string>>) {
  const among = (...urls: readonly (string | undefined)[]) => {
    const origins = urls
      .filter((url) => url !== undefined && URL.canParse(url))
      .map((url) => new URL(url ?? '').origin);
    return (origin: string) => origins.includes(origin);
  };
  switch (host.kind) {
    case 'fixed':
      return among(host.url);
    case 'by-environment':
      return among(host.test, host.live);
    case 'asked':
      return among(settings[host.setting]?.trim());
    case 'choice':
    case 'by-prefix':
      return among(...Object.values(host.urls));
    case 'template': {
      const [authority = ''] = /^https?:\/\/[^/]*/.exec(host.url) ?? [];
      const literal = authority.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      const pattern = new RegExp(`^${literal.join('[a-z0-9-]+')}$`, 'i');
      return (origin: string) => pattern.test(origin);
    }
  }
}
