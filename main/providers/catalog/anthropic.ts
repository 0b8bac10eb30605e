import type { DefinitionData } from '../definition.ts';

/**
 * Anthropic's API keys, as its Admin API reference says (platform.claude.com/docs/en/api/admin/api_keys). Keys are made
 * in the Console only, by the steps of platform.claude.com/docs/en/get-api-key, and none is deleted: revoking makes one
 * inactive.
 */
export const anthropic: DefinitionData = {
  format: 1,
  id: 'anthropic',
  name: 'Anthropic',
  description: 'API keys for calling Claude, which are made in the Anthropic Console.',
  website: 'https://www.anthropic.com',
  dashboard: {
    url: 'https://platform.claude.com/settings/keys',
    create: [
      'Sign in to the Claude Console.',
      'Go to Settings → API keys.',
      'Click Create key, give the key a name, and choose its workspace and when it expires.',
      'Copy the key. The Console shows it only once.',
    ],
  },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.anthropic.com' } },
  credential: [
    {
      name: 'token',
      label: 'Admin key',
      kind: 'secret',
      placeholder: 'sk-ant-admin01-…',
      help: 'An admin key of the organisation.',
    },
  ],
  authentication: { kind: 'headers', headers: { 'x-api-key': '{credential.token}' } },
  headers: { 'anthropic-version': '2023-06-01' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'ANTHROPIC_API_KEY',
      pattern: 'sk-ant-api03-[A-Za-z0-9_-]{93}AA',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    list: {
      method: 'GET',
      path: '/v1/organizations/api_keys',
      pager: {
        kind: 'cursor',
        in: 'query',
        parameter: 'after_id',
        next: '/last_id',
        hasMore: '/has_more',
        sizeParameter: 'limit',
        size: 1000,
      },
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/name', always: true },
        masked: { kind: 'label', at: '/partial_key_hint' },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        active: { at: '/status', is: ['active'] },
      },
    },
    revoke: {
      method: 'POST',
      path: '/v1/organizations/api_keys/{id}',
      body: { kind: 'json', value: { status: 'inactive' } },
    },
    check: {
      method: 'GET',
      path: '/v1/models',
      authentication: { kind: 'headers', headers: { 'x-api-key': '{key.API_KEY}' } },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/error/message'] },
};
