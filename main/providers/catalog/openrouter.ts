import type { DefinitionData } from '../definition.ts';

/**
 * OpenRouter, as its OpenAPI description says (OpenRouterTeam/typescript-sdk). Its vendor's own client honours
 * `retry-after-ms`. The list comes a hundred at a time without a total, so it ends at the first page that is short;
 * without `workspace_id` it is that of the default workspace.
 */
export const openRouter: DefinitionData = {
  format: 1,
  id: 'openrouter',
  name: 'OpenRouter',
  description: 'API keys for calling models of many vendors through OpenRouter.',
  website: 'https://openrouter.ai',
  dashboard: { url: 'https://openrouter.ai/settings/keys' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://openrouter.ai/api/v1' } },
  settings: [
    {
      name: 'workspace',
      label: 'Workspace id',
      required: false,
      help: 'Left empty, keys belong to the default workspace.',
    },
  ],
  credential: [
    {
      name: 'token',
      label: 'Management key',
      kind: 'secret',
      help: 'A key made for managing keys; it cannot call models itself.',
    },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'OPENROUTER_API_KEY',
      pattern: 'sk-or-v1-[0-9a-f]{64}',
    },
  ],
  creation: {
    nameMaxLength: 100,
    expiry: { maxDays: null, whenOmitted: 'The key stays valid until it is revoked.' },
  },
  operations: {
    create: {
      method: 'POST',
      path: '/keys',
      success: [201],
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          workspace_id: '{setting.workspace}',
          expires_at: { $value: 'request.expiry', as: 'rfc3339' },
        },
      },
      response: {
        id: '/data/hash',
        fields: { API_KEY: '/key' },
        issuedAt: { at: '/data/created_at', format: 'rfc3339' },
        expiresAt: { at: '/data/expires_at', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/keys',
      query: { include_disabled: 'true', workspace_id: '{setting.workspace}' },
      pager: { kind: 'offset', parameter: 'offset', size: 100 },
      response: {
        items: '/data',
        id: '/hash',
        name: { at: '/name', always: true },
        masked: { kind: 'label', at: '/label' },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        active: { at: '/disabled', is: [false] },
      },
    },
    revoke: { method: 'DELETE', path: '/keys/{id}' },
    check: {
      method: 'GET',
      path: '/key',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200], field: { at: '/data' } }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
  errors: {
    messages: ['/error/message'],
    retryAfter: [{ header: 'retry-after-ms', unit: 'milliseconds' }],
  },
};
