import type { DefinitionData } from '../definition.ts';

/**
 * Paygentic, as its documentation says (docs.paygentic.io: authentication, api-keys, getting-started/environments). A key
 * belongs to a user and may do what that user may; `sk_test_` keys work in the sandbox alone, `sk_live_` keys in
 * production alone, so that a key is told by its beginning before it is sent anywhere.
 *
 * Not documented: a key API, a call that checks a key, how errors are written.
 */
export const paygentic: DefinitionData = {
  format: 1,
  id: 'paygentic',
  name: 'Paygentic',
  description: 'API keys of a Paygentic user, which are made in its dashboard.',
  website: 'https://docs.paygentic.io',
  dashboard: {
    url: 'https://platform.paygentic.io',
    create: [
      'Log into your Paygentic Dashboard; for a test key, that of the sandbox: platform.sandbox.paygentic.io.',
      'Navigate to Settings → API Keys.',
      'Click Create New Key.',
      'Provide a descriptive name for the key.',
      'Copy the generated key immediately. It is not shown again.',
    ],
    revoke: [
      'Navigate to Settings → API Keys.',
      'Find the key you want to revoke.',
      'Click the Revoke button.',
      'Confirm the action. From then on, whoever uses the key gets authentication errors.',
    ],
  },
  advice: [
    'Use separate keys for each application, and for development, staging and production.',
    'Note which application uses which key.',
    'Watch the usage of keys to find inactive ones, and revoke those that are unused.',
    'Revoke a compromised key immediately.',
    'Never commit a key to version control.',
    'Rotate keys regularly.',
  ],
  environments: ['test', 'live'],
  hosts: {
    api: {
      kind: 'by-environment',
      test: 'https://api.sandbox.paygentic.io',
      live: 'https://api.paygentic.io',
    },
  },
  authentication: { kind: 'none' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'PAYGENTIC_API_KEY',
      prefix: { test: 'sk_test_', live: 'sk_live_' },
      pattern: 'sk_(test|live)_[A-Za-z0-9_-]+',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {},
  usage: {
    method: 'GET',
    path: '/v0/customers',
    authentication: { kind: 'bearer', token: '{key.API_KEY}' },
  },
};
