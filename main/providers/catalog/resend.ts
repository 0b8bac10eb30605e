import type { DefinitionData } from '../definition.ts';

/**
 * Resend, as its OpenAPI description and its page on errors say (resend.com/docs). Requests without a `User-Agent`
 * are refused. A status alone says little here: a key that may only send is refused with 401 and the name
 * `restricted_api_key`, an unknown one with 403 and `invalid_api_key`. A `domain_id` counts only for the former.
 */
export const resend: DefinitionData = {
  format: 1,
  id: 'resend',
  name: 'Resend',
  description: 'API keys for sending mail through Resend.',
  website: 'https://resend.com',
  dashboard: { url: 'https://resend.com/api-keys' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.resend.com' } },
  settings: [
    {
      name: 'domain',
      label: 'Domain id',
      required: false,
      help: 'Binds keys that may only send to one domain. Left empty, they send from every domain.',
    },
  ],
  credential: [
    { name: 'token', label: 'API key', kind: 'secret', help: 'A key of the account with full access.' },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  headers: { 'User-Agent': 'Keyturn' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'RESEND_API_KEY',
      pattern: 're_[A-Za-z0-9_]{16,}',
    },
  ],
  creation: {
    nameMaxLength: 50,
    scopes: {
      options: [{ value: 'sending_access', label: 'Send mail only' }],
      whenOmitted: 'The key may do everything in the account.',
    },
  },
  operations: {
    create: {
      method: 'POST',
      path: '/api-keys',
      success: [201],
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          permission: { $value: 'request.scopes', as: 'first', default: 'full_access' },
          domain_id: '{setting.domain}',
        },
      },
      response: { id: '/id', fields: { API_KEY: '/token' } },
    },
    list: {
      method: 'GET',
      path: '/api-keys',
      pager: {
        kind: 'cursor',
        in: 'query',
        parameter: 'after',
        of: 'last-item',
        next: '/id',
        hasMore: '/has_more',
        sizeParameter: 'limit',
        size: 100,
      },
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/name', always: true },
        createdAt: { at: '/created_at', format: 'sql' },
        lastUsedAt: { at: '/last_used_at', format: 'sql' },
      },
    },
    revoke: { method: 'DELETE', path: '/api-keys/{id}' },
    check: {
      method: 'GET',
      path: '/api-keys',
      query: { limit: '1' },
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/name', is: ['restricted_api_key'] } },
          outcome: 'valid-but-limited',
        },
        {
          when: { status: [401, 403], field: { at: '/name', is: ['invalid_api_key', 'missing_api_key'] } },
          outcome: 'refused',
        },
      ],
    },
  },
  errors: {
    messages: ['/message'],
    meanings: [
      {
        when: { status: [401], field: { at: '/name', is: ['restricted_api_key'] } },
        means: 'permission-lacking',
      },
      {
        when: { status: [403], field: { at: '/name', is: ['invalid_api_key'] } },
        means: 'credential-rejected',
      },
    ],
  },
};
