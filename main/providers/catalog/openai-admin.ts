import type { DefinitionData } from '../definition.ts';

/**
 * OpenAI's admin keys, as its OpenAPI description says (openai/openai-openapi). They manage an organisation and call
 * no models, so one is checked by letting it read the list of which it is a part.
 */
export const openAiAdmin: DefinitionData = {
  format: 1,
  id: 'openai-admin',
  name: 'OpenAI admin keys',
  description: 'Keys for managing an OpenAI organisation.',
  website: 'https://openai.com',
  dashboard: { url: 'https://platform.openai.com/settings/organization/admin-keys' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.openai.com/v1' } },
  credential: [
    { name: 'token', label: 'Admin key', kind: 'secret', help: 'An admin key of the organisation.' },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'ADMIN_KEY',
      label: 'Admin key',
      secret: true,
      variable: 'OPENAI_ADMIN_KEY',
      pattern: 'sk-admin-[A-Za-z0-9_-]{20,}',
    },
  ],
  creation: {
    nameMaxLength: 100,
    expiry: { maxDays: 365, whenOmitted: 'The key does not expire.' },
  },
  operations: {
    create: {
      method: 'POST',
      path: '/organization/admin_api_keys',
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          expires_in_seconds: { $value: 'request.expiry', as: 'seconds' },
        },
      },
      response: {
        id: '/id',
        fields: { ADMIN_KEY: '/value' },
        issuedAt: { at: '/created_at', format: 'unix-seconds' },
        expiresAt: { at: '/expires_at', format: 'unix-seconds' },
      },
    },
    list: {
      method: 'GET',
      path: '/organization/admin_api_keys',
      pager: {
        kind: 'cursor',
        in: 'query',
        parameter: 'after',
        next: '/last_id',
        hasMore: '/has_more',
        sizeParameter: 'limit',
        size: 100,
      },
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/name', always: true },
        masked: { kind: 'label', at: '/redacted_value' },
        createdAt: { at: '/created_at', format: 'unix-seconds' },
        lastUsedAt: { at: '/last_used_at', format: 'unix-seconds' },
      },
    },
    revoke: { method: 'DELETE', path: '/organization/admin_api_keys/{id}' },
    check: {
      method: 'GET',
      path: '/organization/admin_api_keys',
      query: { limit: '1' },
      authentication: { kind: 'bearer', token: '{key.ADMIN_KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/error/message'] },
};
