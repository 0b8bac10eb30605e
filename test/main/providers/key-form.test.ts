import { describe, expect, test } from 'vitest';
import { connect, definitionOf, secrets } from './world.ts';

const definition = definitionOf({
  operations: {},
  fields: [
    { name: 'ID', label: 'Id', secret: false, variable: 'ID' },
    {
      name: 'KEY',
      label: 'Key',
      secret: true,
      variable: 'KEY',
      prefix: { test: 'sk_test_', live: 'sk_' },
      pattern: 'sk_(test_)?[a-z0-9]{4}',
    },
  ],
});

const formOf = (key: Record<string, string>, environment: 'test' | 'live') =>
  connect('https://api.example.com', { definition, environment }).provider.checkForm(secrets(key));

describe('the form of a pasted key', () => {
  test.each([
    [{ ID: 'x', KEY: 'sk_ab12' }, 'live'],
    [{ ID: 'x', KEY: 'sk_test_ab12' }, 'test'],
  ] as const)('%j is usual where keys are %s', (key, environment) => {
    expect(formOf(key, environment)).toEqual({ ok: true, value: undefined });
  });

  test.each([
    [{ KEY: 'sk_ab12' }, 'live', { code: 'field-missing', field: 'ID' }],
    [{ ID: '', KEY: 'sk_ab12' }, 'live', { code: 'field-missing', field: 'ID' }],
    [{ ID: 'x' }, 'live', { code: 'field-missing', field: 'KEY' }],
    [
      { ID: 'x', KEY: 'sk_test_ab12' },
      'live',
      { code: 'key-of-other-environment', field: 'KEY', environment: 'test' },
    ],
    [
      { ID: 'x', KEY: 'sk_ab12' },
      'test',
      { code: 'key-of-other-environment', field: 'KEY', environment: 'live' },
    ],
    [{ ID: 'x', KEY: 'sk_ab123' }, 'live', { code: 'key-form-unusual', field: 'KEY' }],
    [{ ID: 'x', KEY: 'sk_ab12\n' }, 'live', { code: 'key-form-unusual', field: 'KEY' }],
    [{ ID: 'x', KEY: 'pk_ab12' }, 'live', { code: 'key-form-unusual', field: 'KEY' }],
    [{ ID: 'x', KEY: `sk_${'a'.repeat(1_000_000)}` }, 'live', { code: 'key-form-unusual', field: 'KEY' }],
  ] as const)('%j is found out where keys are %s: %j', (key, environment, error) => {
    expect(formOf(key, environment)).toEqual({ ok: false, error });
  });
});
