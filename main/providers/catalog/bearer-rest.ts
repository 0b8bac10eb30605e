import type { DefinitionData } from '../definition.ts';

/**
 * The key API of the most common kind: `sk_test_` and `sk_live_` keys, sent as `Authorization: Bearer`, made in a
 * dashboard ("Create New API Key"), listed by `GET /v1/api-keys` and revoked by `DELETE /v1/api-keys/{id}`. Many services
 * have it, so both addresses are asked for. 401 says that a key is missing or invalid, 403 that it lacks a permission;
 * reading the list is the one documented call with a key, and so it checks one.
 *
 * Not documented: a call that makes a key, pages of the list, how the times in it are written (RFC 3339 is taken; others
 * are left out).
 */
export const bearerRest: DefinitionData = {
  format: 1,
  id: 'bearer-rest',
  name: 'Bearer REST API',
  description: 'Any service with sk_test_ and sk_live_ keys that lists and revokes them under /v1/api-keys.',
  dashboard: {
    url: '{setting.dashboard}',
    create: [
      'Log in to the dashboard of the service and open its API keys.',
      'Click Create New API Key.',
      'Give the key a descriptive name.',
      'Restrict it by IP address, referrer URL or API endpoint, as far as the application allows.',
      'Copy the key. It is shown only once.',
    ],
    revoke: ['Log in to the dashboard of the service and open its API keys.', 'Find the key and revoke it.'],
  },
  advice: [
    'Use one key for each application and environment.',
    'Test keys charge nothing and keep no data; live keys make real transactions.',
    'Restrict a key by IP address, referrer URL or API endpoint.',
    'Rotate keys every 90 days, and at once when one is compromised.',
    'A key that does not work was revoked, was mistyped, or is for the other environment.',
  ],
  recommendedDays: 90,
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [
    {
      name: 'url',
      label: 'Address of the API',
      kind: 'url',
      help: 'What stands before /v1 in the address of every call.',
      placeholder: 'https://api.example.com',
    },
    {
      name: 'dashboard',
      label: 'Address of the dashboard',
      kind: 'url',
      help: 'The page with the button Create New API Key.',
      placeholder: 'https://dashboard.example.com/api-keys',
    },
  ],
  credential: [
    {
      name: 'token',
      label: 'API key for managing keys',
      kind: 'secret',
      placeholder: 'sk_live_…',
      help: 'A key of the same environment that may list and revoke keys.',
    },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'API_KEY',
      prefix: { test: 'sk_test_', live: 'sk_live_' },
      pattern: 'sk_(test|live)_[A-Za-z0-9_-]+',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    list: {
      method: 'GET',
      path: '/v1/api-keys',
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/name', always: true },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used', format: 'rfc3339' },
      },
    },
    revoke: { method: 'DELETE', path: '/v1/api-keys/{id}' },
    check: {
      method: 'GET',
      path: '/v1/api-keys',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200], field: { at: '/success', is: [true] } }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/message', '/error/message', '/error'] },
};
