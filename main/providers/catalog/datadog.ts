import type { DefinitionData } from '../definition.ts';

/**
 * Datadog's API keys, as its OpenAPI description says (DataDog/datadog-api-client-typescript). Management takes an
 * API key and an application key together. 401 is not used: a key that is unknown is refused with 403. When it is
 * busy, `x-ratelimit-reset` says for how many seconds.
 */
export const datadog: DefinitionData = {
  format: 1,
  id: 'datadog',
  name: 'Datadog',
  description: 'API keys for sending metrics, logs and traces to Datadog.',
  website: 'https://www.datadoghq.com',
  environments: ['live'],
  hosts: {
    api: {
      kind: 'choice',
      setting: 'site',
      urls: {
        'datadoghq.com': 'https://api.datadoghq.com',
        'us3.datadoghq.com': 'https://api.us3.datadoghq.com',
        'us5.datadoghq.com': 'https://api.us5.datadoghq.com',
        'datadoghq.eu': 'https://api.datadoghq.eu',
        'uk1.datadoghq.com': 'https://api.uk1.datadoghq.com',
        'ap1.datadoghq.com': 'https://api.ap1.datadoghq.com',
        'ap2.datadoghq.com': 'https://api.ap2.datadoghq.com',
        'ddog-gov.com': 'https://api.ddog-gov.com',
        'us2.ddog-gov.com': 'https://api.us2.ddog-gov.com',
      },
    },
  },
  settings: [
    {
      name: 'site',
      label: 'Site',
      kind: 'choice',
      help: 'As it stands in the address of your Datadog.',
      options: [
        { value: 'datadoghq.com', label: 'datadoghq.com' },
        { value: 'us3.datadoghq.com', label: 'us3.datadoghq.com' },
        { value: 'us5.datadoghq.com', label: 'us5.datadoghq.com' },
        { value: 'datadoghq.eu', label: 'datadoghq.eu' },
        { value: 'uk1.datadoghq.com', label: 'uk1.datadoghq.com' },
        { value: 'ap1.datadoghq.com', label: 'ap1.datadoghq.com' },
        { value: 'ap2.datadoghq.com', label: 'ap2.datadoghq.com' },
        { value: 'ddog-gov.com', label: 'ddog-gov.com' },
        { value: 'us2.ddog-gov.com', label: 'us2.ddog-gov.com' },
      ],
    },
  ],
  credential: [
    { name: 'apiKey', label: 'API key', kind: 'secret', help: 'Any API key of the organisation.' },
    {
      name: 'applicationKey',
      label: 'Application key',
      kind: 'secret',
      help: 'One of a user who may manage API keys.',
    },
  ],
  authentication: {
    kind: 'headers',
    headers: {
      'DD-API-KEY': '{credential.apiKey}',
      'DD-APPLICATION-KEY': '{credential.applicationKey}',
    },
  },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'DD_API_KEY',
      pattern: '[0-9a-f]{32}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    create: {
      method: 'POST',
      path: '/api/v2/api_keys',
      success: [201],
      body: {
        kind: 'json',
        value: { data: { type: 'api_keys', attributes: { name: '{request.name}' } } },
      },
      response: {
        id: '/data/id',
        fields: { API_KEY: '/data/attributes/key' },
        issuedAt: { at: '/data/attributes/created_at', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/api/v2/api_keys',
      pager: { kind: 'page', parameter: 'page[number]', first: 0, sizeParameter: 'page[size]', size: 100 },
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/attributes/name', always: true },
        masked: { kind: 'last-four', at: '/attributes/last4' },
        createdAt: { at: '/attributes/created_at', format: 'rfc3339' },
        lastUsedAt: { at: '/attributes/date_last_used', format: 'rfc3339' },
      },
    },
    revoke: { method: 'DELETE', path: '/api/v2/api_keys/{id}', success: [204] },
    check: {
      method: 'GET',
      path: '/api/v1/validate',
      authentication: { kind: 'headers', headers: { 'DD-API-KEY': '{key.API_KEY}' } },
      verdicts: [
        { when: { status: [200], field: { at: '/valid', is: [true] } }, outcome: 'valid' },
        { when: { status: [200], field: { at: '/valid', is: [false] } }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'refused' },
      ],
    },
  },
  errors: {
    messages: ['/errors/0'],
    retryAfter: [{ header: 'x-ratelimit-reset', unit: 'seconds' }],
    meanings: [{ when: { status: [403] }, means: 'credential-rejected' }],
  },
};
