import type { DefinitionData } from '../definition.ts';
import { channex } from './channex.ts';

/**
 * The sandbox's Channex: to revoke is to withdraw, after which the key is still listed and not active. Without a
 * subscription no key is made; the sandbox has no page of its own, so that subscribing is a choice when a key is made.
 */
export const sandboxChannex: DefinitionData = {
  format: 1,
  id: 'sandbox-channex',
  name: 'Channex (sandbox)',
  description: 'Channex as the sandbox plays it: a withdrawn key stays listed. Its keys open nothing.',
  preconditions: [
    {
      text: 'An active subscription. When a key is made, choose "Subscribe" if the account has none yet.',
    },
  ],
  advice: channex.advice,
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [{ name: 'url', label: 'Address', kind: 'url', help: 'Where the sandbox listens.' }],
  credential: [{ name: 'token', label: 'Management token', kind: 'secret' }],
  askedAtCall: [
    {
      name: 'start',
      label: 'Subscription',
      kind: 'choice',
      required: false,
      help: 'An account without an active subscription gets no key.',
      options: [
        { value: 'as-it-is', label: 'Leave the account as it is' },
        { value: 'subscription', label: 'Subscribe' },
      ],
      at: ['create'],
    },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'CHANNEX_API_KEY',
      pattern: '[A-Za-z0-9+/]{64}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    create: {
      method: 'POST',
      path: '/channex/{environment}/api/v1/api_keys',
      body: { kind: 'json', value: { api_key: { title: '{request.name}', start: '{answer.start}' } } },
      success: [201],
      response: {
        id: '/data/id',
        fields: { API_KEY: '/data/attributes/key' },
        issuedAt: { at: '/data/attributes/inserted_at', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/channex/{environment}/api/v1/api_keys',
      pager: { kind: 'page', parameter: 'page', first: 1, size: 100 },
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/attributes/title', always: true },
        masked: { kind: 'last-four', at: '/attributes/last4' },
        createdAt: { at: '/attributes/inserted_at', format: 'rfc3339' },
        lastUsedAt: { at: '/attributes/last_used_at', format: 'rfc3339' },
        active: { at: '/attributes/is_active', is: [true] },
      },
    },
    revoke: { method: 'POST', path: '/channex/{environment}/api/v1/api_keys/{id}/withdraw' },
    check: {
      method: 'GET',
      path: '/channex/{environment}/api/v1/properties',
      authentication: { kind: 'headers', headers: { 'user-api-key': '{key.API_KEY}' } },
      verdicts: [
        { when: { status: [200], field: { at: '/data' } }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/errors/code', is: ['revoked'] } },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: { status: [401], field: { at: '/errors/code', is: ['wrong_environment'] } },
          outcome: 'refused',
          why: 'wrong-environment',
        },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
  errors: {
    messages: ['/errors/title'],
    meanings: [{ when: { status: [402] }, means: 'subscription-needed' }],
  },
};
