import { describe, expect, test } from 'vitest';
import { catalog } from '../../../../main/providers/catalog/catalog.ts';
import { recognise } from '../../../../main/providers/recognise.ts';
import { namesIn } from '../../../../main/providers/templates.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import { isPlayedBySandbox } from '../../../../shared/domain/sandbox.ts';

/** Fields of which no form is known, each with the reason. */
const formless: Readonly<Record<string, string>> = {
  'coinbarpay SERVICE_CLIENT_ID': 'its documentation shows no example',
  'coinbarpay SERVICE_SECRET_KEY': 'its documentation shows no example',
  'resmic API_KEY': 'its documentation shows no example',
  'resmic USER_ID': 'its documentation shows no example',
  'twilio API_SECRET': 'the description says how a SID looks, and nothing of the secret',
};

/** Providers that are never asked about a key, each with the reason. */
const uncheckable: Readonly<Record<string, string>> = {
  coinbarpay: 'every documented call asks for or about a payment',
  paygentic: 'no call is documented as one that checks a key, nor what refuses one',
  resmic: 'the one documented call tells nothing without a payment session',
};

/** Providers whose keys are made by hand in their dashboards. */
const assisted = [
  'anthropic',
  'bearer-rest',
  'channex',
  'coinbarpay',
  'gitlab',
  'paygentic',
  'resmic',
  'stripe',
];

/** A value of the first field of each, as its vendor writes them. */
const examples: Readonly<Record<string, string>> = {
  anthropic: `sk-ant-api03-${'a'.repeat(93)}AA`,
  'bearer-rest': 'sk_live_0123456789abcdef',
  channex: 'P1Q1/sWXhJuirgETVcMq/fT8bVada321R38nrTuIUReAjUx4YrC7a8kgMiX80Uu',
  cloudflare: `cfut_${'a'.repeat(48)}`,
  datadog: '0123456789abcdef'.repeat(2),
  gitlab: 'glpat-0123456789abcdefghij',
  neon: 'napi_0123456789abcdefghij',
  'npm-registry': `npm_${'a'.repeat(36)}`,
  'openai-admin': `sk-admin-${'a'.repeat(60)}`,
  'openai-service-account': `sk-svcacct-${'a'.repeat(60)}`,
  openrouter: `sk-or-v1-${'0a'.repeat(32)}`,
  paygentic: 'sk_test_0123456789abcdef',
  resend: 're_a1b2c3d4_0123456789abcdef',
  sendgrid: `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`,
  stripe: 'rk_live_0123456789abcdef',
  twilio: `SK${'0123456789abcdef'.repeat(2)}`,
  vercel: 'vcp_0123456789abcdefghij',
};

const formOf = (pattern: string | undefined) => new RegExp(`^(?:${pattern ?? ''})$`, 'u');

test('every id is there once', () => {
  const ids = catalog().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('assisted are exactly those without a call that makes a key', () => {
  expect(catalog().flatMap(({ id, operations }) => (operations.create === undefined ? [id] : []))).toEqual(
    assisted,
  );
});

test('what is excused needs it', () => {
  const fields = catalog().flatMap(({ id, fields }) =>
    fields.map((field) => ({ at: `${id} ${field.name}`, field })),
  );
  const without = fields.filter(({ field }) => field.pattern === undefined && field.prefix === undefined);
  expect(without.map(({ at }) => at).sort()).toEqual(Object.keys(formless).sort());
  const unchecked = catalog().flatMap(({ id, operations }) => (operations.check === undefined ? [id] : []));
  expect(unchecked.sort()).toEqual(Object.keys(uncheckable).sort());
});

describe.each(catalog().map((definition) => ({ id: definition.id, definition })))(
  '$id',
  ({ id, definition }) => {
    const { fields, operations, dashboard, usage } = definition;

    test('names each of its variables once', () => {
      const variables = fields.map(({ variable }) => variable);
      expect(new Set(variables).size).toBe(variables.length);
      expect(fields.some(({ secret }) => secret)).toBe(true);
    });

    test.skipIf(operations.create !== undefined)(
      'says step by step how a key is made by hand, and where',
      () => {
        expect(dashboard?.create.length).toBeGreaterThan(1);
        expect(dashboard?.url).toMatch(/^(https:\/\/|\{setting\.)/);
      },
    );

    test.skipIf(operations.revoke !== undefined)('says step by step how a key is revoked by hand', () => {
      expect(dashboard?.revoke.length).toBeGreaterThan(1);
    });

    test('asks for a setting that its dashboard is found by', () => {
      const settings = definition.settings.map(({ name }) => `setting.${name}`);
      for (const name of namesIn(dashboard?.url ?? '')) expect(settings).toContain(name);
    });

    test('shows how a key is used', () => {
      expect(usage ?? operations.check).toBeDefined();
    });

    test.skipIf(isPlayedBySandbox(id) || definition.fields[0]?.pattern === undefined)(
      'knows a key of its own by the form, and not a part of one',
      () => {
        const example = examples[id] ?? '';
        const form = formOf(definition.fields[0]?.pattern);
        expect(example).toMatch(form);
        expect(example.slice(0, 8)).not.toMatch(form);
      },
    );

    test('asks for a credential only where something can be done with it', () => {
      const { create, list, revoke, rotate } = operations;
      const managed = [create, list, revoke, rotate].some((operation) => operation !== undefined);
      expect(definition.credential.length > 0).toBe(managed);
    });
  },
);

/** Which vendors a value may be a key of; what the sandbox plays is left out. */
const ownersOf = (value: string) =>
  recognise(catalog(), new Secret(value))
    .map(({ providerId, environment }) => ({ providerId, environment }))
    .filter(({ providerId }) => !isPlayedBySandbox(providerId));

test('a key is known by its form as that of its own vendor, and of no other', () => {
  const shared = ['bearer-rest', 'paygentic'];
  // Base64 of that length may as well be a token that a verdaccio encrypted.
  const also: Readonly<Record<string, readonly string[]>> = { channex: ['npm-registry'] };
  for (const [id, example] of Object.entries(examples).filter(([id]) => !shared.includes(id))) {
    expect(
      ownersOf(example).map(({ providerId }) => providerId),
      id,
    ).toEqual([id, ...(also[id] ?? [])]);
  }
});

test.each(['test', 'live'] as const)(
  'an sk_%s_ key has several owners, and one environment',
  (environment) => {
    expect(ownersOf(`sk_${environment}_0123456789abcdef`)).toEqual(
      ['bearer-rest', 'paygentic', 'stripe'].map((providerId) => ({ providerId, environment })),
    );
    expect(ownersOf(`rk_${environment}_0123456789abcdef`)).toEqual([{ providerId: 'stripe', environment }]);
  },
);
