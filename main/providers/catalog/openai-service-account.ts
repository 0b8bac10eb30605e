import type { DefinitionData } from '../definition.ts';

/**
 * Keys of OpenAI's service accounts, as its OpenAPI description says (openai/openai-openapi). A new account comes with
 * its one key, and the key ends with the account: keys of service accounts cannot be deleted alone. So the id of a
 * key is that of its account.
 */
export const openAiServiceAccount: DefinitionData = {
  format: 1,
  id: 'openai-service-account',
  name: 'OpenAI',
  description: 'API keys of a project, each with a service account of its own.',
  website: 'https://openai.com',
  dashboard: { url: 'https://platform.openai.com/api-keys' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.openai.com/v1' } },
  settings: [{ name: 'project', label: 'Project id', placeholder: 'proj_…' }],
  credential: [
    { name: 'token', label: 'Admin key', kind: 'secret', help: 'An admin key of the organisation.' },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'OPENAI_API_KEY',
      pattern: 'sk-(proj|svcacct)-[A-Za-z0-9_-]{20,}|sk-[A-Za-z0-9]{48}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    create: {
      method: 'POST',
      path: '/organization/projects/{setting.project}/service_accounts',
      body: { kind: 'json', value: { name: '{request.name}' } },
      response: {
        id: '/id',
        fields: { API_KEY: '/api_key/value' },
        issuedAt: { at: '/api_key/created_at', format: 'unix-seconds' },
      },
    },
    list: {
      method: 'GET',
      path: '/organization/projects/{setting.project}/service_accounts',
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
        createdAt: { at: '/created_at', format: 'unix-seconds' },
      },
    },
    revoke: {
      method: 'DELETE',
      path: '/organization/projects/{setting.project}/service_accounts/{id}',
    },
    check: {
      method: 'GET',
      path: '/models',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/error/message'] },
};
