import type { DefinitionData } from '../definition.ts';
import { bearerRest } from './bearer-rest.ts';

/**
 * The provider inside the app: a key API of the most common kind, on a loopback port. The management token
 * decides the environment, and every key tells by its prefix which one it belongs to.
 */
export const sandboxBearerRest: DefinitionData = {
  format: 1,
  id: 'sandbox',
  name: 'Sandbox',
  description: 'A provider inside Keyturn to try everything with. Its keys open nothing.',
  advice: bearerRest.advice,
  recommendedDays: bearerRest.recommendedDays,
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
      variable: 'SANDBOX_API_KEY',
      prefix: { test: 'sk_test_', live: 'sk_live_' },
      pattern: 'sk_(test|live)_[0-9A-Za-z]{32}',
    },
  ],
  creation: {
    nameMaxLength: 100,
    scopes: {
      options: [
        { value: 'payments:read', label: 'Read payments' },
        { value: 'payments:write', label: 'Make payments' },
        { value: 'customers:read', label: 'Read customers' },
        { value: 'customers:write', label: 'Change customers' },
      ],
      whenOmitted: 'The key may do everything.',
    },
    expiry: { maxDays: 365, whenOmitted: 'The key stays valid until it is revoked.' },
    restrictions: ['ips', 'referrers', 'endpoints'],
  },
  operations: {
    create: {
      method: 'POST',
      path: '/v1/api-keys',
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          scopes: { $value: 'request.scopes', as: 'list' },
          expires_in_days: { $value: 'request.expiry', as: 'days' },
          restrictions: {
            ips: { $value: 'request.ips', as: 'list' },
            referrers: { $value: 'request.referrers', as: 'list' },
            endpoints: { $value: 'request.endpoints', as: 'list' },
          },
        },
      },
      success: [201],
      response: {
        id: '/data/id',
        fields: { API_KEY: '/data/key' },
        issuedAt: { at: '/data/created_at', format: 'rfc3339' },
        expiresAt: { at: '/data/expires_at', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/v1/api-keys',
      pager: {
        kind: 'cursor',
        in: 'query',
        parameter: 'starting_after',
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
        masked: { kind: 'last-four', prefix: '/prefix', at: '/last4' },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used', format: 'rfc3339' },
      },
    },
    revoke: { method: 'DELETE', path: '/v1/api-keys/{id}' },
    check: {
      method: 'GET',
      path: '/v1/me',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200], field: { at: '/success', is: [true] } }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/error/code', is: ['revoked_api_key'] } },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: { status: [401], field: { at: '/error/code', is: ['expired_api_key'] } },
          outcome: 'refused',
          why: 'expired',
        },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/error/message'] },
};
