import type { DefinitionData } from '../definition.ts';

/**
 * Stripe, as its documentation says (docs.stripe.com/keys, docs.stripe.com/api). No public call makes, lists or revokes
 * keys. A key is checked by reading the balance: a restricted key that may not do that is refused with 403 and is
 * nevertheless good. A key that was rolled or expired is refused with the code `api_key_expired`.
 */
export const stripe: DefinitionData = {
  format: 1,
  id: 'stripe',
  name: 'Stripe',
  description: 'Secret and restricted keys of a Stripe account, which are made in its Dashboard.',
  website: 'https://stripe.com',
  dashboard: {
    url: 'https://dashboard.stripe.com/apikeys',
    create: [
      'Open the API keys page of the Developers Dashboard. For a test key, switch to test mode or a sandbox first.',
      'Click Create secret key, or Create restricted key for one that may do less.',
      'Give the key a name, and choose the permissions of a restricted one.',
      'Click Create and copy the key. In live mode it is shown only once.',
    ],
    revoke: [
      'Open the API keys page of the Developers Dashboard.',
      'Find the key and open its overflow menu (⋯).',
      'Choose Delete key, or Expire key for a restricted one.',
      'Confirm. Requests with the key fail from then on.',
    ],
  },
  advice: [
    'Use a restricted key with the fewest permissions wherever one is enough.',
    'Use one key for each application and environment.',
    'Never put a secret key into client-side code or a public repository.',
  ],
  environments: ['test', 'live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.stripe.com' } },
  authentication: { kind: 'none' },
  fields: [
    {
      name: 'API_KEY',
      label: 'Secret or restricted key',
      secret: true,
      variable: 'STRIPE_SECRET_KEY',
      prefix: { test: ['sk_test_', 'rk_test_'], live: ['sk_live_', 'rk_live_'] },
      pattern: '(sk|rk)_(test|live)_[0-9A-Za-z]{10,}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    check: {
      method: 'GET',
      path: '/v1/balance',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/error/code', is: ['api_key_expired'] } },
          outcome: 'refused',
          why: 'expired',
        },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/error/message'] },
};
