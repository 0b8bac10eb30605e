import type { DefinitionData } from '../definition.ts';

/**
 * Neon's personal API keys, as its OpenAPI description says (neondatabase/neon-api-python) and as recorded traffic
 * shows. Ids are integers, the list is a bare array, and a key is valid until it is revoked, which is immediate.
 */
export const neon: DefinitionData = {
  format: 1,
  id: 'neon',
  name: 'Neon',
  description: 'Personal API keys for managing Neon databases.',
  website: 'https://neon.com',
  dashboard: { url: 'https://console.neon.tech/app/settings/api-keys' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://console.neon.tech/api/v2' } },
  credential: [
    { name: 'token', label: 'API key', kind: 'secret', help: 'A personal API key of your account.' },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'NEON_API_KEY',
      pattern: 'napi_[a-z0-9]{20,}|[a-z0-9]{60,70}',
    },
  ],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/api_keys',
      body: { kind: 'json', value: { key_name: '{request.name}' } },
      response: {
        id: '/id',
        fields: { API_KEY: '/key' },
        issuedAt: { at: '/created_at', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/api_keys',
      response: {
        items: '',
        id: '/id',
        name: { at: '/name', always: true },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used_at', format: 'rfc3339' },
      },
    },
    revoke: { method: 'DELETE', path: '/api_keys/{id}' },
    check: {
      method: 'GET',
      path: '/users/me',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/message'] },
};
