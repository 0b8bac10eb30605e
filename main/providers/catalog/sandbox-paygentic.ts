import type { DefinitionData } from '../definition.ts';
import { paygentic } from './paygentic.ts';

/** The sandbox's Paygentic: one bearer key whose prefix says which environment it is for. */
export const sandboxPaygentic: DefinitionData = {
  format: 1,
  id: 'sandbox-paygentic',
  name: 'Paygentic (sandbox)',
  description: 'Paygentic as the sandbox plays it: one key for each environment. Its keys open nothing.',
  advice: paygentic.advice,
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [{ name: 'url', label: 'Address', kind: 'url', help: 'Where the sandbox listens.' }],
  credential: [{ name: 'token', label: 'Management token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'PAYGENTIC_API_KEY',
      prefix: { test: 'sk_test_', live: 'sk_live_' },
      pattern: 'sk_(test|live)_[0-9A-Za-z]{40}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    create: {
      method: 'POST',
      path: '/paygentic/{environment}/v0/api-keys',
      body: { kind: 'json', value: { name: '{request.name}' } },
      success: [201],
      response: {
        id: '/id',
        fields: { API_KEY: '/key' },
        issuedAt: { at: '/createdAt', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/paygentic/{environment}/v0/api-keys',
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/name', always: true },
        masked: { kind: 'last-four', at: '/lastFour' },
        createdAt: { at: '/createdAt', format: 'rfc3339' },
        lastUsedAt: { at: '/lastUsedAt', format: 'rfc3339' },
      },
    },
    revoke: { method: 'DELETE', path: '/paygentic/{environment}/v0/api-keys/{id}' },
    check: {
      method: 'GET',
      path: '/paygentic/{environment}/v0/me',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200], field: { at: '/apiKeyId' } }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/error/code', is: ['revoked'] } },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: { status: [401], field: { at: '/error/code', is: ['wrong_environment'] } },
          outcome: 'refused',
          why: 'wrong-environment',
        },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
  errors: { messages: ['/error/message'] },
};
